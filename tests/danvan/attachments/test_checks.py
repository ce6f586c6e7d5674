import io
import json
import subprocess
import sys
import unicodedata
from collections import namedtuple

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from danvan.attachments import checks, pdf
from danvan.attachments.checks import check_upload
from danvan.attachments.names import clean_name
from danvan.common.exceptions import Refused
from tests.danvan.attachments import good, hostile

MB = 1024 * 1024


@pytest.fixture(autouse=True)
def private_root(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path


def check(name, data):
    return check_upload(SimpleUploadedFile(name, data))


def refusal(name, data):
    with pytest.raises(Refused) as caught:
        check(name, data)
    return caught.value.message


@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_is_refused_with_its_name_and_a_reason(name):
    make, reason = hostile.FILES[name]
    message = refusal(name, make())
    assert message.startswith(f"Tệp “{clean_name(name)}” ")
    assert reason in message
    assert message == unicodedata.normalize("NFC", message)


@pytest.mark.parametrize("name", good.FILES)
def test_a_good_file_is_taken(name):
    data = good.FILES[name]()
    checked = check(name, data)
    assert checked.name == name
    assert checked.data if checked.kind in ("jpg", "png") else checked.data == data


@pytest.mark.parametrize("name", sorted(path.name for path in good.CORPUS.iterdir()))
def test_a_file_of_a_real_program_is_taken(name):
    data = good.CORPUS.joinpath(name).read_bytes()
    checked = check(name, data)
    assert opened(checked).size if checked.kind in ("jpg", "png") else checked.data == data


def refusal_costs(*arguments):
    command = [sys.executable, "-m", "tests.benchmarks.uploads", "--json", *arguments]
    return json.loads(subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True).stdout)


def test_no_refusal_costs_much():
    """Within a second by the clock, waiting for a busy machine's processor left out, and 300 MB; the reader of PDF files counts in."""
    costs = refusal_costs()
    assert [cost["name"] for cost in costs] == list(hostile.FILES)
    slowest = max(costs, key=lambda cost: cost["own_ms"])
    largest = max(costs, key=lambda cost: cost["web_mb"] + cost["probe_mb"])
    assert slowest["own_ms"] < 1000, slowest
    assert largest["web_mb"] + largest["probe_mb"] < 300, largest
    assert all(cost["probe_mb"] for cost in costs if cost["name"] == "mảng dài.pdf")


@pytest.mark.parametrize(
    ("reader", "column", "most"),
    [("time.sleep(1.1); print('empty')", "own_ms", 1000), ("x = b'x' * 310 * 2**20; time.sleep(0.1); print('empty')", "probe_mb", 300)],
)
def test_the_measurement_sees_a_reader_that_sleeps_or_swells(reader, column, most, tmp_path):
    program = tmp_path / "probe.py"
    program.write_text(f"import time\n{reader}\n")
    [cost] = refusal_costs("--probe", str(program), "cụt.pdf")
    assert cost[column] > most


@pytest.mark.parametrize("appetite", ["exec('while True: pass')", "bytearray(10**9)", "open('x', 'w').write('x' * 10**6)"])
def test_a_reader_that_runs_away_is_stopped(appetite, monkeypatch, tmp_path):
    """Whatever the next hole in a parser is: no time, no memory, no writing to disk."""
    program = tmp_path / "probe.py"
    program.write_text(
        f"import sys\nsys.path.insert(0, {str(pdf.PROBE.parent)!r})\n"
        f"import pdf_probe\npdf_probe.verdict = lambda data, most_pages: {appetite}\npdf_probe.main()\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pdf, "PROBE", program)
    assert "quá phức tạp" in refusal("kế hoạch.pdf", good.pdf())


def test_the_number_of_pages_is_a_setting(settings):
    settings.UPLOAD_MAX_PAGES = 3
    assert check("kế hoạch.pdf", hostile.pages(3))
    message = refusal("kế hoạch.pdf", hostile.pages(4))
    assert message == "Tệp “kế hoạch.pdf” có trên 3 trang, quá số trang được nhận. Anh/chị tách thành nhiều tệp nhỏ hơn rồi gửi lại."
    assert "trên 3 trang" in refusal("kế hoạch.pdf", hostile.lying_count(4))


# --- size and room -----------------------------------------------------------------------


def test_a_genuine_file_above_the_limit_is_told_both_sizes(settings):
    settings.UPLOAD_MAX_BYTES = 20 * MB
    message = refusal("bản quét.pdf", good.pdf() + b"\n" * 25 * MB)
    assert message.startswith("Tệp “bản quét.pdf” nặng 25,1 MB, vượt mức 20 MB. ")


def test_the_limit_itself_is_taken_and_one_byte_more_is_not(settings):
    data = good.pdf()
    settings.UPLOAD_MAX_BYTES = len(data)
    assert check("vừa.pdf", data)
    assert "vượt mức" in refusal("vừa.pdf", data + b"\n")


def test_a_full_disk_refuses(monkeypatch):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda root: usage(200 * MB))
    assert "máy chủ sắp hết chỗ lưu" in refusal("kế hoạch.pdf", good.pdf())


