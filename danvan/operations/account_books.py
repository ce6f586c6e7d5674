"""Accounts in workbooks: the form to fill in, reading it back with the reason for each wrong cell, and making all of it or nothing."""

import io
from typing import NamedTuple

import xlsxwriter
from django.db import transaction

from danvan.access.roles import ROLES
from danvan.accounts import managing
from danvan.accounts.managing_forms import NewAccountForm
from danvan.attachments.sheets import as_date, as_text
from danvan.common import text
from danvan.common.exceptions import Refused

MOST = 300  # accounts at a time: each password takes its time to hash
HEADING_ROW = 1


class Column(NamedTuple):
    letter: str
    field: str
    heading: str
    width: int
    example: str
    read: object = as_text


COLUMNS = [
    Column("A", "username", "Tên đăng nhập", 22, "phuong-x"),
    Column("B", "display_name", "Tên hiển thị", 34, "Cán bộ dân vận phường X"),
    Column("C", "courtesy", "Cách xưng hô", 14, ""),
    Column("D", "email", "Thư điện tử", 28, ""),
    Column("E", "unit", "Mã đơn vị", 14, "Lấy ở trang Danh mục"),
    Column("F", "role", "Vai trò", 34, "Chọn trong danh sách"),
    Column("G", "sees", "Mã phạm vi xem", 20, "Để trống: chính đơn vị và trực thuộc"),
    Column("H", "starts_on", "Từ ngày", 14, "Ngày/tháng/năm", as_date),
    Column("I", "ends_on", "Đến hết ngày", 14, "Để trống nếu không có hạn", as_date),
    Column("J", "acting", "Quyền, phụ trách", 18, "Ghi x nếu giao quyền, phụ trách"),
]
ACTING = {"": False, "khong": False, "0": False, "x": True, "co": True, "1": True}  # folded
BY_FIELD = {column.field: column for column in COLUMNS}


# --- the empty form ---------------------------------------------------------------------------


def template(admin):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#EEEDEA", "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet, lists = book.add_worksheet("Tài khoản"), book.add_worksheet("Danh mục")
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width, day if column.read is as_date else None)
        sheet.write_string(0, number, column.heading, head)
        sheet.write_comment(0, number, column.example or "Có thể để trống")
    sheet.freeze_panes(1, 0)
    sheet.data_validation(1, 5, MOST, 5, {"validate": "list", "source": f"='Danh mục'!$D$2:$D${len(ROLES) + 1}"})
    lists.set_column(0, 3, 30)
    lists.write_row(0, 0, ["Mã đơn vị", "Tên đơn vị", "", "Vai trò"], head)
    for row, (code, name) in enumerate(managing.units_for(admin).values_list("code", "name"), 1):
        lists.write_row(row, 0, [code, name])
    lists.write_column(1, 3, ROLES.values())
    book.close()
    buffer.seek(0)
    return buffer


# --- reading it back ----------------------------------------------------------------------------


def typed_rows(rows):
    """[{"row": number, field: text}] of the rows below the heading; raises Refused when the heading is not ours."""
    heading = dict(rows).get(HEADING_ROW, {})
    for column in COLUMNS:
        if text.fold(as_text(heading.get(column.letter, ""))) != text.fold(column.heading):
            raise Refused(f"Ô {column.letter}{HEADING_ROW} phải là “{column.heading}”. Hãy dùng tệp mẫu và giữ nguyên dòng đầu.")
    found = [
        {"row": number, **{c.field: c.read(cells[c.letter]) if c.letter in cells else "" for c in COLUMNS}}
        for number, cells in rows
        if number > HEADING_ROW
    ]
    if not found:
        raise Refused("Tệp chưa có dòng nào dưới dòng đầu.")
    return found


def form_of(typed, admin):
    """The very form of the screen, with units by their code and the role by its name."""
    role = next((code for code, label in ROLES.items() if text.fold(label) == text.fold(typed["role"])), typed["role"])
    acting = ACTING.get(text.fold(typed["acting"]).strip())
    form = NewAccountForm({**typed, "role": role, "acting": bool(acting)}, by=admin)
    for name in ("unit", "sees"):
        form.fields[name].to_field_name = "code"
        form.fields[name].error_messages["invalid_choice"] = "Không có mã đơn vị này trong phạm vi anh/chị quản trị."
    form.fields["role"].error_messages["invalid_choice"] = "Vai trò không có trong danh sách."
    if acting is None:
        form.add_error("acting", "Ghi x nếu giao quyền, phụ trách; để trống nếu không.")
    return form


def create_all(typed, admin):
    """(pairs of account and secret, lines for the preview). Either every row becomes an account or none does: then there are no pairs."""
    made, lines = [], []
    with transaction.atomic():
        for row in typed:
            account, errors = create_one(row, admin)
            lines.append(line_of(row, errors))
            made += [account] if account else []
        if len(made) < len(typed):
            transaction.set_rollback(True)
            made = []
    return made, lines


def check_all(typed, admin):
    """The lines of the preview. Nothing is made, and no password is hashed for it."""
    lines, names = [], set()
    for row in typed:
        form = form_of(row, admin)
        errors = {} if form.is_valid() else told(form)
        if not errors:
            try:
                managing.check_new(by=admin, **form.cleaned_data)
            except Refused as refusal:
                errors = {refusal.field or "username": refusal.message}
        if row["username"].lower() in names:
            errors.setdefault("username", "Tên đăng nhập lặp lại trong tệp.")
        names.add(row["username"].lower())
        lines.append(line_of(row, errors))
    return lines


def create_one(row, admin):
    form = form_of(row, admin)
    if not form.is_valid():
        return None, told(form)
    try:
        return managing.create_account(by=admin, **form.cleaned_data), {}
    except Refused as refusal:
        return None, {refusal.field or "username": refusal.message}


def told(form):
    return {name: " ".join(errors) for name, errors in form.errors.items()}


def line_of(row, errors):
    cells = [
        {"text": row[c.field], "label": c.heading, "error": errors.get(c.field, ""), "address": f"{c.letter}{row['row']}"} for c in COLUMNS
    ]
    return {"row": row["row"], "cells": cells, "wrong": bool(errors)}
