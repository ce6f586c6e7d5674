from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from danvan.operations.rights import page


class Command(BaseCommand):
    help = "Viết docs/quyen.md (vai trò, chức năng, dòng, trường) từ các bảng mà chương trình dùng; --check báo lỗi khi trang đã cũ."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="chỉ so, không viết")

    def handle(self, *, check, **options):
        path, text = Path(settings.BASE_DIR) / "docs" / "quyen.md", page()
        if check and (not path.exists() or path.read_text() != text):
            raise CommandError("docs/quyen.md đã cũ: chạy manage.py rights_doc rồi lưu lại.")
        if not check:
            path.write_text(text)
            self.stdout.write(f"Đã viết {path.name}.")
