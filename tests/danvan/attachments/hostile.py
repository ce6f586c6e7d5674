"""Files that must not get in, made here so that none lies about. Each entry: file name -> (maker, part of the refusal)."""

import io
import random
import string
import struct
import zipfile
import zlib

import xlsxwriter
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from tests.danvan.attachments import good

MB = 1024 * 1024
GIGABYTE = 1024 * MB
OLE_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
EXE = b"MZ\x90\x00" + b"\0" * 500
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NOT_RIGHT = "không đúng định dạng"
ACTIVE = "nhúng bên trong"
EMBEDDED = "tệp khác nhúng hoặc liên kết"
EXTERNAL = "liên kết ra ngoài tự mở cùng tệp"
DECLARED = "khai báo không an toàn"
SPARSE = "trải quá rộng"
PAGES = "có trên 500 trang"
TOO_BIG = "phình ra quá lớn"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
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


def pages(number):
    return good.pdf(*[lambda writer: writer.add_blank_page(595, 842)] * (number - 1))


def lying_count(number):
    """Says that it has one page."""
    return pages(number).replace(b"/Count %d" % number, b"/Count 1".ljust(len(b"/Count %d" % number)))


def folded_pages(depth):
    """Every branch holds the next one twice: 2 ** depth pages in a file of a few lines."""
    branches = [b"<</Type/Pages/Kids[%d 0 R %d 0 R]>>" % (number, number) for number in range(3, depth + 3)]
    return written_by_hand(b"<</Type/Catalog/Pages 2 0 R>>", *branches, b"<</Type/Page/MediaBox[0 0 595 842]>>")


def branches_without_end():
    """One page and a million branches that hold nothing."""
    kids = b"3 0 R " + b"4 0 R " * MB
    empty = b"<</Type/Pages/Kids[]>>"
    return written_by_hand(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[" + kids + b"]>>", b"<</Type/Page/MediaBox[0 0 595 842]>>", empty
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
    "trang dư.pdf": (lambda: pages(501), PAGES),
    "rất nhiều trang.pdf": (lambda: pages(20_000), PAGES),
    "khai thiếu trang.pdf": (lambda: lying_count(501), PAGES),
    "trang nhân đôi.pdf": (lambda: folded_pages(40), PAGES),
    "cành không trang.pdf": (lambda: branches_without_end(), "quá phức tạp"),
    "rác đứng trước.pdf": (lambda: b"junk" * 20 + good.pdf(), NOT_RIGHT),
    "lệnh in đứng trước.pdf": (lambda: b"\x1b%-12345X@PJL\r\n" + good.pdf(), NOT_RIGHT),
    "chương trình đứng trước.pdf": (lambda: EXE + good.pdf(), NOT_RIGHT),
    "tệp nén đứng trước.pdf": (lambda: good.package({"a.txt": "x"}) + good.pdf(), NOT_RIGHT),
    "trang web đứng trước.pdf": (lambda: HTML + good.pdf(), NOT_RIGHT),
    "ảnh đứng trước.pdf": (lambda: good.picture("GIF", mode="L") + good.pdf(), NOT_RIGHT),
    "trống dài đứng trước.pdf": (lambda: b" " * 1001 + good.pdf(), NOT_RIGHT),
    "tệp nén đứng sau.pdf": (lambda: good.pdf() + good.docx(), NOT_RIGHT),
    "eicar.pdf": (lambda: EICAR, NOT_RIGHT),
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


def entity_chain():
    """Billion laughs: nine steps, each ten times the one before."""
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "ha">{steps}]><a>&e9;</a>'


def workbook(**more):
    """As good.xlsx, with parts of one's own: "sheet" is the first sheet."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good.xlsx())) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result:
        parts = {name: source.read(name) for name in source.namelist()}
        if "sheet" in more:
            parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{good.SHEET}">{more.pop("sheet")}</worksheet>'
        for name, content in {**parts, **more}.items():
            result.writestr(name, content)
    return target.getvalue()


def sparse(first, last):
    """Two cells, and everything between them."""
    rows = "".join(f'<row r="{cell.lstrip(string.ascii_uppercase)}"><c r="{cell}"><v>1</v></c></row>' for cell in (first, last))
    return workbook(sheet=f"<sheetData>{rows}</sheetData>")


def sparse_in_fact():
    """As a program writes it, not as we think that it does."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.add_worksheet().write(1_048_575, 16_383, "xa")
    book.close()
    return target.getvalue()


