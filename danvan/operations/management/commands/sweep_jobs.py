import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from danvan.jobs.services import sweep
from danvan.operations.periodic import Rounds


class Command(BaseCommand):
    help = "Đánh thức các việc chạy nền đang chờ hoặc bị bỏ dở; kết thúc các việc đã thử quá số lần."

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help="chạy mãi, cùng với niêm phong nhật ký mỗi phút và việc dọn hằng đêm")

    def handle(self, *args, loop, **options):
        if not loop:
            self.stdout.write(f"Đã đánh thức {sweep()} việc.")
        rounds = Rounds()
        while loop:
            self.go_round(rounds)
            time.sleep(settings.JOB_SWEEP_SECONDS)

    def go_round(self, rounds):
        close_old_connections()
        try:
            rounds.run_due()
        except (OperationalError, InterfaceError) as error:
            self.stderr.write(f"Cơ sở dữ liệu không trả lời, sẽ thử lại: {error}")
