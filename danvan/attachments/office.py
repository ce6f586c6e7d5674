"""Word and Excel files: the directory of the ZIP is judged before anything is unpacked, and of the parts only two lists are parsed:
what the parts are, and what they refer to.
"""

import io
import re
import zipfile
import zlib

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from danvan.attachments.unfit import Unfit, another_kind, not_what_it_says

MB = 1024 * 1024
MAX_MEMBERS = 1500
MAX_UNPACKED = 60 * MB  # with what is unpacked of the workbooks inside
MAX_RATIO = 120
RATIO_FROM = MB
CHUNK = MB
OVERLAP = 64
CONTENT_TYPES = "[Content_Types].xml"
MAX_CONTENT_TYPES = MB
MAX_RELATIONS = 4 * MB
MAX_EMBEDDED = 20 * MB
END = b"PK\x05\x06"
END_SIZE = 22
_MAIN = "application/vnd.openxmlformats-officedocument."
MAIN_TYPES = {f"{_MAIN}wordprocessingml.document.main+xml": "docx", f"{_MAIN}spreadsheetml.sheet.main+xml": "xlsx"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS = re.compile(r"vbaproject|vbadata|macrosheets/")
FOREIGN = re.compile(r"activex|externallinks/|embeddings/(?![^/]+\.(docx|xlsx)$)")
PACKAGE = re.compile(r"/embeddings/[^/]+\.(docx|xlsx)$")
DRAWING = re.compile(r"/media/[^/]+\.svg$")
ADDRESS = re.compile(r"\s*([a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)  # not a part of the package
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
# Archives, programs, old Office files and PDF (which has scripts of its own) under whatever name, zero bytes left out.
STOWAWAY = (b"PK\x03\x04", b"PK\x05\x06", OLE, b"MZ\x90", b"\x7fELF", b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"%PDF-")
# A cell in the hundred thousands of rows, a cell beyond column ZZ: either alone is a long or a wide sheet, both span 70 million cells.
FAR_DOWN = re.compile(rb"""\sr=["'][A-Z]{0,3}[1-9][0-9]{5,6}["']""")
FAR_RIGHT = re.compile(rb"""\sr=["'][A-Z]{3}[0-9]{1,7}["']""")
FAR_BOTH = re.compile(rb"""dimension\sref=["'][A-Z0-9]{0,10}:?[A-Z]{3}[1-9][0-9]{5,6}["']""")
# By the last word of a relation's type; the name of the part it leads to may be any.
LINKED_MACROS = {"vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet"}
LINKED_FOREIGN = {"oleobject", "afchunk", "control", "activexcontrolbinary", "externallink", "subdocument"}
# Where a document came from, as Word notes it: a file on the sender's own disk, a mail's picture, nothing at all.
STAYS_HERE = re.compile(r"file:///[a-z]:[^?]*|cid:.*|(?![\\/]{2})[^:]*", re.IGNORECASE)

LOCKED = "đang đặt mật khẩu hoặc là tệp Office kiểu cũ. Anh/chị gỡ mật khẩu, lưu lại đúng loại .{kind} rồi gửi lại."
BOMB = "phình ra quá lớn khi mở. Anh/chị bỏ bớt trang, hình, dòng trống hoặc lưu thành PDF rồi gửi lại."
SPARSE = "có bảng trải quá rộng: có ô ở tận cuối bảng. Anh/chị xóa các dòng, cột trống ở cuối rồi gửi lại."
MACRO = "có macro bên trong. Anh/chị lưu lại thành loại .{kind} (không macro) rồi gửi lại."
EMBEDDED = "có tệp khác nhúng hoặc liên kết bên trong (đối tượng OLE, tệp lồng nhau, liên kết ngoài). Anh/chị lưu thành PDF rồi gửi lại."
EXTERNAL = (
    "có liên kết ra ngoài tự mở cùng tệp (mẫu Word, hình hoặc bảng lấy từ nơi khác). Anh/chị chép hẳn nội dung đó vào tệp, "
    "gỡ mẫu liên kết hoặc lưu thành PDF rồi gửi lại."
)
DECLARED = "có khai báo không an toàn trong phần XML bên trong. Anh/chị mở bằng Word hoặc Excel, lưu lại rồi gửi lại."
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError, ParseError, DefusedXmlException)


def checked_office(kind, data):
    if data.startswith(OLE):
        raise Unfit(LOCKED.format(kind=kind))
    try:
        check_package(kind, data)
    except BROKEN as error:
        raise not_what_it_says(kind) from error
    return data


def check_package(kind, data, room=MAX_UNPACKED, inside=False):
    """How many bytes it unpacks to, which is at most `room`; `inside` another one it holds no further file."""
    # Counted by their marks first: the directory itself may be the bomb.
    if not data.startswith(b"PK\x03\x04") or not data[-END_SIZE:].startswith(END):
        raise not_what_it_says(kind)
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise Unfit(BOMB)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        unpacked = check_directory(kind, package.infolist(), room, inside)
        check_parts(kind, package)
        check_main_part(kind, package)
        check_relations(kind, package)
        return unpacked + check_embedded(package, room - unpacked)


def check_directory(kind, members, room, inside):
    names = [member.orig_filename.lower() for member in members]
    if len(set(names)) < len(names) or any(map(is_odd_path, names)) or any(map(is_odd_member, members)):
        raise not_what_it_says(kind)
    if not members or min(member.header_offset for member in members):
        raise not_what_it_says(kind)  # another archive stands before this one
    if any(member.flag_bits & 1 for member in members):
        raise Unfit(LOCKED.format(kind=kind))
    unpacked = sum(member.file_size for member in members)
    if unpacked > room or any(map(is_inflated, members)):
        raise Unfit(BOMB)
    if any(map(MACROS.search, names)):
        raise Unfit(MACRO.format(kind=kind))
    if any(map(FOREIGN.search, names)) or (inside and any("embeddings/" in name for name in names)):
        raise Unfit(EMBEDDED)
    return unpacked


def is_odd_path(name):
    return name.startswith("/") or "\\" in name or "\0" in name or ":" in name or ".." in name.split("/")


def is_odd_member(member):
    return member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def is_inflated(member):
    return member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1)