def related(meaning, target="a", mode="External"):
    return good.docx(**{"word/_rels/document.xml.rels": good.relation(meaning, target, mode)})


def embedding(data, name="word/embeddings/Microsoft_Excel_Sheet1.xlsx"):
    return good.docx(**{name: data})


def many_bombs():
    """Each workbook inside is just small enough; together they are not."""
    inner = good.package({**xlsx_parts(), "xl/pad.bin": noise(16 * 1024) * 320}, zipfile.ZIP_DEFLATED)
    return good.package({**good.parts(), **{f"word/embeddings/{n}.xlsx": inner for n in range(12)}}, zipfile.ZIP_DEFLATED)


def xlsx_parts():
    with zipfile.ZipFile(io.BytesIO(good.xlsx())) as package:
        return {name: package.read(name) for name in package.namelist()}


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
    "khóa kiểu cũ.docx": (lambda: OLE_FILE, "mật khẩu"),
    "macro.docx": (lambda: good.docx(**{"word/vbaProject.bin": b"x"}), "macro"),
    "macro ẩn.docx": (lambda: typed(MACRO_TYPE), "macro"),
    "điều khiển.docx": (lambda: good.docx(**{"word/activeX/activeX1.bin": b"x"}), EMBEDDED),
    "nhúng.docx": (lambda: good.docx(**{"word/embeddings/oleObject1.bin": b"x"}), EMBEDDED),
    "liên kết.xlsx": (lambda: good.docx(**{"xl/externalLinks/externalLink1.xml": "<a/>"}), EMBEDDED),
    "thực thể.docx": (lambda: good.docx(**{"word/styles.xml": DOCTYPE + "<a>&x;</a>"}), DECLARED),
    "thực thể 16.docx": (lambda: good.docx(**{"word/styles.xml": (DOCTYPE + "<a/>").encode("utf-16")}), DECLARED),
    "chuỗi thực thể.docx": (lambda: good.docx(**{"word/document.xml": entity_chain()}), DECLARED),
    "chuỗi thực thể.xlsx": (lambda: workbook(**{"xl/sharedStrings.xml": entity_chain()}), DECLARED),
    "chuỗi thực thể trong bảng.xlsx": (lambda: workbook(**{"xl/worksheets/sheet1.xml": entity_chain()}), DECLARED),
    "thực thể trong hình giả.docx": (lambda: good.docx(**{"word/a.svg": entity_chain()}), DECLARED),
    "thực thể trong liên kết.docx": (lambda: good.docx(**{"word/_rels/document.xml.rels": entity_chain()}), DECLARED),
    "ô cuối bảng.xlsx": (lambda: sparse("A1", "XFD1048576"), SPARSE),
    "ô cuối bảng thật.xlsx": (lambda: sparse_in_fact(), SPARSE),
    "hai ô hai đầu.xlsx": (lambda: sparse("XFD1", "A1048576"), SPARSE),
    "khai bảng rộng.xlsx": (lambda: workbook(sheet='<dimension ref="A1:XFD1048576"/><sheetData/>'), SPARSE),
    "mẫu ngoài.docx": (lambda: related("attachedTemplate", "http://example.test/a.dotm"), EXTERNAL),
    "mẫu ở máy khác.docx": (lambda: related("attachedTemplate", "file:///\\\\10.0.0.1\\a.dotm"), EXTERNAL),
    "mẫu ở máy khác nữa.docx": (lambda: related("attachedTemplate", "\\\\10.0.0.1\\a.dotm"), EXTERNAL),
    "hình ngoài.docx": (lambda: related("image", "https://example.test/a.png"), EXTERNAL),
    "lệnh ngoài.docx": (lambda: related("oleObject", "mhtml:http://example.test/a!x"), EXTERNAL),
    "khung ngoài.docx": (lambda: related("frame", "//example.test/a"), EXTERNAL),
    "đối tượng đổi tên.docx": (lambda: related("oleObject", "media/image1.png", "Internal"), EMBEDDED),
    "chèn trang web.docx": (lambda: related("aFChunk", "a.mht", "Internal"), EMBEDDED),
    "macro đổi tên.docx": (lambda: related("vbaProject", "media/image1.png", "Internal"), "macro"),
    "tệp nén lồng.docx": (lambda: good.docx(**{"word/a.xml": good.package({"a.txt": "x"})}), EMBEDDED),
    "tệp nén lồng nhiều lớp.docx": (lambda: good.docx(**{"word/media/image1.png": good.package({"a.zip": bomb(MB)})}), EMBEDDED),
    "chương trình bên trong.docx": (lambda: good.docx(**{"word/media/image1.png": EXE}), EMBEDDED),
    "OLE đổi tên.docx": (lambda: good.docx(**{"word/media/image1.png": OLE_FILE}), EMBEDDED),
    "nhúng OLE tên xlsx.docx": (lambda: embedding(OLE_FILE), EMBEDDED),
    "nhúng zip tên xlsx.docx": (lambda: embedding(good.package({"a.exe": EXE})), EMBEDDED),
    "nhúng hỏng.docx": (lambda: embedding(good.xlsx()[:-30]), EMBEDDED),
    "nhúng macro.docx": (lambda: embedding(workbook(**{"xl/vbaProject.bin": b"x"})), EMBEDDED),
    "nhúng xlsm.docx": (lambda: embedding(good.xlsx(), "word/embeddings/a.xlsm"), EMBEDDED),
    "nhúng hai lớp.docx": (lambda: embedding(embedding(good.xlsx()), "word/embeddings/a.docx"), EMBEDDED),
    "nhúng thực thể.docx": (lambda: embedding(workbook(**{"xl/sharedStrings.xml": entity_chain()})), EMBEDDED),
    "nhúng bảng rộng.docx": (lambda: embedding(sparse("A1", "XFD1048576")), EMBEDDED),
    "nhúng bom.docx": (lambda: embedding(bomb(50 * MB), "word/embeddings/a.docx"), TOO_BIG),
    "nhúng nhiều tệp phình.docx": (lambda: many_bombs(), TOO_BIG),
    "tệp nén đứng trước.docx": (lambda: good.package({"a.txt": "x"}) + good.docx(), NOT_RIGHT),
    "trang web đứng sau.docx": (lambda: good.docx() + HTML, NOT_RIGHT),
    "cụt.xlsx": (lambda: good.xlsx()[:-100], NOT_RIGHT),
    "eicar.docx": (lambda: EICAR, NOT_RIGHT),
    "thực thể đầu.docx": (
        lambda: good.docx(**{"[Content_Types].xml": DOCTYPE + good.types(good.DOCX_TYPE, "a")}),
        DECLARED,
    ),
    "thực thể xa.docx": (lambda: good.docx(**{"word/styles.xml": noise(MB - 4) + DOCTYPE}), DECLARED),
    "đi ngược.docx": (lambda: good.docx(**{"../../etc/cron.d/x": "x"}), NOT_RIGHT),
    "tuyệt đối.docx": (lambda: good.docx(**{"/etc/passwd": "x"}), NOT_RIGHT),
    "gạch ngược.docx": (lambda: good.docx(**{"word\\x.xml": "x"}), NOT_RIGHT),
    "đổi đuôi.xlsx": (lambda: good.docx(), "nội dung bên trong là tệp Word (.docx)"),
    "đổi đuôi.docx": (lambda: good.xlsx(), "nội dung bên trong là tệp Excel (.xlsx)"),
    "zip thường.docx": (lambda: good.package({"a.txt": "x"}), NOT_RIGHT),
    "zip có chương trình.docx": (lambda: good.package({"a.txt": "x", "b.exe": EXE}), EMBEDDED),
    "thiếu phần chính.docx": (lambda: good.package({"[Content_Types].xml": good.types(good.DOCX_TYPE, "word/document.xml")}), NOT_RIGHT),
    "loại lạ.docx": (lambda: typed("application/xml"), NOT_RIGHT),
    "mục lục hỏng.docx": (lambda: good.docx(**{"[Content_Types].xml": "<Types"}), NOT_RIGHT),
    "nén lạ.docx": (lambda: good.package(good.parts(), zipfile.ZIP_LZMA), NOT_RIGHT),
    "chương trình.docx": (lambda: EXE + good.docx(), NOT_RIGHT),
    "văn bản.xlsx": (lambda: b"a;b;c\n" * 100, NOT_RIGHT),
}

