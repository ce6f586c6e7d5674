"""The review of accounts and rights: what to look at, when it was last done, and every right as one row."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from danvan.access.roles import ADMINISTRATOR, RIGHTS, ROLES
from danvan.accounts.managing_lists import IN_USE, in_use, states, with_memberships, with_state
from danvan.accounts.models import MANAGE, AccountReview, Membership, User
from danvan.common import clock
from danvan.units.models import Unit

REVIEW_DAYS = 183  # every six months
SOON_DAYS = 30


def branches_of(admin):
    return Unit.objects.filter(pk__in=[m.sees_id for m in admin.active_memberships() if m.role in RIGHTS[MANAGE]])


def reviews_of(admin):
    return AccountReview.objects.filter(branch__in=branches_of(admin)).select_related("branch", "reviewed_by")


def standing_of(admin):
    """The last review of the branch that waits longest, and when its next is due; one that never was is due at once.

    A branch within another one of the administrator's is looked through with it. `of` names the branch where there are several.
    """
    own = {m.sees.scope_path: m.sees for m in admin.active_memberships() if m.role in RIGHTS[MANAGE]}
    branches = [unit for path, unit in own.items() if not any(path != above and path.startswith(above) for above in own)]
    newest = {review.branch_id: review for review in list(reviews_of(admin))[::-1]}
    branch = min(branches, key=lambda unit: newest[unit.pk].reviewed_on if unit.pk in newest else datetime.date.min)
    last = newest.get(branch.pk)
    due_on = last.reviewed_on + datetime.timedelta(days=REVIEW_DAYS) if last else clock.today()
    return {"last": last, "due_on": due_on, "is_due": due_on <= clock.today(), "of": f" của {branch}" if len(branches) > 1 else ""}


def overview(admin):
    accounts = User.objects.visible_to(admin)
    held = dict(in_use(admin).values_list("role").annotate(people=Count("user", distinct=True)).order_by())
    return {
        "in_use": IN_USE,
        "review": standing_of(admin),
        "reviews": reviews_of(admin)[:10],
        "active": accounts.filter(is_active=True).count(),
        "locked": accounts.filter(is_active=False).count(),
        "roles": [{"code": code, "label": label, "people": held.get(code, 0)} for code, label in ROLES.items()],
        "findings": [finding for finding in findings(admin) if finding["accounts"]],
    }


def findings(admin):
    """[(title, why it matters, accounts)]: what a reviewer has to decide about."""
    today, now = clock.today(), timezone.now()
    soon, quiet = today + datetime.timedelta(days=SOON_DAYS), now - datetime.timedelta(days=SOON_DAYS)
    in_force = Membership.objects.visible_to(admin).in_force(today)
    several = in_force.values("user").annotate(roles=Count("role", distinct=True)).filter(roles__gt=1).values("user")
    active = User.objects.visible_to(admin).filter(is_active=True)
    unused = Q(last_login=None, date_joined__lt=quiet) | Q(last_login__lt=quiet)
    table = [
        ("Lâu không đăng nhập", f"Quá {SOON_DAYS} ngày. Đủ {settings.ACCOUNT_IDLE_DAYS} ngày thì bị khóa tự động.", active.filter(unused)),
        ("Không có phân công còn hiệu lực", "Người đã thôi việc thì khóa; người còn làm thì phân công.",
         active.exclude(pk__in=Membership.objects.in_force(today).values("user"))),
        ("Giữ nhiều vai trò", "Người nhập không nên là người xác nhận, người duyệt.", active.filter(pk__in=several)),
        ("Phân công sắp hết hạn", f"Trong {SOON_DAYS} ngày tới.",
         active.filter(pk__in=in_force.filter(ends_on__lte=soon).values("user"))),
        ("Chưa bật xác thực hai bước", "Vai trò này bắt buộc có mã khi đăng nhập.",
         active.filter(second_factor_at=None, pk__in=in_force.filter(role__in=settings.MFA_ROLES).values("user"))),
        ("Tài khoản kỹ thuật", "Có toàn quyền ở trang kỹ thuật; chỉ giữ số ít nhất.", active.filter(is_superuser=True)),
    ]  # fmt: skip
    return [
        {"title": title, "why": why, "accounts": list(with_memberships(rows.order_by("sort_key", "pk"), admin))}
        for title, why, rows in table
    ]


@transaction.atomic
def record_review(*, by, conclusion):
    """One row for each branch that the reviewer administers, with what there was to look at."""
    for branch in branches_of(by):
        held = Membership.objects.standing(clock.today()).filter(unit__scope_path__startswith=branch.scope_path)
        AccountReview.objects.create(
            branch=branch,
            reviewed_on=clock.today(),
            reviewed_by=by,
            accounts=held.values("user").distinct().count(),
            memberships=held.count(),
            conclusion=conclusion,
        )


HEADINGS = (
    "Loại tài khoản", "Tên đăng nhập", "Tên hiển thị", "Trạng thái", "Đơn vị", "Vai trò", "Xem được hồ sơ của", "Từ ngày", "Đến ngày",
    "Hiệu lực", "Đăng nhập gần nhất", "Xác thực hai bước",
)  # fmt: skip
COLUMNS = (
    *((User, name) for name in ("username", "display_name", "is_active", "is_staff", "is_superuser", "last_login", "second_factor_at")),
    *((Membership, name) for name in ("unit", "role", "sees", "starts_on", "ends_on", "acting")),
)  # fmt: skip


def rights_table(admin):
    """(headings, rows): every membership in the branch, past ones included, the accounts in the order of their names."""
    accounts = with_memberships(with_state(User.objects.visible_to(admin)).order_by("sort_key", "pk"), admin, over_too=True)
    words = {slug: state.label for slug, state in states().items()}
    return HEADINGS, [cells for account in accounts for cells in rows_of(account, words[account.state])]


def rows_of(account, state):
    login = timezone.localtime(account.last_login).replace(tzinfo=None) if account.last_login else None
    head = (kind_of(account), account.username, account.display_name, state)
    tail = (login, "Đã bật" if account.second_factor_at else "Chưa bật")
    for row in account.shown:
        yield (*head, row.unit.name, row.role_words, row.sees.name, row.starts_on, row.ends_on, row.force, *tail)


def kind_of(account):
    """The classes of accounts that a review tells apart."""
    if account.is_superuser or account.is_staff:
        return "Kỹ thuật"
    return "Quản trị" if any(row.role == ADMINISTRATOR and row.force != "Đã hết" for row in account.shown) else "Nghiệp vụ"
