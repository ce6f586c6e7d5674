from django.conf import settings
from django.core.management.base import BaseCommand

from danvan.access.rows import whole_office
from danvan.accounts.managing import disable_idle


class Command(BaseCommand):
    help = "Khóa các tài khoản lâu không đăng nhập (ACCOUNT_IDLE_DAYS ngày). Chạy hằng đêm; beat đã làm việc này khi có Redis."

    @whole_office("accounts of every unit that nobody uses", patient=True)
    def handle(self, *args, **options):
        names = [account.username for account in disable_idle(settings.ACCOUNT_IDLE_DAYS)]
        self.stdout.write(f"Đã khóa {len(names)} tài khoản: {', '.join(names)}." if names else "Không có tài khoản nào phải khóa.")
