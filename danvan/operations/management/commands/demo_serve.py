from django.core.management.base import BaseCommand, CommandError

from danvan.operations.supervisor import Refusal, serve


class Command(BaseCommand):
    help = "Dựng và chạy toàn bộ cổng chạy thử: cơ sở dữ liệu, dữ liệu mẫu, máy chủ web, việc chạy nền. Dừng bằng Ctrl-C."

    def handle(self, *args, **options):
        try:
            serve()
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
