from django.core.management.base import BaseCommand

from danvan.access.rows import whole_office
from danvan.common.text import format_number
from danvan.operations import retention


class Command(BaseCommand):
    help = "Xóa hẳn dữ liệu hết hạn lưu: bản nháp, tệp xuất, người hỏi, nhật ký. Chạy mỗi đêm; kết quả được ghi vào nhật ký."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="chỉ liệt kê, không xóa")

    @whole_office("what is past its time goes, whosever it is", patient=True)
    def handle(self, *args, dry_run, **options):
        found = retention.due()
        done = {} if dry_run else retention.run()
        for rule, count, allowed in found:
            told = f"{format_number(count)} sẽ xóa" if dry_run else f"đã xóa {format_number(done.get(rule.name, 0))}"
            self.stdout.write(f"{rule.label}: {told if allowed else 'cần chạy bằng vai trò chủ của cơ sở dữ liệu'}")
