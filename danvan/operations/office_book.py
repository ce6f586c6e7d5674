"""A whole office in one workbook: units of any levels with their headers, catalogues, accounts. The form, and making it real.

Every cell that is wrong is told with its address; either the whole office stands afterwards or nothing does.
"""

import io
from dataclasses import dataclass

import xlsxwriter
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from danvan.access.roles import ADMINISTRATOR, ROLES
from danvan.accounts import managing
from danvan.accounts.models import User
from danvan.attachments.sheets import as_date, as_text, sheet_rows
from danvan.common import clock, text
from danvan.common.exceptions import Refused
from danvan.common.forms import CharField, DateField
from danvan.operations.office_cells import CATALOGUES, CodeField, LabelField
from danvan.submissions.models import Period, Regime
from danvan.units.models import Kind, Unit, UnitVersion
from danvan.units.services import create_unit

MOST = 5000  # rows of a sheet
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Wrong:
    sheet: str
    cell: str
    reason: str

    def __str__(self):
        return f"Bảng “{self.sheet}”, ô {self.cell}: {self.reason}"


class UnitForm(forms.ModelForm):
    code = CodeField(label="Mã đơn vị", max_length=30)
    above = CodeField(label="Mã đơn vị cấp trên", max_length=30, required=False, help_text="Để trống ở đơn vị cao nhất")
    kind = LabelField(label="Loại đơn vị", choices=Kind.choices, error_messages={"invalid_choice": "Loại đơn vị không có trong danh sách."})
    valid_from = DateField(label="Từ ngày", required=False, help_text="Để trống: hôm nay")
    recipients = CharField(label="Nơi nhận", max_length=2000, required=False, help_text="Mỗi nơi cách nhau bằng dấu chấm phẩy")

    class Meta:
        model = UnitVersion
        fields = [
            "name", "kind", "level_name", "superior_name", "issuer_name", "symbol", "place",
            "signing_authority", "signer_title", "profile", "recipients", "valid_from",
        ]  # fmt: skip

    field_order = ["code", "name", "above"]

    def clean_code(self):
        if Unit.objects.filter(code=self.cleaned_data["code"]).exists():
            raise ValidationError("Mã này đã có trong hệ thống.")
        return self.cleaned_data["code"]

    def clean_profile(self):
        return self.cleaned_data["profile"] or UnitVersion._meta.get_field("profile").default

    def clean_recipients(self):
        return [place.strip() for place in self.cleaned_data["recipients"].split(";") if place.strip()]

    def clean_valid_from(self):
        day = self.cleaned_data["valid_from"] or clock.today()
        if day > clock.today():
            raise ValidationError("Ngày bắt đầu không được sau hôm nay.")
        return day

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["profile"].required = False


class PeriodForm(forms.ModelForm):
    """A period that the office opens downwards, so that its units can begin to report."""

    regime = forms.ModelChoiceField(
        label="Chế độ báo cáo",
        queryset=Regime.objects.all(),
        to_field_name="code",
        error_messages={"invalid_choice": "Không có chế độ báo cáo mã này."},
    )
    unit = CodeField(label="Mã đơn vị mở kỳ", max_length=30, help_text="Đơn vị trực thuộc của đơn vị này báo cáo theo kỳ")

    class Meta:
        model = Period
        fields = ["code", "name", "starts_on", "ends_on", "opens_on", "due_on", "review_due_on"]
        field_classes = {name: DateField for name in ("starts_on", "ends_on", "opens_on", "due_on", "review_due_on")}

    field_order = ["regime", "unit"]


class AccountForm(forms.Form):
    username = CharField(label="Tên đăng nhập", max_length=150, validators=[User.username_validator])
    display_name = CharField(label="Tên hiển thị", max_length=150)
    courtesy = CharField(label="Cách xưng hô", max_length=20, required=False)
    email = forms.EmailField(label="Thư điện tử", required=False)
    unit = CodeField(label="Mã đơn vị", max_length=30)
    role = LabelField(label="Vai trò", choices=list(ROLES.items()), error_messages={"invalid_choice": "Vai trò không có trong danh sách."})
    sees = CodeField(label="Mã đơn vị xem được", max_length=30, required=False, help_text="Để trống: chính đơn vị và trực thuộc")


