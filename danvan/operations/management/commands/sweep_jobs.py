import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from danvan.jobs.services import sweep


class Command(BaseCommand):
    help = "Đánh thức các việc chạy nền đang chờ hoặc bị bỏ dở; kết thúc các việc đã thử quá số lần."

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help="chạy mãi, mỗi lần cách nhau JOB_SWEEP_SECONDS giây")

    def handle(self, *args, loop, **options):
        if not loop:
            self.stdout.write(f"Đã đánh thức {sweep()} việc.")
        while loop:
            self.sweep_once()
            time.sleep(settings.JOB_SWEEP_SECONDS)

    def sweep_once(self):
        close_old_connections()
        try:
            sweep()
        except (OperationalError, InterfaceError) as error:
            self.stderr.write(f"Cơ sở dữ liệu không trả lời, sẽ thử lại: {error}")