# --- pictures and the rest ---------------------------------------------------------------------


def png_chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_with(name, content):
    """A good PNG with one more chunk after its header."""
    data = good.picture("PNG")
    return data[:33] + png_chunk(name, content) + data[33:]


def swollen_note():
    """A comment of a gigabyte, packed."""
    packer = zlib.compressobj(1)
    note = b"".join(packer.compress(b"a" * MB) for _ in range(1024)) + packer.flush()
    return png_with(b"zTXt", b"a\0\0" + note)


def wide_and_cut(kind, mode):
    """Just within the limit of pixels, so that it is decoded, and broken off at its end."""
    data = good.picture(kind, size=(6300, 6300), mode=mode, color=0)
    return data[: -len(data) // 50]


PICTURES = {
    "văn bản.jpg": (lambda: b"xin chao" * 100, NOT_RIGHT),
    "vẽ.png": (lambda: SVG, NOT_RIGHT),
    "đổi đuôi.jpg": (lambda: good.picture("PNG"), "nội dung bên trong là ảnh PNG"),
    "đổi đuôi.png": (lambda: good.picture(), "nội dung bên trong là ảnh JPG"),
    "ảnh động.png": (lambda: good.picture("GIF", mode="L"), NOT_RIGHT),
    "rất rộng.png": (lambda: good.picture("PNG", size=(12_000, 12_000), mode="L"), "40 triệu điểm ảnh"),
    "hơi rộng.png": (lambda: good.picture("PNG", size=(7_000, 6_000), mode="L"), "40 triệu điểm ảnh"),
    "chú thích phình.png": (lambda: swollen_note(), NOT_RIGHT),
    "sát mức cụt.png": (lambda: wide_and_cut("PNG", "RGBA"), NOT_RIGHT),
    "sát mức cụt.jpg": (lambda: wide_and_cut("JPEG", "RGB"), NOT_RIGHT),
    "ảnh kiêm mã lệnh.jpg": (lambda: b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//", NOT_RIGHT),
    "ảnh kiêm mã lệnh.png": (lambda: b"BM=1;alert(1)//" + b"\0" * 60, NOT_RIGHT),
    "trang web.png": (lambda: HTML, NOT_RIGHT),
    "tài liệu.jpg": (lambda: good.pdf(), NOT_RIGHT),
    "tệp nén.png": (lambda: good.docx(), NOT_RIGHT),
    "chương trình.png": (lambda: EXE, NOT_RIGHT),
    "eicar.jpg": (lambda: EICAR, NOT_RIGHT),
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
    "eicar.com": (lambda: EICAR, "đuôi .com"),
    "ảnh\u202egpj.exe": (lambda: good.picture(), "đuôi .exe"),
    "hồ sơ.pdf\r\nContent-Type: text/html\r\n\r\n.html": (lambda: good.pdf(), "đuôi .html"),
    "hồ sơ.pdf\0.exe": (lambda: good.pdf(), "đuôi .exe"),
    "hồ sơ.exe\u200b": (lambda: EXE, "đuôi .exe"),
    "../../etc/cron.d/hồ sơ.sh": (lambda: good.pdf(), "đuôi .sh"),
    "..\\..\\hồ sơ.pdf\\trang.php": (lambda: good.pdf(), "đuôi .php"),
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


def picture_and_archive():
    return good.picture() + good.package({"a.class": EXE})