UNITS, PERIODS, ACCOUNTS = "Đơn vị", "Kỳ báo cáo", "Tài khoản"
SHEETS: dict[str, type[forms.BaseForm]] = {UNITS: UnitForm, **CATALOGUES, PERIODS: PeriodForm, ACCOUNTS: AccountForm}


# --- the empty form ---------------------------------------------------------------------------


def template():
    """The bytes of the workbook to fill in."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#EEEDEA", "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for title, form in SHEETS.items():
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for number, field in enumerate(form().fields.values()):
            sheet.set_column(number, number, 24, day if isinstance(field, DateField) else None)
            sheet.write_string(0, number, str(field.label), head)
            sheet.write_comment(0, number, field.help_text or ("" if field.required else "Có thể để trống") or "Phải ghi")
            if isinstance(field, forms.ChoiceField):
                _offer(book, sheet, number, _labels(field))
    book.close()
    return buffer.getvalue()


def _labels(field):
    if isinstance(field, LabelField):
        return [label for _, label in field.choices]
    return list(field.queryset.values_list("code", flat=True))


def _offer(book, sheet, number, labels):
    """A list to choose from stands on a sheet of its own: inside a cell rule it may not exceed 255 letters."""
    lists = book.get_worksheet_by_name("Danh mục") or book.add_worksheet("Danh mục")
    column = sheet.index
    lists.set_column(column, column, 40)
    lists.write_column(0, column, labels)
    sheet.data_validation(
        1, number, MOST, number, {"validate": "list", "source": f"='Danh mục'!${LETTERS[column]}$1:${LETTERS[column]}${len(labels)}"}
    )


# --- reading it back --------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    sheet: str
    number: int
    form: forms.Form

    def wrong(self, field, reason):
        names = list(self.form.fields)
        return Wrong(self.sheet, f"{LETTERS[names.index(field)] if field in names else LETTERS[0]}{self.number}", reason)


def rows_of(data):
    """{sheet: [Row]} with bound forms; raises Refused when the workbook is not our form."""
    return {title: list(_rows(title, form, sheet_rows(data, title, most=MOST))) for title, form in SHEETS.items()}


def _rows(title, form, rows):
    labels = {str(field.label): (name, field) for name, field in form().fields.items()}
    for number, cells in rows:
        if number == 1:
            for letter, label in zip(LETTERS, labels, strict=False):
                if text.fold(as_text(cells.get(letter, ""))) != text.fold(label):
                    raise Refused(f"Bảng “{title}”, ô {letter}1 phải là “{label}”. Hãy dùng tệp mẫu và giữ nguyên dòng đầu.")
            continue
        typed = {}
        for letter, (name, field) in zip(LETTERS, labels.values(), strict=False):
            if letter in cells:
                typed[name] = (as_date if isinstance(field, DateField) else as_text)(cells[letter])
        yield Row(title, number, form(typed))


# --- making it real ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    units: list  # [Unit], those above first
    catalogues: list  # rows that were not there
    periods: list
    accounts: list  # [(User, one-time secret)]


def open_office(data, *, keep=True):
    """(what was made, [Wrong]). Something wrong, or keep=False: nothing stays, and the first part tells what would be made."""
    rows = rows_of(data)
    wrong = [row.wrong(name, told) for rows_here in rows.values() for row in rows_here for name, told in _told(row.form)]
    wrong += _repeated(rows[UNITS], "code") + _repeated(rows[ACCOUNTS], "username")
    wrong += [told for title, form in CATALOGUES.items() for told in _repeated(rows[title], form.key)]
    if not rows[UNITS]:
        raise Refused(f"Bảng “{UNITS}” chưa có dòng nào.")
    wrong += _unknown_units(rows[PERIODS] + rows[ACCOUNTS], {row.form.cleaned_data.get("code") for row in rows[UNITS]})
    with transaction.atomic():
        units, more = _make_units(rows[UNITS])
        wrong += more
        made = Made(list(units.values()), [], [], [])
        if not wrong:
            made.catalogues.extend(filter(None, (row.form.keep() for title in CATALOGUES for row in rows[title])))
            made.periods.extend(_make_periods(rows[PERIODS], units))
            wrong += _make_accounts(rows[ACCOUNTS], units, made.accounts)
        if wrong or not keep:
            transaction.set_rollback(True)
    return made, sorted(set(wrong), key=lambda one: (list(SHEETS).index(one.sheet), int(one.cell[1:]), one.cell))


def _told(form):
    return [(name, " ".join(told)) for name, told in form.errors.items()]


def _repeated(rows, name):
    seen, wrong = {}, []
    for row in rows:
        value = text.fold(str(row.form.cleaned_data.get(name) or ""))
        if value and value in seen:
            wrong.append(row.wrong(name, f"“{row.form[name].value()}” đã ghi ở dòng {seen[value]}."))
        seen.setdefault(value, row.number)
    return wrong


def _make_units(rows):
    """({code: unit}, [Wrong]): from the top down, whatever the order of the rows."""
    units, first_days, wrong = {}, {}, []
    waiting = [row for row in rows if row.form.is_valid()]
    known = {row.form.cleaned_data["code"] for row in waiting}
    while waiting:
        ready = [row for row in waiting if not row.form.cleaned_data["above"] or row.form.cleaned_data["above"] in units]
        if not ready:
            break
        for row in ready:
            values = dict(row.form.cleaned_data)
            code, above = values.pop("code"), values.pop("above")
            if above and values["valid_from"] < first_days[above]:
                reason = f"Đơn vị cấp trên “{above}” bắt đầu từ {text.format_date(first_days[above])}: ngày này phải từ ngày đó trở đi."
                wrong.append(row.wrong("valid_from", reason))
            if code not in units:
                first_days[code] = values["valid_from"]
                units[code] = create_unit(code=code, parent=units.get(above), **values)
        waiting = [row for row in waiting if row not in ready]
    for row in waiting:
        above = row.form.cleaned_data["above"]
        reason = "Các đơn vị này là cấp trên của nhau thành vòng." if above in known else f"Không có đơn vị mã “{above}” trong bảng này."
        wrong.append(row.wrong("above", reason))
    return units, wrong


def _make_periods(rows, units):
    periods = []
    for row in rows:
        period = row.form.save(commit=False)
        period.regime, period.unit = row.form.cleaned_data["regime"], units[row.form.cleaned_data["unit"]]
        period.published_on = clock.today()
        period.save()
        periods.append(period)
    return periods


def _unknown_units(rows, known):
    return [
        row.wrong(name, f"Không có đơn vị mã “{row.form.cleaned_data[name]}” trong bảng “{UNITS}”.")
        for row in rows
        for name in ("unit", "sees")
        if row.form.cleaned_data.get(name) and row.form.cleaned_data[name] not in known
    ]


def _make_accounts(rows, units, made):
    wrong = []
    for row in rows:
        values = dict(row.form.cleaned_data)
        values["unit"], values["sees"] = units[values["unit"]], units.get(values["sees"])
        try:
            made.append(managing.create_account(by=None, starts_on=clock.today(), **values))
        except Refused as refusal:
            wrong.append(row.wrong(refusal.field or "username", refusal.message))
    if not wrong and not any(row.form.cleaned_data["role"] == ADMINISTRATOR for row in rows):
        wrong.append(Wrong(ACCOUNTS, "F1", f"Cần ít nhất một tài khoản vai trò “{ROLES[ADMINISTRATOR]}”."))
    return wrong
