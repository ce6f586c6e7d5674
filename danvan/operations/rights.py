"""docs/quyen.md: role × function × row × field, read from the tables that the code itself goes by."""

from django.apps import apps

from danvan.access.policies import OPEN, policy_of
from danvan.access.roles import RIGHTS, ROLES
from danvan.access.walk import patterns
from danvan.registers.registry import all_registers

HEAD = """# Quyền: vai trò, chức năng, dòng, trường

Trang này do lệnh `manage.py rights_doc` viết từ chính các bảng mà chương trình dùng: `RIGHTS` trong `danvan/access/roles.py`, quyền ghi
trên từng địa chỉ, `SCOPE` của từng mô hình, chính sách theo dòng của PostgreSQL, trường của từng biểu mẫu. Sửa ở đó, không sửa ở đây.

Một người có thể giữ nhiều vai trò; mỗi vai trò gắn với một đơn vị và một phạm vi xem. Quyền có đuôi `_own` chỉ dùng được cho hồ sơ của
chính đơn vị mà người đó làm việc; các quyền khác dùng được cho mọi hồ sơ trong phạm vi xem của vai trò đó. Hồ sơ ngoài phạm vi xem coi
như không có (404). Bước chuyển trạng thái: [states.md](states.md). `/admin/` chỉ mở cho tài khoản được đánh dấu quản trị của Django.
"""
ANYBODY = {"public": "không cần tài khoản", "signed_in": "mọi tài khoản"}
SHORT = dict(zip(ROLES, ("CB", "NĐĐ", "MT", "CV", "LĐ", "HĐ", "QT"), strict=True))


def page():
    return "".join([HEAD, *roles(), *functions(), *rows(), *fields()])


def table(heads, lines):
    yield f"\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n"
    yield from (f"| {' | '.join(str(cell) for cell in line)} |\n" for line in lines)


def marks(right):
    return ["✓" if role in RIGHTS[right] else "" for role in ROLES]


def roles():
    yield "\n## Vai trò và quyền\n\n"
    yield ", ".join(f"{short}: {ROLES[role]}" for role, short in SHORT.items()) + ".\n"
    yield from table(["Quyền", *SHORT.values()], ([f"`{right}`", *marks(right)] for right in RIGHTS))


def functions():
    """Every address of the resolver with its rule; a view without one stops the start."""
    yield "\n## Chức năng\n\nMỗi địa chỉ đòi một quyền; không có quyền đó thì bị từ chối (403). Nút bấm trên trang có thể đòi thêm quyền.\n"
    lines = []
    for route, name, pattern in sorted(patterns(), key=lambda entry: entry[0]):
        rule = getattr(pattern.callback, "access_rule", None)
        who = marks(rule) if rule in RIGHTS else [ANYBODY.get(rule, "")] + [""] * (len(ROLES) - 1)
        lines.append([f"`/{route}`", f"`{name}`", f"`{rule}`", *who])
    yield from table(["Địa chỉ", "Tên", "Quyền", *SHORT.values()], lines)


def rows():
    """What a row shows to whom; the history of a record is as open as the record and is left out."""
    yield "\n## Dòng\n\nĐọc được khi một trong các cột dẫn tới đơn vị trong phạm vi xem. "
    yield "PostgreSQL giữ đúng điều đó bằng chính sách của từng bảng.\n"
    models = [model for model in apps.get_models(include_auto_created=True) if not model.__name__.startswith("Historical")]
    lines = [row_line(model) for model in sorted(models, key=lambda model: model._meta.db_table) if policy_of(model)]
    yield from table(["Bảng", "Hồ sơ", "Đọc theo", "Ghi theo"], lines)
    yield "\nBảng không có chính sách theo dòng:\n"
    yield from table(["Bảng", "Vì sao"], ([f"`{name}`", why] for name, why in sorted(OPEN.items())))


def row_line(model):
    meta = model._meta
    if meta.auto_created:
        read = written = f"hồ sơ `{meta.auto_created._meta.db_table}` của nó"
    elif getattr(model, "APPEND_ONLY", False):
        read, written = "`scope_path` (nhánh của đơn vị đã làm)", "chỉ thêm, do chương trình ghi"
    elif hasattr(model, "SCOPE"):
        read = written = ", ".join(f"`{path}` ({label(model, path)})" for path in model.SCOPE)
        read += ", `published_on` (đơn vị cấp trên đã phổ biến)" if hasattr(model, "published_on") else ""
    elif owner := getattr(model, "OWNED_BY", None):
        read = written = f"`{owner}` (chỉ người đó)"
    else:
        read = written = "hồ sơ mà nó thuộc về"
    return [f"`{meta.db_table}`", meta.verbose_name if not meta.auto_created else "liên hệ nhiều - nhiều", read, written]


def label(model, path):
    for part in path.split("__"):
        field = model._meta.get_field(part)
        model = field.related_model
    return field.verbose_name


def fields():
    yield "\n## Trường\n\nAi lưu biểu mẫu chỉ đổi được trường của biểu mẫu đó; trường khác gửi kèm bị bỏ qua. "
    yield "Trường còn lại do chương trình ghi.\n"
    lines = []
    for register in all_registers():
        if register.form is None:
            continue
        own, any_row = register.rights.own, register.rights.any
        who = [f"`{right}`: {', '.join(SHORT[role] for role in ROLES if role in RIGHTS[right])}" for right in (own, any_row) if right]
        written = list(register.form.base_fields)
        concrete = [field.name for field in register.model._meta.concrete_fields if not field.primary_key]
        kept = [name for name in concrete if name not in written]
        lines.append([register.label, "; ".join(who), ", ".join(written), ", ".join(kept)])
    yield from table(["Sổ", "Ai ghi", "Trường của biểu mẫu", "Trường chương trình ghi"], lines)
