"""Made once: files as programs of offices, phones and scanners write them, into corpus/. They name nobody.

python -m tests.danvan.attachments.make_corpus

No office suite stands on the machines of the project: what Word writes around a chart or a picture is written out here, part by part.
"""

import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pikepdf
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from PIL import Image, ImageDraw
from weasyprint import HTML

from tests.danvan.attachments.good import DOCX_TYPE, PACKAGE, RELATIONS, WORD

CORPUS = Path(__file__).with_name("corpus")
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
ROWS = [("Phường", "Mô hình", "Hộ"), ("Phường A", 12, 340), ("Phường B", 7, 215), ("Phường C", 9, 180)]
PAGE = """<html lang="vi"><meta charset="utf-8"><title>Báo cáo công tác dân vận</title>
<style>@page {{ size: A4; margin: 2cm }} body {{ font-family: Tinos, serif }} td {{ border: 1px solid }}</style>
<h1>Báo cáo công tác dân vận</h1><p>Kết quả thực hiện <a href="https://example.test/">phong trào Dân vận khéo</a>.</p>
<table>{rows}</table></html>"""


def drawn(mode="RGB", size=(240, 160)):
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 120, 90), fill=(200, 30, 30))
    draw.ellipse((110, 60, 220, 150), fill=(250, 210, 0))
    return image.convert(mode)


def saved(image, kind, **options):
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def page():
    return PAGE.format(rows="".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS))


# --- Word and Excel ------------------------------------------------------------------


