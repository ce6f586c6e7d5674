"""Word and Excel files that fetch something when they are opened: templates, linked objects, linked pictures."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.attachments.checks import check_upload
from danvan.common.exceptions import Refused
from tests.danvan.attachments import good

pytestmark = pytest.mark.embedded
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


@pytest.fixture(autouse=True)
def private_root(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path


def check(name, data):
    return check_upload(SimpleUploadedFile(name, data))


def rels(kind, target="http://example.com/x", mode='TargetMode="External"', prefix=""):
    colon = f"{prefix}:" if prefix else ""
    xmlns = f"xmlns:{prefix}" if prefix else "xmlns"
    return (
        f'<{colon}Relationships {xmlns}="{good.PACKAGE}/relationships">'
        f'<{colon}Relationship Id="rId1" Type="{kind}" Target="{target}" {mode}/></{colon}Relationships>'
    )


def docx(text, part="word/_rels/settings.xml.rels"):
    return good.docx(**{part: text})


HOSTILE = {
    "attached template": docx(rels(f"{KINDS}/attachedTemplate")),
    "template on a share": docx(rels(f"{KINDS}/attachedTemplate", "file://///198.51.100.7/share/t.dotm")),
    "linked object": docx(rels(f"{KINDS}/oleObject"), "word/_rels/document.xml.rels"),
    "linked picture": docx(rels(f"{KINDS}/image"), "word/_rels/document.xml.rels"),
    "frame": docx(rels(f"{KINDS}/frame"), "word/_rels/webSettings.xml.rels"),
    "of the package": docx(rels(f"{KINDS}/officeDocument"), "_rels/.rels"),
    "strict": docx(rels(f"{STRICT}/attachedTemplate")),
    "with a prefix": docx(rels(f"{KINDS}/attachedTemplate", prefix="r")),
    "mode in other letters": docx(rels(f"{KINDS}/attachedTemplate", mode='TargetMode="EXTERNAL"')),
    "in UTF-16": docx(f'<?xml version="1.0" encoding="UTF-16"?>{rels(f"{KINDS}/attachedTemplate")}'.encode("utf-16")),
    "name in other letters": docx(rels(f"{KINDS}/attachedTemplate"), "word/_RELS/settings.xml.RELS"),
    "no mode, but an address": docx(rels(f"{KINDS}/attachedTemplate", mode="")),
    "hyperlink only in name": docx(rels("http://example.com/nothyperlink")),
    "unreadable": docx("<Relationships>"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_fetched_on_opening_is_refused(name):
    with pytest.raises(Refused) as caught:
        check("kế hoạch.docx", HOSTILE[name])
    words = "không phải" if name == "unreadable" else "liên kết ra ngoài"
    assert caught.value.message.startswith("Tệp “kế hoạch.docx” ") and words in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        rels(f"{KINDS}/hyperlink"),
        rels(f"{STRICT}/hyperlink", "mailto:phuong@example.gov.vn"),
        rels(f"{KINDS}/image", "media/image1.png", ""),
        rels(f"{KINDS}/image", "media/image1.png", 'TargetMode="Internal"'),
        rels(f"{KINDS}/styles", "/word/styles.xml", ""),
    ],
)
def test_links_that_a_reader_clicks_and_parts_of_the_file_are_fine(text):
    assert check("kế hoạch.docx", docx(text, "word/_rels/document.xml.rels")).kind == "docx"
