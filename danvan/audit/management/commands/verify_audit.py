from itertools import islice

from django.core.management.base import BaseCommand, CommandError

from danvan.access.rows import whole_office
from danvan.audit.chain import expired_through, problems
from danvan.audit.models import AuditSeal
from danvan.common.text import format_number

SHOWN = 20


class Command(BaseCommand):
    help = "Soát chuỗi niêm phong của nhật ký: sự kiện bị sửa, bị xóa, bị đảo. Kết thúc khác 0 khi có chỗ sai."

    def add_arguments(self, parser):
        parser.add_argument("--anchor", metavar="SỐ:MÃ", help="mắt xích cuối đã in trước đây: tìm ra cả phần cuối bị cắt mất")

    @whole_office("the whole chain is read", patient=True)
    def handle(self, *args, anchor, **options):
        found = problems(anchor)
        told = list(islice(found, SHOWN))
        more = sum(1 for _ in found)
        for line in told:
            self.stdout.write(f"  - {line}")
        if told:
            raise CommandError(f"Nhật ký có {format_number(len(told) + more)} chỗ sai.")
        if through := expired_through():
            self.stdout.write(f"Sự kiện đến mắt xích {format_number(through)} đã hết hạn lưu; mắt xích còn nguyên.")
        last = AuditSeal.objects.last()
        self.stdout.write(f"Nhật ký nguyên vẹn, {format_number(last.seq if last else 0)} mắt xích.")
        if last:
            self.stdout.write(f"Mắt xích cuối: {last}")