def relations(**leads):
    """rId -> (meaning, target)"""
    lines = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{meaning}" Target="{target}"/>' for key, (meaning, target) in leads.items()
    )
    return f'{HEADER}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def word(body, leads, defaults, more, overrides=""):
    named = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults.items())
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    parts = {
        "[Content_Types].xml": (
            f'{HEADER}<Types xmlns="{PACKAGE}/content-types">{named}'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{DOCX_TYPE}"/>'
            f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>{overrides}</Types>'
        ),
        "_rels/.rels": relations(
            rId1=("officeDocument", "word/document.xml"), rId2=("metadata/core-properties", "docProps/core.xml")
        ).replace(f"{RELATIONS}/metadata", f"{PACKAGE}/relationships/metadata"),
        "docProps/core.xml": (
            f'{HEADER}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<dc:creator>Văn phòng</dc:creator></cp:coreProperties>"
        ),
        "word/document.xml": (
            f'{HEADER}<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}" '
            f'xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main">'
            f"<w:body><w:p><w:r><w:t>Báo cáo công tác dân vận</w:t></w:r></w:p><w:p><w:r>{body}</w:r></w:p></w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": relations(**leads),
        **more,
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def inline(uri, content):
    return (
        '<w:drawing><wp:inline><wp:extent cx="3000000" cy="2000000"/><wp:docPr id="1" name="Hình 1"/>'
        f'<a:graphic><a:graphicData uri="{uri}">{content}</a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def word_with_picture():
    uri = f"{DRAWING}/picture"
    content = (
        f'<pic:pic xmlns:pic="{uri}"><pic:nvPicPr><pic:cNvPr id="1" name="anh.jpeg"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="3000000" cy="2000000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    leads = {"rId1": ("image", "media/image1.jpeg")}
    return word(inline(uri, content), leads, {"jpeg": "image/jpeg"}, {"word/media/image1.jpeg": saved(drawn(), "JPEG", quality=60)})


def word_with_chart():
    """As Word does it: the chart's numbers stand in a workbook inside the document."""
    uri = f"{DRAWING}/chart"
    points = [(name, number) for name, number, _ in ROWS[1:]]
    names, numbers = (
        "".join(f'<c:pt idx="{index}"><c:v>{point[side]}</c:v></c:pt>' for index, point in enumerate(points)) for side in (0, 1)
    )
    chart = (
        f'{HEADER}<c:chartSpace xmlns:c="{uri}" xmlns:a="{DRAWING}/main" xmlns:r="{RELATIONS}"><c:chart><c:plotArea><c:layout/><c:barChart>'
        '<c:barDir val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/>'
        f'<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$4</c:f><c:strCache><c:ptCount val="3"/>{names}</c:strCache></c:strRef></c:cat>'
        f'<c:val><c:numRef><c:f>Sheet1!$B$2:$B$4</c:f><c:numCache><c:ptCount val="3"/>{numbers}</c:numCache></c:numRef></c:val></c:ser>'
        '<c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/><c:axPos val="b"/>'
        '<c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart>'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
    return word(
        inline(uri, f'<c:chart xmlns:c="{uri}" r:id="rId1"/>'),
        {"rId1": ("chart", "charts/chart1.xml")},
        {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {
            "word/charts/chart1.xml": chart,
            "word/charts/_rels/chart1.xml.rels": relations(rId1=("package", "../embeddings/Microsoft_Excel_Worksheet.xlsx")),
            "word/embeddings/Microsoft_Excel_Worksheet.xlsx": workbook(),
        },
        '<Override PartName="/word/charts/chart1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>',
    )


def workbook(*, rich=False):
    """xlsxwriter; `rich` has several sheets, a chart, a picture, a link, a formula, a checked column and a note."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Sheet1")
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row)
    if rich:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"categories": "=Sheet1!$A$2:$A$4", "values": "=Sheet1!$B$2:$B$4"})
        sheet.insert_chart("E2", chart)
        second = book.add_worksheet("Tổng hợp")
        second.write_formula("A1", "=SUM(Sheet1!B2:B4)")
        second.write_url("A2", "https://example.test/van-ban", string="Văn bản")
        second.data_validation("C1:C1048576", {"validate": "list", "source": ["Có", "Không"]})
        second.set_column("A:XFD", 12)
        second.write_comment("A1", "Cộng cả ba phường", {"author": "Văn phòng"})
        second.insert_image("D4", "anh.png", {"image_data": io.BytesIO(saved(drawn(size=(60, 40)), "PNG"))})
        book.add_worksheet("Phụ lục").conditional_format("A1:XFD1048576", {"type": "no_blanks"})
    book.close()
    return target.getvalue()


def workbook_of_openpyxl():
    book = openpyxl.Workbook()
    book.properties.creator = "Văn phòng"
    for row in ROWS:
        book.active.append(row)
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=4), titles_from_data=True)
    book.active.add_chart(chart, "E2")
    book.create_sheet("Cuối bảng").cell(1_048_576, 3, "dòng cuối")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


# --- PDF -----------------------------------------------------------------------------


def scanned():
    pages = [drawn("L", (595, 842)), drawn("RGB", (595, 842))]
    return saved(pages[0], "PDF", save_all=True, append_images=pages[1:], quality=40, resolution=72)


def printed():
    """From the browser's own printer."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "a.html"), Path(folder, "a.pdf")
        source.write_text(page())
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile", "--no-pdf-header-footer"]
        subprocess.run(["chromium", *options, f"--print-to-pdf={target}", source.as_uri()], check=True, capture_output=True, timeout=120)
        return target.read_bytes()


def through_cairo(data):
    return subprocess.run(["pdftocairo", "-pdf", "-", "-"], input=data, capture_output=True, check=True).stdout


def resaved(data, **options):
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(target, **options)
    return target.getvalue()


def files():
    archive = HTML(string=page()).write_pdf(pdf_variant="pdf/a-2a")
    turned = Image.Exif()
    turned[0x0112], turned[0x010F] = 6, "May anh"
    turned.get_ifd(0x8825).update({1: "N", 2: (12.0, 14.0, 0.0)})
    deep = Image.linear_gradient("L").convert("I").point(lambda value: value * 257).convert("I;16").resize((60, 40))
    return {
        "word-bieu-do.docx": word_with_chart(),
        "word-anh.docx": word_with_picture(),
        "excel-nhieu-bang.xlsx": workbook(rich=True),
        "openpyxl-bieu-do.xlsx": workbook_of_openpyxl(),
        "may-quet.pdf": scanned(),
        "weasyprint-pdfa.pdf": archive,
        "chromium.pdf": printed(),
        "cairo.pdf": through_cairo(archive),
        "qpdf-nen-doi-tuong.pdf": resaved(archive, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "qpdf-xem-tren-mang.pdf": resaved(archive, linearize=True),
        "dien-thoai-xoay.jpg": saved(drawn(), "JPEG", exif=turned, quality=70),
        "luy-tien.jpg": saved(drawn(), "JPEG", progressive=True, quality=70),
        "in-an.jpg": saved(drawn("CMYK"), "JPEG", quality=60),
        "16-bit.png": saved(deep, "PNG"),
        "bang-mau.png": saved(drawn().quantize(16), "PNG", transparency=0),
    }


if __name__ == "__main__":
    CORPUS.mkdir(exist_ok=True)
    for name, data in files().items():
        CORPUS.joinpath(name).write_bytes(data)
        print(f"{len(data):7} {name}")
