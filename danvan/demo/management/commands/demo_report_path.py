from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from danvan.access.rows import whole_office
from danvan.demo.reports import newest_version


class Command(BaseCommand):
    help = "In đường dẫn tệp PDF mới nhất của báo cáo năm mẫu; không in gì khi chưa lập xong."

    def handle(self, *args, **options):
        with whole_office("the demo tells where its report lies"):
            version = newest_version()
        if version:
            self.stdout.write(str(Path(settings.PRIVATE_ROOT) / version.path))
