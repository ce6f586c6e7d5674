from itertools import islice

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from danvan.access.rows import whole_office
from danvan.operations import integrity

SHOWN = 20


class Command(BaseCommand):
    help = "Kiểm tra các điều luôn phải đúng trong dữ liệu và tệp. Chỉ đọc; kết thúc khác 0 khi có điều sai."

    @whole_office("check_data reads every row", patient=True)
    def handle(self, *args, **options):
        try:
            failed = [check.label for check in integrity.CHECKS if not self.holds(check)]
        except DatabaseError as error:
            raise CommandError(f"Cơ sở dữ liệu thiếu bảng hoặc không trả lời; chạy manage.py migrate rồi thử lại. {error}") from None
        if failed:
            raise CommandError(f"{len(failed)} trong {len(integrity.CHECKS)} mục không đạt: {'; '.join(failed)}.")
        self.stdout.write(f"Cả {len(integrity.CHECKS)} mục đều đạt.")

    def holds(self, check):
        problems = check.problems()
        told = list(islice(problems, SHOWN))
        more = sum(1 for _ in problems)
        self.stdout.write(f"{'KHÔNG ĐẠT' if told else 'Đạt'}: {check.label}")
        for line in told:
            self.stdout.write(f"  - {line}")
        if more:
            self.stdout.write(f"  … và {more} chỗ khác")
        return not told
