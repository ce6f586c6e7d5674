import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from danvan.common.text import format_number
from danvan.operations.backup import BackupError, backup, summary_of
from danvan.operations.dumps import DumpError
from danvan.operations.progress import Progress


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu rồi tệp riêng vào một thư mục mới, kèm manifest.json. Chạy được khi cổng đang hoạt động."

    requires_system_checks = []  # a rescue must not wait for what else is wrong

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="thư mục mới hoặc trống")

    def handle(self, *args, folder, **options):
        started = time.monotonic()
        try:
            manifest = backup(folder, step=Progress(self.stdout, "Chép tệp"))
        except (BackupError, DumpError) as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"Không ghi được vào {folder}: {error.strerror}.") from None
        found = summary_of(manifest)
        self.stdout.write(
            f"Đã sao lưu vào {folder.resolve()}: {found.tables} bảng, {format_number(found.rows)} dòng, {format_number(found.files)} tệp, "
            f"{format_number(-(-found.size // 1024**2))} MB, sau {time.monotonic() - started:.1f} giây."
        )