def check_parts(kind, package):
    """Reads every part to its end, which also proves sizes and checksums."""
    for member in package.infolist():
        name = member.filename.lower()
        if PACKAGE.search(name):
            continue  # a package of its own, read by check_embedded
        far_down = far_right = False
        is_drawing = DRAWING.search(name)  # rightly carries a DOCTYPE
        with package.open(member) as part:
            for number, piece in enumerate(pieces(part)):
                if not number and piece.startswith(STOWAWAY):
                    raise Unfit(EMBEDDED)
                if not is_drawing and any(mark in piece for mark in DECLARATIONS):
                    raise Unfit(DECLARED)
                if kind == "xlsx":
                    far_down, far_right = far_down or FAR_DOWN.search(piece), far_right or FAR_RIGHT.search(piece)
                    if (far_down and far_right) or FAR_BOTH.search(piece):
                        raise Unfit(SPARSE)


def pieces(part):
    """Chunks that overlap, without the zero bytes of UTF-16, so that a mark is found in either encoding."""
    tail = b""
    while chunk := part.read(CHUNK):
        piece = tail + chunk.replace(b"\0", b"")
        yield piece
        tail = piece[-OVERLAP:]


def check_main_part(kind, package):
    types = content_types(package)
    if any("macroenabled" in content_type.lower() for content_type in types):
        raise Unfit(MACRO.format(kind=kind))
    actual = {MAIN_TYPES[content_type] for content_type, part in types.items() if content_type in MAIN_TYPES and part in package.NameToInfo}
    if actual == {kind}:
        return
    raise another_kind(kind, *actual) if len(actual) == 1 else not_what_it_says(kind)


def content_types(package):
    """{content type: the part that has it, "" where it is only a default}"""
    if package.getinfo(CONTENT_TYPES).file_size > MAX_CONTENT_TYPES:
        raise Unfit(BOMB)
    root = fromstring(package.read(CONTENT_TYPES), forbid_dtd=True)
    return {entry.get("ContentType", ""): entry.get("PartName", "").lstrip("/") for entry in root}


def check_relations(kind, package):
    """A link to click on may lead anywhere; everything else is fetched or run by itself when the file is opened."""
    lists = [member for member in package.infolist() if member.filename.lower().endswith(".rels")]
    if sum(member.file_size for member in lists) > MAX_RELATIONS:
        raise Unfit(BOMB)
    for member in lists:
        for relation in fromstring(package.read(member), forbid_dtd=True):
            meaning = relation.get("Type", "").rpartition("/")[2].lower()
            if meaning in LINKED_MACROS:
                raise Unfit(MACRO.format(kind=kind))
            target = relation.get("Target", "").strip()
            outside = relation.get("TargetMode", "").strip().lower() == "external" or ADDRESS.match(target)
            if outside and meaning != "hyperlink" and not STAYS_HERE.fullmatch(target):
                raise Unfit(EXTERNAL)
            if meaning in LINKED_FOREIGN:
                raise Unfit(EMBEDDED)


def check_embedded(package, room):
    """The workbook behind a chart is a file like any other, one level deep; what all of them unpack to is counted together."""
    unpacked = 0
    for member in package.infolist():
        if found := PACKAGE.search(member.filename.lower()):
            if member.file_size > MAX_EMBEDDED:
                raise Unfit(BOMB)
            try:
                unpacked += check_package(found[1], package.read(member), room - unpacked, inside=True)
            except (Unfit, *BROKEN) as reason:
                raise Unfit(BOMB if reason.args == (BOMB,) else EMBEDDED) from reason
    return unpacked
