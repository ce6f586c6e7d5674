"""Files as offices make them: all are taken."""

import io
import zipfile

from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter

MAIN = "application/vnd.openxmlformats-officedocument."
DOCX_TYPE = f"{MAIN}wordprocessingml.document.main+xml"
XLSX_TYPE = f"{MAIN}spreadsheetml.sheet.main+xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
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


def package(members, method=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(**more):
    return package({**parts(), **more})


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
}
