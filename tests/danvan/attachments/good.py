"""Files as offices make them: all are taken."""

import io
import zipfile
from pathlib import Path

from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter

CORPUS = Path(__file__).with_name("corpus")  # see make_corpus.py
MAIN = "application/vnd.openxmlformats-officedocument."
DOCX_TYPE = f"{MAIN}wordprocessingml.document.main+xml"
XLSX_TYPE = f"{MAIN}spreadsheetml.sheet.main+xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def pdf(*changes, **options):
    """`changes` are functions that receive the writer."""
    writer = PdfWriter(**options)
    writer.add_blank_page(595, 842)
    for change in changes:
        change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def types(main, part):
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/></Types>'
    )


def parts(text="Mô hình Dân vận khéo"):
    return {
        "[Content_Types].xml": types(DOCX_TYPE, "word/document.xml"),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"/>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>',
    }


def relation(meaning, target, mode="External"):
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/{meaning}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


def package(members, method=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(**more):
    return package({**parts(), **more})


def linked(meaning, target, part="document"):
    return docx(**{f"word/_rels/{part}.xml.rels": relation(meaning, target)})


def xlsx():
    book = Workbook()
    for row in range(200):
        book.active.append([row, "Phường Vĩnh Hải", 12.5])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def picture(kind="JPEG", size=(60, 40), mode="RGB", **options):
    target = io.BytesIO()
    Image.new(mode, size, options.pop("color", 128)).save(target, kind, **options)
    return target.getvalue()


def phone_picture():
    """Two pictures in one .jpg, as newer phones write it."""
    return picture("MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))])


FILES = {
    "ảnh điện thoại.jpg": phone_picture,
    "kế hoạch.pdf": pdf,
    "BÁO CÁO.PDF": pdf,
    "báo cáo.docx": docx,
    "biểu số liệu.xlsx": xlsx,
    "ảnh.jpg": picture,
    "ảnh.jpeg": picture,
    "ảnh xám.jpg": lambda: picture(mode="L"),
    "ảnh in.jpg": lambda: picture(mode="CMYK", color=(1, 2, 3, 4)),
    "ảnh.png": lambda: picture("PNG"),
    "dấu trong suốt.png": lambda: picture("PNG", mode="RGBA", color=(1, 2, 3, 0)),
    "bảng màu.png": lambda: picture("PNG", mode="P", color=1),
    "trắng đen.png": lambda: picture("PNG", mode="1", color=1),
    "bản quét.png": lambda: picture("PNG", size=(5000, 4), mode="P", color=1),
    "báo cáo.bản 2.pdf": pdf,
    "đủ 500 trang.pdf": lambda: pdf(*[lambda writer: writer.add_blank_page(595, 842)] * 499),
    "dấu BOM đứng trước.pdf": lambda: b"\xef\xbb\xbf" + pdf(),
    "dòng trống đứng trước.pdf": lambda: b"\r\n \r\n" + pdf(),
    "liên kết.docx": lambda: linked("hyperlink", "https://example.test/van-ban"),
    "mẫu trên máy.docx": lambda: linked("attachedTemplate", "file:///C:\\Users\\may\\Mau%20bao%20cao.dotm", "settings"),
    "mẫu cùng thư mục.docx": lambda: linked("attachedTemplate", "Mau.dotx", "settings"),
    "hình mất.docx": lambda: linked("image", "NULL"),
    "hình từ thư.docx": lambda: linked("image", "cid:image001.png@01D7"),
    "hình vẽ.docx": lambda: docx(**{"word/media/image1.svg": '<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg"/>'}),
    "bảng trong văn bản.docx": lambda: docx(**{"word/embeddings/Microsoft_Excel_Sheet1.xlsx": xlsx()}),
    "văn bản trong bảng.docx": lambda: docx(**{"word/embeddings/Microsoft_Word_Document.docx": docx()}),
}
