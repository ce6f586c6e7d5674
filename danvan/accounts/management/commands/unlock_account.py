from django.core.management.base import BaseCommand, CommandError

from danvan.accounts.models import User
from danvan.accounts.services import unlock


class Command(BaseCommand):
    help = "Mở khóa một tài khoản bị khóa vì nhập sai mật khẩu hoặc mã nhiều lần. Mật khẩu không đổi."

    def add_arguments(self, parser):
        parser.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP")

    def handle(self, *args, username, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Không có tài khoản nào tên “{username}”.")
        released = unlock(user)
        self.stdout.write(f"Đã mở khóa {username}." if released else f"{username} không bị khóa lần nào; không có gì để mở.")
        if not user.is_active:
            self.stdout.write("Tài khoản này đang ngừng hoạt động: mở lại ở trang quản trị tài khoản.")
