"""Files that must not get in, made here so that none lies about. Each entry: file name -> (maker, part of the refusal)."""

import io
import random
import struct
import zipfile

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from tests.danvan.attachments import good

MB = 1024 * 1024
GIGABYTE = 1024 * MB
EXE = b"MZ\x90\x00" + b"\0" * 500
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NOT_RIGHT = "không đúng định dạng"
ACTIVE = "nhúng bên trong"
EMBEDDED = "tệp khác nhúng hoặc liên kết"
TOO_BIG = "phình ra quá lớn"
DOCTYPE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


# --- PDF -----------------------------------------------------------------------------


def action(**entries):
    values = {NameObject(f"/{key}"): value for key, value in entries.items()}
    return lambda writer: writer.root_object.update({NameObject("/OpenAction"): DictionaryObject(values)})


def launch(writer):
    action(S=NameObject("/Launch"), F=TextStringObject("cmd.exe"))(writer)


def script(writer):
    action(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))(writer)


def hidden_script():
    """The action stands in a compressed object stream, where the bytes of the file do not show it."""
    import pikepdf

    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(good.pdf(script))) as document:
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in target.getvalue()
    return target.getvalue()


def no_pages():
    target = io.BytesIO()
    writer = PdfWriter()
    writer.add_metadata({"/Title": "x"})
    writer.write(target)
    return target.getvalue()


def written_by_hand(*objects):
    """A PDF of these objects, the first being the catalogue, with right offsets."""
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def endless_array():
    """One object of millions of numbers: small to send, slow and large to hold."""
    junk = b"1 " * (5 * MB)
    return written_by_hand(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Junk[" + junk + b"]>>",
    )


def page_loop():
    def bite_own_tail(writer):
        writer.root_object["/Pages"].get_object()[NameObject("/Kids")] = ArrayObject([writer.root_object.raw_get("/Pages")] * 2)

    return good.pdf(bite_own_tail)


