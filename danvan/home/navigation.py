"""The frame of every page: who is logged in, where to go. While a code is due it shows nobody."""

from django.core.cache import cache
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from danvan.access.permissions import has_right, roles_of
from danvan.access.roles import ADMINISTRATOR, LEADER
from danvan.access.scoping import ancestor_ids
from danvan.common import clock
from danvan.registers.registry import all_registers
from danvan.units.models import Unit
from danvan.units.selectors import tops_on

RECORDS, REPORTS, ADMINISTRATION = "Hồ sơ nghiệp vụ", "Báo cáo", "Quản trị"


def page_frame(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "due_page", None):
        return {"office": office(user)}
    groups = groups_of(request, user)
    return {
        "office": office(user),
        "me": {"name": str(user), "unit": place_of(user), "initials": user.initials},
        "nav": {"groups": groups, "tabs": tabs_of(groups)},
        "search_url": reverse("search:search") if has_right(user, "search.use") else "",
    }


def office(user):
    return {
        "name": "Cổng Dân vận",
        "place": SimpleLazyObject(lambda: name_of_top(user)),  # redirects and files do not ask for it
        "footer": "Không nhập thông tin thuộc bí mật nhà nước.",
    }


def name_of_top(user):
    """The unit at the top of the own tree; for a stranger the only one there is; "" where there are several."""
    memberships = user.active_memberships() if user and user.is_authenticated else []
    if not memberships:
        names = [top.unit.name for top in tops_on(clock.today())]
        return names[0] if len(names) == 1 else ""
    tops = {ancestor_ids(membership.unit.scope_path)[0] for membership in memberships}
    loaded = {unit.pk: unit.name for membership in memberships for unit in (membership.unit, membership.sees)}
    return loaded.get(pk := tops.pop()) or kept_name(pk) if len(tops) == 1 else ""


def kept_name(pk):
    """Every page of everybody shows it, and it changes by a decision only: read once a minute."""
    return cache.get_or_set(f"top-{pk}", lambda: str(Unit.objects.filter(pk=pk).first() or ""), 60)


def place_of(user):
    memberships = user.active_memberships()
    return memberships[-1].unit.name if memberships else ""  # the newest: of those carried over the one that lives


def groups_of(request, user):
    """Navigation by role: (label, address, icon, right) kept when the user holds the right; the longest address that fits is current."""
    periods = "Duyệt báo cáo kỳ" if has_right(user, "submission.review") else "Báo cáo kỳ"
    table = {
        "": places_of(user),
        RECORDS: [],
        REPORTS: [
            (periods, reverse("submissions:index"), "send", "submission.view"),
            *([] if has_right(user, "submission.view") else [("Mở kỳ báo cáo", reverse("submissions:open"), "calendar", "period.open")]),
            ("Báo cáo tổng hợp", reverse("reporting:index"), "file-text", "report.view"),
        ],
    }
    for register in all_registers():
        if register.menu:
            table.setdefault(register.menu, []).append((register.label, register.url("list"), register.icon, register.rights.view))
    table[REPORTS] = table.pop(REPORTS)  # reports close the menu of content, whatever groups the apps add
    table[ADMINISTRATION] = [
        ("Đơn vị", reverse("organization:tree"), "building-2", "unit.edit"),
        *table.pop(ADMINISTRATION, []),
        ("Tài khoản", reverse("accounts:manage_index"), "users", "account.manage"),
        ("Rà soát quyền", reverse("accounts:manage_review"), "shield-check", "account.manage"),
        ("Nhật ký hệ thống", reverse("audit:log"), "scroll-text", "audit.view"),
    ]
    held = {label: [entry for entry in entries if has_right(user, entry[3])] for label, entries in table.items()}
    path = reverse("home:tasks") if request.path == reverse("home:home") else request.path  # two addresses of one page
    current = max((url for entries in held.values() for _, url, _, _ in entries if path.startswith(url)), key=len, default="")
    return [{"label": label, "items": [_item(*entry[:3], current) for entry in entries]} for label, entries in held.items() if entries]


def places_of(user):
    """Whoever begins elsewhere than at the to-do list finds it second; for everybody else it is the other way round."""
    elsewhere = start_of(user)
    tasks = ("Việc cần làm", reverse("home:tasks" if elsewhere else "home:home"), "list-checks", "home.view")
    board = ("Bảng điều hành", reverse("dashboard:dashboard"), "layout-dashboard", "dashboard.view")
    return [board, tasks] if elsewhere else [tasks, board]


def start_of(user):
    """The page where a leader and a mere administrator begin instead of the to-do list, or ""."""
    roles = roles_of(user)
    if LEADER in roles:
        return reverse("dashboard:dashboard")
    return reverse("accounts:manage_index") if roles == {ADMINISTRATOR} else ""


def _item(label, url, icon, current):
    return {"label": label, "url": url, "icon": icon, "count": None, "hot": False, "current": url == current}


def tabs_of(groups):
    """The three places of the phone's bottom bar: home, the second place or else the first record list, the reports."""
    items = [item for group in groups for item in group["items"]]
    places = [*items[:2], groups[-1]["items"][0]] if len(groups) > 1 else items[:3]
    return list({place["url"]: place for place in places}.values())
