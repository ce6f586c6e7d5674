"""PDF files are read in a process of their own, with little time and memory: parsers of PDF can be made to eat both."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from django.conf import settings

from danvan.attachments.unfit import Unfit, not_what_it_says
from danvan.common.text import format_number

PROBE = Path(__file__).with_name("pdf_probe.py")
WALL_SECONDS = 10  # the probe itself stops after far less processor time; this is for a machine that stands still
TOO_COMPLEX = "có cấu trúc quá phức tạp nên không kiểm tra được. Anh/chị in tệp gốc ra PDF lần nữa rồi gửi lại."
# Readers look for the mark anywhere in the first 1024 bytes, which is how one file can be a program, a page or a ZIP as well.
START = re.compile(rb"(?:\xef\xbb\xbf)?[\0\t\n\f\r ]{0,1000}%PDF-")
ANSWERS = {
    "encrypted": "đang đặt mật khẩu hoặc khóa quyền. Anh/chị gỡ mật khẩu, lưu lại PDF rồi gửi lại.",
    "empty": "không có trang nào. Anh/chị mở tệp trên máy để kiểm tra rồi chọn lại.",
    "pages": "có trên {most} trang, quá số trang được nhận. Anh/chị tách thành nhiều tệp nhỏ hơn rồi gửi lại.",
    "active": "có mã lệnh, lệnh mở chương trình hoặc tệp khác nhúng bên trong. Anh/chị in tệp ra PDF lần nữa rồi gửi lại.",
}


def checked_pdf(kind, data):
    # The directory of a ZIP stands at the end: what starts as a PDF may still open as an archive.
    if not START.match(data) or zipfile.is_zipfile(io.BytesIO(data)):
        raise not_what_it_says(kind)
    answer = probe(data)
    if answer in ANSWERS:
        raise Unfit(ANSWERS[answer].format(most=format_number(settings.UPLOAD_MAX_PAGES)))
    if answer == "broken":
        raise not_what_it_says(kind)
    if answer != "ok":
        raise Unfit(TOO_COMPLEX)
    return data


def probe(data):
    """One word of pdf_probe.py, or "" when it ran out of time or memory."""
    command = [sys.executable, "-I", PROBE, str(settings.UPLOAD_MAX_PAGES)]
    try:
        # No environment: the process that reads strangers' files knows no password of ours.
        done = subprocess.run(command, input=data, capture_output=True, timeout=WALL_SECONDS, env={}, check=False)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("ascii", "replace").strip()