PDF = {
    "văn bản.pdf": (lambda: b"xin chao " * (MB // 9), NOT_RIGHT),
    "chương trình.pdf": (lambda: EXE, NOT_RIGHT),
    "chỉ có đầu.pdf": (lambda: b"%PDF-1.7\n" + b"x" * 5000, NOT_RIGHT),
    "không trang.pdf": (lambda: no_pages(), "không có trang nào"),
    "mật khẩu.pdf": (lambda: good.pdf(lambda writer: writer.encrypt("bi-mat", algorithm="RC4-128")), "mật khẩu"),
    "khóa quyền.pdf": (lambda: good.pdf(lambda writer: writer.encrypt("", "chu", algorithm="RC4-128")), "mật khẩu"),
    "mã lệnh.pdf": (lambda: good.pdf(script), ACTIVE),
    "mã lệnh viết lạ.pdf": (lambda: good.pdf(script).replace(b"/JavaScript", b"/J#61vaScript"), ACTIVE),
    "mã lệnh giấu.pdf": (lambda: hidden_script(), ACTIVE),
    "mở chương trình.pdf": (lambda: good.pdf(launch), ACTIVE),
    "tệp nhúng.pdf": (lambda: good.pdf(lambda writer: writer.add_attachment("a.exe", EXE)), ACTIVE),
    "mảng dài.pdf": (lambda: endless_array(), "quá phức tạp"),
    "cây trang lặp.pdf": (page_loop, "không có trang nào"),
    "cụt.pdf": (lambda: good.pdf()[:200], NOT_RIGHT),
}

# --- Word and Excel ------------------------------------------------------------------------


def bomb(size=GIGABYTE):
    """`size` bytes of one letter in a file of a thousandth of it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in good.parts().items():
            archive.writestr(name, content)
        with archive.open("word/big.xml", "w", force_zip64=True) as part:
            for _ in range(size // MB):
                part.write(b"A" * MB)
    return target.getvalue()


def lying():
    """The directory says ten bytes for a part of 50 MB."""
    data = bytearray(bomb(50 * MB))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    return bytes(data)


def flagged_encrypted():
    data = bytearray(good.docx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def damaged():
    data = bytearray(good.package(good.parts("y" * 3000), zipfile.ZIP_STORED))
    data[data.index(b"yyyy") + 5] = 0
    return bytes(data)


def twice():
    target = io.BytesIO(good.docx())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("WORD/document.xml", "<a/>")
    return target.getvalue()


def many_members():
    return good.package({**good.parts(), **{f"word/{n}.xml": "" for n in range(1600)}})


def directory_bomb():
    """A directory of 300 000 entries and nothing else."""
    entries = (b"PK\x01\x02" + b"\0" * 24 + b"\x01" + b"\0" * 17 + b"a") * 300_000
    return b"PK\x03\x04" + entries + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, len(entries), 4, 0)


def noise(size):
    return random.Random(1).randbytes(size // 2).hex()


def typed(main, **more):
    return good.docx(**{"[Content_Types].xml": good.types(main, "word/document.xml"), **more})


MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
OFFICE = {
    "bom.docx": (lambda: bomb(), TOO_BIG),
    "bom.xlsx": (lambda: bomb(30 * MB), TOO_BIG),
    "nói dối.docx": (lambda: lying(), NOT_RIGHT),
    "nhiều phần.docx": (lambda: many_members(), TOO_BIG),
    "mục lục dài.docx": (lambda: directory_bomb(), TOO_BIG),
    "hỏng.docx": (lambda: damaged(), NOT_RIGHT),
    "trùng.docx": (lambda: twice(), NOT_RIGHT),
    "khóa.docx": (lambda: flagged_encrypted(), "mật khẩu"),
    "khóa kiểu cũ.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "mật khẩu"),
    "macro.docx": (lambda: good.docx(**{"word/vbaProject.bin": b"x"}), "macro"),
    "macro ẩn.docx": (lambda: typed(MACRO_TYPE), "macro"),
    "điều khiển.docx": (lambda: good.docx(**{"word/activeX/activeX1.bin": b"x"}), EMBEDDED),
    "nhúng.docx": (lambda: good.docx(**{"word/embeddings/oleObject1.bin": b"x"}), EMBEDDED),
    "liên kết.xlsx": (lambda: good.docx(**{"xl/externalLinks/externalLink1.xml": "<a/>"}), EMBEDDED),
    "thực thể.docx": (lambda: good.docx(**{"word/styles.xml": DOCTYPE + "<a>&x;</a>"}), "khai báo không an toàn"),
    "thực thể 16.docx": (lambda: good.docx(**{"word/styles.xml": (DOCTYPE + "<a/>").encode("utf-16")}), "khai báo không an toàn"),
    "thực thể đầu.docx": (
        lambda: good.docx(**{"[Content_Types].xml": DOCTYPE + good.types(good.DOCX_TYPE, "a")}),
        "khai báo không an toàn",
    ),
    "thực thể xa.docx": (lambda: good.docx(**{"word/styles.xml": noise(MB - 4) + DOCTYPE}), "khai báo không an toàn"),
    "đi ngược.docx": (lambda: good.docx(**{"../../etc/cron.d/x": "x"}), NOT_RIGHT),
    "tuyệt đối.docx": (lambda: good.docx(**{"/etc/passwd": "x"}), NOT_RIGHT),
    "gạch ngược.docx": (lambda: good.docx(**{"word\\x.xml": "x"}), NOT_RIGHT),
    "đổi đuôi.xlsx": (lambda: good.docx(), "nội dung bên trong là tệp Word (.docx)"),
    "đổi đuôi.docx": (lambda: good.xlsx(), "nội dung bên trong là tệp Excel (.xlsx)"),
    "zip thường.docx": (lambda: good.package({"a.txt": "x", "b.exe": EXE}), NOT_RIGHT),
    "thiếu phần chính.docx": (lambda: good.package({"[Content_Types].xml": good.types(good.DOCX_TYPE, "word/document.xml")}), NOT_RIGHT),
    "loại lạ.docx": (lambda: typed("application/xml"), NOT_RIGHT),
    "mục lục hỏng.docx": (lambda: good.docx(**{"[Content_Types].xml": "<Types"}), NOT_RIGHT),
    "nén lạ.docx": (lambda: good.package(good.parts(), zipfile.ZIP_LZMA), NOT_RIGHT),
    "chương trình.docx": (lambda: EXE + good.docx(), NOT_RIGHT),
    "văn bản.xlsx": (lambda: b"a;b;c\n" * 100, NOT_RIGHT),
}

# --- pictures and the rest ---------------------------------------------------------------------

PICTURES = {
    "văn bản.jpg": (lambda: b"xin chao" * 100, NOT_RIGHT),
    "vẽ.png": (lambda: SVG, NOT_RIGHT),
    "đổi đuôi.jpg": (lambda: good.picture("PNG"), "nội dung bên trong là ảnh PNG"),
    "đổi đuôi.png": (lambda: good.picture(), "nội dung bên trong là ảnh JPG"),
    "ảnh động.png": (lambda: good.picture("GIF", mode="L"), NOT_RIGHT),
    "rất rộng.png": (lambda: good.picture("PNG", size=(12_000, 12_000), mode="L"), "40 triệu điểm ảnh"),
    "hơi rộng.png": (lambda: good.picture("PNG", size=(7_000, 6_000), mode="L"), "40 triệu điểm ảnh"),
    "cụt.jpg": (lambda: good.picture(size=(400, 400))[:400], NOT_RIGHT),
    "cụt.png": (lambda: good.picture("PNG", size=(400, 400))[:-40], NOT_RIGHT),
}

NAMES = {
    "vẽ.svg": (lambda: SVG, "đuôi .svg"),
    "trang.html": (lambda: b"<script>alert(1)</script>", "đuôi .html"),
    "hồ sơ.pdf.exe": (lambda: good.pdf(), "đuôi .exe"),
    "hồ sơ.zip": (lambda: good.docx(), "đuôi .zip"),
    "cũ.doc": (lambda: b"\xd0\xcf\x11\xe0", "Word kiểu cũ"),
    "macro.xlsm": (lambda: good.xlsx(), "Excel có macro"),
    "điện thoại.heic": (lambda: b"x", "ảnh HEIC"),
    "không đuôi": (lambda: good.pdf(), "không có đuôi"),
    ".pdf": (lambda: good.pdf(), "không có đuôi"),
    "rỗng.pdf": (lambda: b"", "0 byte"),
}

FILES = PDF | OFFICE | PICTURES | NAMES


# --- taken, but cleaned ----------------------------------------------------------------------------


def located_photo():
    """A phone's photo, 60 × 40 stored lying on its side, with the place it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "Nha Trang"
    exif.get_ifd(0x8825).update({1: "N", 2: (12.0, 14.0, 0.0)})
    return good.picture(exif=exif, comment=b"ghi chu rieng")


def png_with_script():
    return good.picture("PNG") + b"<script>alert(1)</script>"
