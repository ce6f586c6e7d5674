"""Many accounts at once from a workbook, and every right as a workbook."""

import json

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from danvan.access.decorators import requires
from danvan.accounts import managing_review
from danvan.accounts.managing_pages import slips
from danvan.accounts.models import MANAGE
from danvan.accounts.step_up import step_up_required
from danvan.attachments.sheets import rows_of_upload
from danvan.audit.exports import send_table
from danvan.common import clock, text
from danvan.common.exceptions import Refused
from danvan.operations import account_books

UNREADABLE = "Không đọc lại được nội dung đã kiểm tra. Anh/chị gửi lại tệp."


@requires(MANAGE)
@step_up_required
def accounts_import(request):
    """First the file is looked through and shown; a second click makes the accounts. The rows are checked again then."""
    if request.method != "POST":
        return page(request)
    try:
        if "rows" in request.POST:
            typed = kept_rows(request.POST["rows"])
            made, lines = account_books.create_all(typed, request.user)
            return slips(request, made) if made else preview(request, typed, lines)
        if "tep" not in request.FILES:
            raise Refused("Anh/chị chưa chọn tệp.")
        typed = account_books.typed_rows(rows_of_upload(request.FILES["tep"], most=account_books.MOST + 1))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("operations:accounts_import")
    return preview(request, typed, account_books.check_all(typed, request.user))


def kept_rows(packed):
    """What the preview page carried along. Whoever changes it there only types other accounts: each row passes the same form."""
    try:
        found = json.loads(packed)
        rows = [{"row": int(row["row"]), **{name: str(row[name]) for name in account_books.BY_FIELD}} for row in found]
    except (ValueError, KeyError, TypeError):
        raise Refused(UNREADABLE) from None
    if not 0 < len(rows) <= account_books.MOST:
        raise Refused(UNREADABLE)
    return rows


def page(request, status=200, **context):
    return render(request, "accounts/manage_import.html", {"lines": [], "wrong": [], **context}, status=status)


def preview(request, typed, lines):
    wrong = [line for line in lines if line["wrong"]]
    errors = [
        {"text": f"Ô {cell['address']}: {cell['error']}", "id": f"o-{cell['address']}"}
        for line in wrong
        for cell in line["cells"]
        if cell["error"]
    ]
    heads = [column.heading for column in account_books.COLUMNS]
    context = {"lines": lines, "heads": heads, "wrong": errors, "rows": json.dumps(typed, ensure_ascii=False)}
    return page(request, status=422 if wrong else 200, **context)


@requires(MANAGE)
@require_safe
def accounts_template(request):
    return FileResponse(account_books.template(request.user), as_attachment=True, filename="mau-tai-khoan.xlsx")


@requires(MANAGE)
@step_up_required
def accounts_rights(request):
    headings, rows = managing_review.rights_table(request.user)
    title = f"Tài khoản và quyền, ngày {text.format_date(clock.today())}"
    columns = managing_review.COLUMNS
    return send_table(request, "xlsx", title=title, name="tai-khoan-va-quyen", headings=headings, rows=rows, columns=columns)
