"""What `make demo` says to the person who started it."""

import io
import os

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connections
from django.utils.module_loading import import_string


def say(text):
    print(f"• {text}", flush=True)


def print_welcome(port):
    # The demo room stands on this room's floor, so it is found by name, as the admin finds the apps.
    accounts = import_string("danvan.demo.profiles.chosen_logins")()
    width = max(len(username) for username, _ in accounts)
    lines = [f"  {username:<{width}}  {role}" for username, role in accounts]
    address = f"Cổng Dân vận đang chạy tại http://127.0.0.1:{port}/"
    print("", address, "", "Tài khoản (cùng một mật khẩu):", *lines, f"Mật khẩu: {os.environ['DEMO_PASSWORD']}", "", sep="\n", flush=True)
    if settings.DEMO_MFA:
        say("DEMO_MFA=1: lần đầu đăng nhập phải đổi mật khẩu; chuyên viên, lãnh đạo, quản trị phải bật mã xác thực trên điện thoại")
    say("Dừng bằng Ctrl-C")


def announce_report():
    """A generator to be stepped while the demo runs: tells where the first report lies as soon as the worker has made it."""
    if "demo_report_path" not in get_commands():
        return
    while not (path := report_path()):
        yield
    say(f"Báo cáo năm đã xuất: {path}")


def report_path():
    output = io.StringIO()
    call_command("demo_report_path", stdout=output)
    connections.close_all()
    return output.getvalue().strip()
