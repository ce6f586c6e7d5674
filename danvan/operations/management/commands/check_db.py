from django.core.management.base import BaseCommand, CommandError

from danvan.access.rows import enforced
from danvan.operations.row_security import problems


class Command(BaseCommand):
    help = "Kiểm tra cơ sở dữ liệu có tự giữ dòng của từng đơn vị: tài khoản, chính sách của mọi bảng, hàm tìm kiếm. Chỉ đọc."

    def handle(self, *args, **options):
        if not enforced():
            self.stdout.write("Bản nhúng (SQLite) không có bảo vệ theo dòng trong cơ sở dữ liệu; không có gì để kiểm tra.")
            return
        found = list(problems())
        for line in found:
            self.stdout.write(f"KHÔNG ĐẠT: {line}")
        if found:
            raise CommandError(f"{len(found)} điều không đạt. Chạy apply_row_security bằng tài khoản chủ rồi kiểm tra lại.")
        self.stdout.write("Đạt: tài khoản của ứng dụng, chính sách của mọi bảng, hàm tìm kiếm.")
