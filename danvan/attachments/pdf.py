"""PDF files are read in a process of their own, with little time and memory: parsers of PDF can be made to eat both."""

import subprocess
import sys
from pathlib import Path

from danvan.attachments.unfit import Unfit, not_what_it_says

PROBE = Path(__file__).with_name("pdf_probe.py")
WALL_SECONDS = 10  # the probe itself stops after far less processor time; this is for a machine that stands still
TOO_COMPLEX = "có cấu trúc quá phức tạp nên không kiểm tra được. Anh/chị in tệp gốc ra PDF lần nữa rồi gửi lại."
ANSWERS = {
    "encrypted": "đang đặt mật khẩu hoặc khóa quyền. Anh/chị gỡ mật khẩu, lưu lại PDF rồi gửi lại.",
    "empty": "không có trang nào. Anh/chị mở tệp trên máy để kiểm tra rồi chọn lại.",
    "active": "có mã lệnh, lệnh mở chương trình hoặc tệp khác nhúng bên trong. Anh/chị in tệp ra PDF lần nữa rồi gửi lại.",
}


def checked_pdf(kind, data):
    if b"%PDF-" not in data[:1024]:
        raise not_what_it_says(kind)
    answer = probe(data)
    if answer in ANSWERS:
        raise Unfit(ANSWERS[answer])
    if answer == "broken":
        raise not_what_it_says(kind)
    if answer != "ok":
        raise Unfit(TOO_COMPLEX)
    return data


def probe(data):
    """One word of pdf_probe.py, or "" when it ran out of time or memory."""
    command = [sys.executable, "-I", PROBE]
    try:
        # No environment: the process that reads strangers' files knows no password of ours.
        done = subprocess.run(command, input=data, capture_output=True, timeout=WALL_SECONDS, env={}, check=False)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("ascii", "replace").strip()
