"""The frame of every page: who is logged in, where to go, and in the demo the banner."""

from django.conf import settings
from django.urls import reverse

from danvan.access.permissions import has_right, roles_of
from danvan.access.roles import LEADER
from danvan.common import clock
from danvan.registers.registry import all_registers

RECORDS, REPORTS = "Hồ sơ nghiệp vụ", "Báo cáo"
DEMO_TEXT = "Dữ liệu trình diễn. “Quận Thanh Bình” không có thật; các con số lấy từ báo cáo đã công bố của hai quận."


def page_frame(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"office": office(), "demo": demo()}
    groups = groups_of(request, user)
    return {
        "office": office(),
        "me": {"name": str(user), "unit": place_of(user), "initials": user.initials},
        "nav": {"groups": groups, "tabs": tabs_of(groups)},
        "search_url": reverse("search:search"),
        "demo": demo(),
    }


def office():
    return {
        "name": "Cổng Dân vận",
        "place": "Quận Thanh Bình" if settings.DEMO else "",
        "footer": "Không nhập thông tin thuộc bí mật nhà nước.",
    }


def demo():
    return {"today": clock.today(), "text": DEMO_TEXT} if settings.DEMO else None


def place_of(user):
    memberships = user.active_memberships()
    return memberships[0].unit.name if memberships else ""


def groups_of(request, user):
    """Navigation by role: (label, address, icon, right) kept when the user holds the right; the longest address that fits is current."""
    periods = "Duyệt báo cáo kỳ" if has_right(user, "submission.review") else "Báo cáo kỳ"
    table = {
        "": places_of(user),
        RECORDS: [],
        REPORTS: [
            (periods, reverse("submissions:index"), "send", "submission.view"),
            ("Báo cáo tổng hợp", reverse("reporting:index"), "file-text", "report.view"),
        ],
    }
    for register in all_registers():
        if register.menu:
            table.setdefault(register.menu, []).append((register.label, register.url("list"), register.icon, register.rights.view))
    table[REPORTS] = table.pop(REPORTS)  # reports close the menu, whatever groups the apps add
    held = {label: [entry for entry in entries if has_right(user, entry[3])] for label, entries in table.items()}
    path = reverse("home:tasks") if request.path == reverse("home:home") else request.path  # two addresses of one page
    current = max((url for entries in held.values() for _, url, _, _ in entries if path.startswith(url)), key=len, default="")
    return [{"label": label, "items": [_item(*entry[:3], current) for entry in entries]} for label, entries in held.items() if entries]


def places_of(user):
    """The leader's home is the dashboard and the to-do list comes second; for everybody else it is the other way round."""
    leads = LEADER in roles_of(user)
    tasks = ("Việc cần làm", reverse("home:tasks"), "list-checks", "home.view")
    board = ("Bảng điều hành", reverse("dashboard:dashboard"), "layout-dashboard", "dashboard.view")
    return [board, tasks] if leads else [tasks, board]


def _item(label, url, icon, current):
    return {"label": label, "url": url, "icon": icon, "count": None, "hot": False, "current": url == current}


def tabs_of(groups):
    """The three places of the phone's bottom bar: home, the second place or else the first record list, the reports."""
    items = [item for group in groups for item in group["items"]]
    return [*items[:2], groups[-1]["items"][0]] if len(groups) > 1 else items[:3]
