from django.core.management.base import BaseCommand, CommandError

from danvan.accounts.models import User
from danvan.accounts.services import reset_second_factor


class Command(BaseCommand):
    help = "Bỏ ứng dụng xác thực và mã dự phòng của một tài khoản, kết thúc mọi phiên của tài khoản đó. Chỉ dùng khi đã nhận rõ người."

    def add_arguments(self, parser):
        parser.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP")

    def handle(self, *args, username, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Không có tài khoản nào tên “{username}”.")
        if user.second_factor_at is None:
            raise CommandError(f"{username} chưa bật xác thực hai bước.")
        reset_second_factor(user)
        self.stdout.write(f"Đã đặt lại xác thực hai bước của {username}. Lần đăng nhập sau bật lại từ đầu.")
