import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from danvan.common.text import format_number
from danvan.operations.backup import BackupError, restore, summary_of
from danvan.operations.dumps import DumpError
from danvan.operations.progress import Progress


class Command(BaseCommand):
    help = "Khôi phục một bản sao lưu vào cơ sở dữ liệu trống. Dừng web, worker và beat trước khi chạy."

    requires_system_checks = []  # a rescue must not wait for what else is wrong

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="thư mục mà lệnh backup đã ghi")
        parser.add_argument("--force", action="store_true", help="thay toàn bộ dữ liệu và tệp đang có")

    def handle(self, *args, folder, force, **options):
        started = time.monotonic()
        try:
            manifest = restore(folder, force=force, step=Progress(self.stdout, "Chép tệp"))
        except (BackupError, DumpError) as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"Không đọc hoặc không ghi được tệp {error.filename}: {error.strerror}.") from None
        found, made = summary_of(manifest), manifest["started_at"][:16].replace("T", " ")
        self.stdout.write(
            f"Đã khôi phục bản sao lưu lúc {made} (UTC): {found.tables} bảng, {format_number(found.rows)} dòng, "
            f"{format_number(found.files)} tệp; mã băm khớp toàn bộ, sau {time.monotonic() - started:.1f} giây."
        )
        self.stdout.write("Chạy tiếp: manage.py migrate, manage.py erase_subject --again, rồi manage.py check_data.")
