import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from danvan.operations.progress import Progress
from danvan.operations.scale import Scale, load
from danvan.units.models import Unit


class Command(BaseCommand):
    help = "Tạo dữ liệu lớn để đo tốc độ, vào cơ sở dữ liệu chưa có đơn vị nào. Cùng tham số thì cùng dữ liệu."

    def add_arguments(self, parser):
        parser.add_argument("--units", type=int, default=126, metavar="N", help="số đơn vị cấp cơ sở (mặc định 126)")
        parser.add_argument("--years", type=int, default=10, metavar="N", help="số năm, năm cuối là năm nay (mặc định 10)")
        parser.add_argument("--registrations", type=int, default=50_000, metavar="N", help="số đăng ký (mặc định 50.000)")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="số khởi đầu của bộ sinh ngẫu nhiên (mặc định 1)")

    def handle(self, *args, units, years, registrations, seed, **options):
        if settings.PRODUCTION:
            raise CommandError("Không tạo dữ liệu đo tốc độ trên hệ thống đang chạy thật (DANVAN_PRODUCTION=1).")
        for name, value, high in [("--units", units, 9_999), ("--years", years, 30), ("--registrations", registrations, 10_000_000)]:
            if not 1 <= value <= high:
                raise CommandError(f"{name}: ghi một số từ 1 đến {high}.")
        if Unit.objects.exists():
            raise CommandError("Cơ sở dữ liệu đã có đơn vị. Hãy dùng một cơ sở dữ liệu mới vừa chạy migrate.")
        started = time.monotonic()
        step = Progress(self.stdout, "Đăng ký")
        load(Scale(units, years, registrations, seed, step=step, say=lambda text: self.stdout.write(f"  {text}")))
        self.stdout.write(f"Xong sau {time.monotonic() - started:.1f} giây.")
