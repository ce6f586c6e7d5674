from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand
from django.db.models import Q

from danvan.access.rows import whole_office
from danvan.audit.models import AuditEvent
from danvan.audit.subjects import digest_of
from danvan.common.templatetags.vn import vn_datetime
from danvan.common.text import parse_date


class Command(BaseCommand):
    help = "Ai đã xem, ghi, xóa dữ liệu của một người: theo họ tên, cách liên hệ, hoặc mã ghi trong nhật ký."

    def add_arguments(self, parser):
        parser.add_argument("--subject", action="append", required=True, metavar="CHỮ", help="họ tên hoặc cách liên hệ; ghi nhiều lần được")
        parser.add_argument("--from", dest="since", type=day, metavar="NGÀY", help="từ ngày, ví dụ 01/11/2026")
        parser.add_argument("--to", dest="until", type=day, metavar="NGÀY", help="đến hết ngày")

    @whole_office("who saw one person, in whatever unit", patient=True)
    def handle(self, *args, subject, since, until, **options):
        named = Q()
        for words in subject:
            named |= Q(subjects__contains=f" {digest_of(words)} ") | Q(subjects__contains=f" {words.strip().lower()} ")
        rows = AuditEvent.objects.filter(named).order_by("at", "pk")
        rows = rows.filter(at__date__gte=since) if since else rows
        rows = rows.filter(at__date__lte=until) if until else rows
        for row in rows:
            who = f"{row.display_name} ({row.username}), {row.unit_name}" if row.username else "hệ thống"
            reason = f". Lý do: {row.reason}" if row.reason else ""
            self.stdout.write(f"{vn_datetime(row.at)}  {who}: {row.get_kind_display()}, {row.object_title}{reason}")
        self.stdout.write(f"{rows.count()} lần." if rows else "Nhật ký không ghi lần nào.")


def day(words):
    try:
        return parse_date(words)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None