# --- pictures are written anew ----------------------------------------------------------------


def opened(checked):
    return Image.open(io.BytesIO(checked.data))


def test_a_photo_stands_upright_and_no_longer_says_where_it_was_taken():
    data = hostile.located_photo()
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
    image = opened(check("ảnh.jpg", data))
    assert image.size == (40, 60)
    assert not image.getexif()
    assert not {"exif", "comment", "xmp", "icc_profile"} & set(image.info)


def test_an_upright_png_loses_its_notes():
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "Nguyễn Văn A")
    exif = Image.Exif()
    exif[0x0112] = 6
    checked = check("ảnh.png", good.picture("PNG", pnginfo=notes, exif=exif))
    assert opened(checked).size == (40, 60)
    assert not opened(checked).text and not opened(checked).getexif()


def test_a_script_behind_a_picture_is_gone():
    checked = check("ảnh.png", hostile.png_with_script())
    assert b"script" not in checked.data
    assert opened(checked).size == (60, 40)


def test_an_archive_behind_a_picture_is_gone():
    assert b"PK" not in check("ảnh.jpg", hostile.picture_and_archive()).data


@pytest.mark.parametrize("name", ["sát mức cụt.jpg", "chú thích phình.png"])
def test_a_library_that_wants_broken_pictures_taken_does_not_speak_for_uploads(name, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    make, reason = hostile.FILES[name]
    assert reason in refusal(name, make())


def test_a_large_photo_is_scaled_to_4000():
    assert opened(check("ảnh.jpg", good.picture(size=(6000, 3000)))).size == (4000, 2000)


@pytest.mark.parametrize("mode", ["1", "P", "L", "LA", "RGB", "RGBA", "I;16"])
def test_a_long_png_of_any_mode_is_scaled_and_stands_upright(mode):
    exif = Image.Exif()
    exif[0x0112] = 6
    color = (1,) * len(mode) if mode in ("LA", "RGB", "RGBA") else 1
    assert opened(check("bản quét.png", good.picture("PNG", size=(8000, 40), mode=mode, color=color, exif=exif))).size == (20, 4000)


def test_transparency_survives():
    assert opened(check("dấu.png", good.picture("PNG", mode="RGBA", color=(9, 9, 9, 0)))).getpixel((0, 0)) == (9, 9, 9, 0)
    palette = good.picture("PNG", mode="P", color=0, transparency=0)
    assert opened(check("dấu.png", palette)).convert("RGBA").getpixel((0, 0))[3] == 0


# --- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("../../etc/kế hoạch.pdf", "kế hoạch.pdf"),
        ("C:\\Users\\can bo\\báo cáo.docx", "báo cáo.docx"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie: x=1.pdf"),
        ("a\0.pdf", "a.pdf"),
        ("a.pdf\0.exe", "a.pdf.exe"),
        ("ảnh\u202egpj.exe", "ảnhgpj.exe"),
        (unicodedata.normalize("NFD", "Kế hoạch Dân vận.pdf"), "Kế hoạch Dân vận.pdf"),
        ("  nhiều   khoảng .pdf", "nhiều khoảng .pdf"),
        ("", "khong-ten"),
        ("..", "khong-ten"),
        ("x\ud800.pdf", "x.pdf"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
    ],
)
def test_a_name_from_outside_is_cleaned(raw, clean):
    assert clean_name(raw) == clean
