"""What the administrator's pages read: accounts with their state, memberships over time, history."""

from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import Case, CharField, Exists, F, OuterRef, Prefetch, Q, Value, When
from django.utils import timezone

from danvan.accounts.models import MANAGE, Handover, Membership, User
from danvan.common import clock, text
from danvan.units.models import Unit

PAGE, HISTORY_PAGE = 25, 20


class State(NamedTuple):
    label: str
    tone: str
    icon: str
    where: Q | Exists | None = None


def states():
    """{slug: State}; the first whose condition holds is the account's. Days of memberships are business days, the rest is real time."""
    in_force = Exists(Membership.objects.in_force(clock.today()).filter(user=OuterRef("pk")))
    return {
        "da_khoa": State("Đã khóa", "late", "lock", Q(is_active=False)),
        "het_phan_cong": State("Không có phân công", "back", "hourglass", ~in_force),
        "qua_han_cap": State(
            "Mật khẩu cấp đã hết hạn", "back", "key-round", Q(must_change_password=True, secret_expires_at__lt=timezone.now())
        ),
        "chua_vao": State("Chưa đăng nhập", "wait", "clock", Q(last_login=None)),
        "dang_dung": State("Đang dùng", "done", "circle-check"),
    }


def with_state(accounts):
    cases = [When(state.where, then=Value(slug)) for slug, state in states().items() if state.where is not None]
    return accounts.annotate(state=Case(*cases, default=Value("dang_dung"), output_field=CharField()))


# column -> (heading, order)
SORTS = {
    "ten": ("Tài khoản", "sort_key"),
    "dang-nhap": ("Đăng nhập gần nhất", "last_login"),
    "trang-thai": ("Trạng thái", "state"),
}


IN_USE, IN_USE_LABEL = "dang_giu", "Đang mở, còn phân công"  # no state of an account: what a role's number counts


def in_use(admin):
    """Memberships of the branch that give somebody a right today."""
    return Membership.objects.visible_to(admin).in_force(clock.today()).filter(user__is_active=True)


def listed(admin, filters, sort):
    """The accounts that the filters leave, in the order asked for. Only memberships of the administrator's branch count and are shown."""
    rows = with_state(User.objects.visible_to(admin))
    state = filters.get("trang_thai")
    standing = in_use(admin) if state == IN_USE else Membership.objects.visible_to(admin).standing(clock.today())
    if unit := filters.get("don_vi"):
        standing = standing.filter(unit__scope_path__startswith=unit.scope_path)
    if role := filters.get("vai_tro"):
        standing = standing.filter(role=role)
    if unit or role or state == IN_USE:
        rows = rows.filter(pk__in=standing.values("user"))
    if state and state != IN_USE:
        rows = rows.filter(state=state)
    for word in text.fold(filters.get("q", "")).split():
        rows = rows.filter(search_text__contains=word)
    return with_memberships(rows.order_by(*order(sort)), admin)


def order(sort):
    name = sort.removeprefix("-")
    column = F(SORTS[name][1]) if name in SORTS else F("sort_key")
    return [column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_first=True), "pk"]


def with_memberships(accounts, admin, over_too=False):
    """`shown` holds the memberships in the administrator's branch, those that are over only when asked for."""
    rows = Membership.objects.visible_to(admin).select_related("unit", "sees")
    rows = rows if over_too else rows.standing(clock.today())
    return accounts.prefetch_related(Prefetch("memberships", rows, to_attr="shown"))


def page_of(rows, number, size=PAGE):
    page = Paginator(rows, size).get_page(number)
    return {
        "rows": page.object_list,
        "number": page.number,
        "last": page.paginator.num_pages,
        "pages": list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        "count": page.paginator.count,
        "first_row": page.start_index(),
        "last_row": page.end_index(),
        "has_prev": page.has_previous(),
        "has_next": page.has_next(),
    }


def heads(sort):
    """{column: heading} of those that can be sorted: what a click asks for, and how it stands now."""
    return {
        name: {
            "label": label,
            "sort": f"-{name}" if sort == name else name,
            "order": "ascending" if sort == name else "descending" if sort == f"-{name}" else "",
        }
        for name, (label, _) in SORTS.items()
    }


def memberships_over_time(admin, account):
    """Those in the branch, the newest first; what another branch gave is not this administrator's to read."""
    return account.memberships.visible_to(admin).select_related("unit", "sees").order_by("-starts_on", "-pk")


def history_of(admin, account, number=1):
    """A page of the acts in the shape of components/history.html; one about a unit only for who administers that unit."""
    rows = account.acts.filter(Q(unit=None) | Q(unit__in=Unit.objects.visible_to(admin, MANAGE))).select_related("by")
    page = page_of(rows, number, HISTORY_PAGE)
    entries = [
        {"at": act.at, "who": str(act.by or "Hệ thống"), "text": act.get_kind_display(), "changes": act.changes, "reason": act.reason}
        for act in page["rows"]
    ]
    return page, entries


def handovers_for(admin):
    """Minutes name every unit that the leaver acted for, so only who sees them all may read them."""
    beyond = Membership.objects.exclude(pk__in=Membership.objects.visible_to(admin).values("pk"))
    rows = Handover.objects.filter(leaver__in=User.objects.visible_to(admin)).exclude(leaver__in=beyond.values("user"))
    return rows.select_related("leaver", "successor", "made_by")


def handovers_of(account, admin):
    return handovers_for(admin).filter(Q(leaver=account) | Q(successor=account))
