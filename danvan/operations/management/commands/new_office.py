import csv
import os
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from danvan.access.rows import whole_office
from danvan.common.exceptions import Refused
from danvan.operations.office_book import open_office, template

SHOWN = 30


class Command(BaseCommand):
    help = "Lập một cơ quan mới từ bảng tính: đơn vị mọi cấp, thể thức văn bản, danh mục, tài khoản. Sai một ô thì không tạo gì."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.xlsx", type=Path)
        parser.add_argument("--template", action="store_true", help="ghi tệp mẫu ra FILE.xlsx để điền")
        parser.add_argument("--check", action="store_true", help="chỉ xem trước, không tạo gì")

    @whole_office("a new office is built", patient=True)
    def handle(self, *args, file, **options):
        if options["template"]:
            return self.write_template(file)
        secrets = file.with_name(f"{file.stem}-mat-khau.csv")
        if secrets.exists():
            raise CommandError(f"{secrets} đã có. Chuyển tệp mật khẩu cũ đi nơi khác rồi chạy lại.")
        try:
            made, wrong = open_office(file.read_bytes(), keep=not options["check"])
        except OSError as error:
            raise CommandError(f"Không đọc được {file}: {error.strerror}.") from None
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        if wrong:
            more = f"\n… và {len(wrong) - SHOWN} ô khác." if len(wrong) > SHOWN else ""
            raise CommandError(f"Chưa tạo gì vì có {len(wrong)} ô cần sửa:\n" + "\n".join(map(str, wrong[:SHOWN])) + more)
        self.tell(made, "Sẽ tạo" if options["check"] else "Đã tạo")
        if not options["check"]:
            write_secrets(secrets, made.accounts)
            self.stdout.write(f"Mật khẩu dùng một lần (72 giờ) ở {secrets}. Giao tận tay từng người rồi xóa tệp này.")

    def write_template(self, file):
        if file.exists():
            raise CommandError(f"{file} đã có. Chọn tên khác.")
        file.write_bytes(template())
        self.stdout.write(f"Đã ghi tệp mẫu {file}. Điền xong, chạy: manage.py new_office {file} --check")

    def tell(self, made, verb):
        others = f"{len(made.catalogues)} dòng danh mục, {len(made.periods)} kỳ báo cáo, {len(made.accounts)} tài khoản"
        self.stdout.write(f"{verb} {len(made.units)} đơn vị, {others}.")
        for depth, count in sorted(Counter(unit.scope_path.count(".") for unit in made.units).items()):
            self.stdout.write(f"  cấp {depth}: {count} đơn vị")


def write_secrets(path, accounts):
    """For the eyes of the operator only, until each has been handed over."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(["Tên đăng nhập", "Tên hiển thị", "Mật khẩu dùng một lần"])
        table.writerows([account.username, account.display_name, secret] for account, secret in accounts)
