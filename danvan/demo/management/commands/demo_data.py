import os
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.module_loading import import_string

from danvan.access.rows import whole_office
from danvan.demo.accounts import renew_passwords
from danvan.demo.profiles import PROFILES
from danvan.units.models import Unit


class Command(BaseCommand):
    help = "Tạo dữ liệu mẫu của cổng chạy thử. Chạy lại không làm gì khi dữ liệu đã có."

    def add_arguments(self, parser):
        parser.add_argument("--profile", default=settings.DEMO_PROFILE, help="bộ dữ liệu mẫu; hiện có: " + ", ".join(PROFILES))
        years = "; ".join(f"{code} có {', '.join(map(str, profile.years))}" for code, profile in PROFILES.items())
        parser.add_argument("--until", type=int, default=None, metavar="YEAR", help=f"năm cuối có dữ liệu: {years}")

    def handle(self, *args, profile, until, **options):
        chosen, until = self.check_wanted(profile, until)
        self.check_free(profile)
        if Unit.objects.filter(code=chosen.root).exists():
            renew_passwords(chosen.everybody())
            self.stdout.write("  Dữ liệu mẫu đã có, giữ nguyên.")
            return
        started = time.monotonic()
        with transaction.atomic(), whole_office("the demo's office is built", patient=True):
            import_string(chosen.build)(say=lambda text: self.stdout.write(f"  {text}"), until=until)
        self.stdout.write(f"  Xong dữ liệu mẫu sau {time.monotonic() - started:.1f} giây.")

    def check_wanted(self, profile, until):
        if not settings.DEMO:
            raise CommandError("Dữ liệu mẫu chỉ tạo trong chế độ chạy thử. Đặt DANVAN_DEMO=1 rồi chạy lại.")
        if profile not in PROFILES:
            raise CommandError(f"Chưa có bộ dữ liệu mẫu “{profile}”. Hiện có: {', '.join(PROFILES)}.")
        years = PROFILES[profile].years
        until = until or int(os.environ.get("DEMO_UNTIL") or years[0])
        if until not in years:
            raise CommandError(f"Bộ “{profile}” chưa có dữ liệu đến năm {until}. Hiện có: {', '.join(map(str, years))}.")
        return PROFILES[profile], until

    def check_free(self, profile):
        """One database holds one invented office."""
        there = next((code for code, other in PROFILES.items() if Unit.objects.filter(code=other.root).exists()), profile)
        if there != profile:
            raise CommandError(
                f"Nơi này đã có bộ dữ liệu mẫu “{there}”. Chạy tiếp với DEMO_PROFILE={there}, hoặc make demo-reset rồi chạy lại."
            )
