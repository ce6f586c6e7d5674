from django.core.management.base import BaseCommand

from danvan.access.rows import enforced
from danvan.operations.row_security import app_account, apply


class Command(BaseCommand):
    help = "Dựng tài khoản cơ sở dữ liệu của ứng dụng và chính sách theo dòng của từng bảng. Chạy bằng tài khoản chủ, sau mỗi lần migrate."

    def handle(self, *args, **options):
        if not enforced():
            self.stdout.write("Bản nhúng (SQLite) không có bảo vệ theo dòng trong cơ sở dữ liệu; không có gì để làm.")
            return
        changed, leakproof = apply()
        self.stdout.write(
            f"Tài khoản {app_account()[0]}: đủ quyền. Chính sách theo dòng: {len(changed)} bảng vừa ghi, các bảng khác giữ nguyên."
        )
        if not leakproof:
            self.stderr.write("Lưu ý: cần superuser để đánh dấu hàm textlike LEAKPROOF; chưa có thì tìm kiếm chậm.")
