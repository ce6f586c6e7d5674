from django.core.management.base import BaseCommand, CommandError

from danvan.access.rows import whole_office
from danvan.common.exceptions import Refused
from danvan.common.text import format_number
from danvan.operations import erasure


class Command(BaseCommand):
    help = "Xóa một người khỏi dữ liệu theo yêu cầu của người đó: thay họ tên, cách liên hệ bằng mã ở mọi bảng, lịch sử, bản nháp, tên tệp."

    def add_arguments(self, parser):
        parser.add_argument("words", nargs="*", metavar="CHỮ", help="họ tên đầy đủ, số điện thoại, thư điện tử")
        parser.add_argument("--reason", default="", help="số, ngày của yêu cầu; bắt buộc khi xóa")
        parser.add_argument("--dry-run", action="store_true", help="chỉ đếm, không xóa")
        parser.add_argument("--again", action="store_true", help="sau khôi phục: xóa lại mọi người đã xóa trước đây")

    @whole_office("one person is taken out of every unit", patient=True)
    def handle(self, *args, words, reason, dry_run, again, **options):
        if again == bool(words):
            raise CommandError("Ghi họ tên, cách liên hệ của người cần xóa, hoặc --again.")
        if again:
            self.stdout.write(f"Đã xóa lại ở {format_number(erasure.again())} chỗ, theo {len(erasure.register())} yêu cầu trước đây.")
            return
        if not (reason.strip() or dry_run):
            raise CommandError("Ghi --reason: số và ngày của yêu cầu xóa.")
        try:
            entry, changed, kept = erasure.erase(words, reason=reason, dry_run=dry_run)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self.tell("Sẽ thay" if dry_run else f"Đã thay bằng mã {entry.mark}", changed)
        self.tell("Giữ nguyên như đã ký, đã gửi, đã niêm phong; thủ trưởng quyết định riêng", kept)

    def tell(self, words, places):
        self.stdout.write(f"{words}: {format_number(places.total())} chỗ")
        for name, count in sorted(places.items()):
            self.stdout.write(f"  {name}: {format_number(count)}")
