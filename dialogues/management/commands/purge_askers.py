from django.core.management.base import BaseCommand

from danvan.access.rows import whole_office
from danvan.common import clock
from dialogues.services import purge_askers


class Command(BaseCommand):
    help = "Xóa hẳn thông tin người hỏi đã quá ngày xóa; chạy mỗi ngày."

    @whole_office("askers of every unit are purged on their day")
    def handle(self, **options):
        self.stdout.write(f"Đã xóa {purge_askers(clock.today())} người hỏi.")
