"""Word and Excel files: the directory of the ZIP is judged before anything is unpacked, and nothing is parsed but the list of parts."""

import io
import re
import zipfile
import zlib

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from danvan.attachments.unfit import Unfit, another_kind, not_what_it_says

MB = 1024 * 1024
MAX_MEMBERS = 1500
MAX_UNPACKED = 60 * MB
MAX_RATIO = 120
RATIO_FROM = MB
CHUNK = MB
CONTENT_TYPES = "[Content_Types].xml"
MAX_CONTENT_TYPES = MB
MAX_RELATIONS = 4 * MB
_MAIN = "application/vnd.openxmlformats-officedocument."
MAIN_TYPES = {f"{_MAIN}wordprocessingml.document.main+xml": "docx", f"{_MAIN}spreadsheetml.sheet.main+xml": "xlsx"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS = re.compile(r"vbaproject|vbadata|macrosheets/")
FOREIGN = re.compile(r"activex|embeddings/|externallinks/")
ADDRESS = re.compile(r"\s*([a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)  # not a part of the package
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")

LOCKED = "đang đặt mật khẩu hoặc là tệp Office kiểu cũ. Anh/chị gỡ mật khẩu, lưu lại đúng loại .{kind} rồi gửi lại."
BOMB = "phình ra quá lớn khi mở. Anh/chị bỏ bớt trang, hình, dòng trống hoặc lưu thành PDF rồi gửi lại."
MACRO = "có macro bên trong. Anh/chị lưu lại thành loại .{kind} (không macro) rồi gửi lại."
EMBEDDED = "có tệp khác nhúng hoặc liên kết bên trong (bảng Excel, biểu đồ, liên kết ngoài). Anh/chị lưu thành PDF rồi gửi lại."
EXTERNAL = (
    "có liên kết ra ngoài tự mở cùng tệp (mẫu Word, hình hoặc bảng lấy từ nơi khác). Anh/chị chép hẳn nội dung đó vào tệp, "
    "gỡ mẫu liên kết hoặc lưu thành PDF rồi gửi lại."
)
DECLARED = "có khai báo không an toàn trong phần XML bên trong. Anh/chị mở bằng Word hoặc Excel, lưu lại rồi gửi lại."


def checked_office(kind, data):
    if data.startswith(OLE):
        raise Unfit(LOCKED.format(kind=kind))
    try:
        check_package(kind, data)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError, ParseError, DefusedXmlException) as error:
        raise not_what_it_says(kind) from error
    return data


def check_package(kind, data):
    # Counted by their marks first: the directory itself may be the bomb.
    if not data.startswith(b"PK\x03\x04"):
        raise not_what_it_says(kind)
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise Unfit(BOMB)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        check_directory(kind, package.infolist())
        check_parts(package)
        check_main_part(kind, package)
        check_relations(package)


def check_directory(kind, members):
    names = [member.orig_filename.lower() for member in members]
    if len(set(names)) < len(names) or any(map(is_odd_path, names)) or any(map(is_odd_member, members)):
        raise not_what_it_says(kind)
    if any(member.flag_bits & 1 for member in members):
        raise Unfit(LOCKED.format(kind=kind))
    if sum(member.file_size for member in members) > MAX_UNPACKED or any(map(is_inflated, members)):
        raise Unfit(BOMB)
    if any(map(MACROS.search, names)):
        raise Unfit(MACRO.format(kind=kind))
    if any(map(FOREIGN.search, names)):
        raise Unfit(EMBEDDED)


def is_odd_path(name):
    return name.startswith("/") or "\\" in name or "\0" in name or ":" in name or ".." in name.split("/")


def is_odd_member(member):
    return member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def is_inflated(member):
    return member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1)


def check_parts(package):
    """Reads every part to its end, which also proves sizes and checksums. Drawings in SVG rightly carry a DOCTYPE."""
    for member in package.infolist():
        is_drawing = member.filename.lower().endswith(".svg")
        with package.open(member) as part:
            for piece in pieces(part):
                if not is_drawing and any(mark in piece for mark in DECLARATIONS):
                    raise Unfit(DECLARED)


def pieces(part):
    """Chunks that overlap, without the zero bytes of UTF-16, so that a mark is found in either encoding."""
    tail = b""
    while chunk := part.read(CHUNK):
        piece = tail + chunk.replace(b"\0", b"")
        yield piece
        tail = piece[-16:]


def check_main_part(kind, package):
    types = content_types(package)
    if any("macroenabled" in content_type.lower() for content_type in types):
        raise Unfit(MACRO.format(kind=kind))
    actual = {MAIN_TYPES[content_type] for content_type, part in types.items() if content_type in MAIN_TYPES and part in package.NameToInfo}
    if actual == {kind}:
        return
    raise another_kind(kind, *actual) if len(actual) == 1 else not_what_it_says(kind)


def check_relations(package):
    """What a part takes from elsewhere is fetched on opening, and tells somebody that and where the file was opened.

    A hyperlink waits for a click.
    """
    for member in package.infolist():
        if not member.filename.lower().endswith(".rels"):
            continue
        if member.file_size > MAX_RELATIONS:
            raise Unfit(BOMB)
        if any(map(is_fetched, fromstring(package.read(member), forbid_dtd=True).iter())):
            raise Unfit(EXTERNAL)


def is_fetched(relation):
    outside = relation.get("TargetMode", "").strip().lower() == "external" or ADDRESS.match(relation.get("Target", ""))
    return bool(outside) and not relation.get("Type", "").endswith("/hyperlink")


def content_types(package):
    """{content type: the part that has it, "" where it is only a default}"""
    if package.getinfo(CONTENT_TYPES).file_size > MAX_CONTENT_TYPES:
        raise Unfit(BOMB)
    root = fromstring(package.read(CONTENT_TYPES), forbid_dtd=True)
    return {entry.get("ContentType", ""): entry.get("PartName", "").lstrip("/") for entry in root}
