import os
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from danvan.access.rows import whole_office
from danvan.demo.accounts import renew_passwords
from danvan.demo.build import build_district
from danvan.demo.units import ROOT
from danvan.units.models import Unit

PROFILES = ["district-2019"]
UNTIL = [2019, 2026]


class Command(BaseCommand):
    help = "Tạo dữ liệu mẫu của cổng chạy thử. Chạy lại không làm gì khi dữ liệu đã có."

    def add_arguments(self, parser):
        parser.add_argument("--profile", default="district-2019", help="bộ dữ liệu mẫu; hiện có: " + ", ".join(PROFILES))
        default = os.environ.get("DEMO_UNTIL") or "2019"
        parser.add_argument(
            "--until", type=int, default=default, metavar="YEAR", help="năm cuối có dữ liệu; hiện có: " + ", ".join(map(str, UNTIL))
        )

    def handle(self, *args, profile, until, **options):
        self.check_wanted(profile, until)
        if Unit.objects.filter(code=ROOT).exists():
            renew_passwords()
            self.stdout.write("  Dữ liệu mẫu đã có, giữ nguyên.")
            return
        started = time.monotonic()
        with transaction.atomic(), whole_office("the demo's office is built", patient=True):
            build_district(say=lambda text: self.stdout.write(f"  {text}"), until=until)
        self.stdout.write(f"  Xong dữ liệu mẫu sau {time.monotonic() - started:.1f} giây.")

    def check_wanted(self, profile, until):
        if not settings.DEMO:
            raise CommandError("Dữ liệu mẫu chỉ tạo trong chế độ chạy thử. Đặt DANVAN_DEMO=1 rồi chạy lại.")
        if profile not in PROFILES:
            raise CommandError(f"Chưa có bộ dữ liệu mẫu “{profile}”. Hiện có: {', '.join(PROFILES)}.")
        if until not in UNTIL:
            raise CommandError(f"Bộ “{profile}” chưa có dữ liệu đến năm {until}. Hiện có: {', '.join(map(str, UNTIL))}.")
