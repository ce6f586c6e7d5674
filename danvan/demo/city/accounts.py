"""The accounts of the city: a name on the screen is a role. Several memberships of one login stand in several lines."""

import datetime

from django.conf import settings

from danvan.access.roles import ADMINISTRATOR, APPRAISER, FRONT, HEAD, LEADER, OFFICER, REVIEWER
from danvan.accounts.models import Membership, User
from danvan.demo.accounts import demo_password
from danvan.demo.city.units import BOARD, ROOT
from danvan.demo.content.city_places import GROUPS, PLACES, REPORTED_TO, SCHOOLS

SINCE = datetime.date(2025, 7, 1)
NUMBERS = {code: number for number, code in enumerate(PLACES, start=1)}


def _of_ward(code):
    """Those of a ward whose board has the reports of its schools and residential groups sent to it."""
    number, (word, place) = NUMBERS[code], PLACES[code]
    ward = f"{word} {number}, {place}"
    return [
        (f"phuong-{number}", f"Cán bộ {ward}", OFFICER, code, None),
        (f"dang-uy-{number}", f"Thường trực Đảng ủy {ward}", HEAD, code, None),
        (f"xay-dung-dang-{number}", f"Ban Xây dựng Đảng {ward}", REVIEWER, f"{code}-XDD", code),
        (f"mat-tran-{number}", f"Ủy ban MTTQ Việt Nam {ward}", FRONT, f"{code}-MT", None),
        (f"mat-tran-{number}", f"Ủy ban MTTQ Việt Nam {ward}", REVIEWER, f"{code}-MT", code),
        (f"truong-{number}", f"Cán bộ {SCHOOLS[code][0]}", OFFICER, f"{code}-TH1", None),
        (f"hieu-truong-{number}", f"Hiệu trưởng {SCHOOLS[code][0]}", HEAD, f"{code}-TH1", None),
        (f"to-dan-pho-{number}", f"Tổ trưởng tổ dân phố 1, {ward}", OFFICER, f"{code}-T1", None),
        (f"to-dan-pho-{number}", f"Tổ trưởng tổ dân phố 1, {ward}", HEAD, f"{code}-T1", None),
    ]


# username, display name, role, unit acted for, root of what is seen (None: the unit itself)
PRINTED = [
    ("chuyen-vien", "Chuyên viên Ban Tuyên giáo và Dân vận", REVIEWER, BOARD, ROOT),
    ("lanh-dao", "Lãnh đạo Ban Tuyên giáo và Dân vận", LEADER, BOARD, ROOT),
    ("mat-tran", "Cán bộ Ủy ban MTTQ Việt Nam thành phố", FRONT, "MTTQ", None),
    ("so-nnmt", "Cán bộ Sở Nông nghiệp và Môi trường", OFFICER, "S-NNMT", None),
    *(line for code in REPORTED_TO for line in _of_ward(code)),
    ("hoi-dong-1", "Thành viên hội đồng số 1", APPRAISER, BOARD, None),
    ("quan-tri", "Quản trị hệ thống", ADMINISTRATOR, ROOT, None),
]


def others():
    """The other wards and communes, and the schools and groups that report within the two."""
    for code, (word, place) in PLACES.items():
        number, ward = NUMBERS[code], f"{word} {NUMBERS[code]}, {place}"
        if code not in REPORTED_TO:
            yield f"phuong-{number}", f"Cán bộ {ward}", OFFICER, code, None
            yield f"dang-uy-{number}", f"Thường trực Đảng ủy {ward}", HEAD, code, None
            continue
        for role in (OFFICER, HEAD):
            yield f"truong-{number}-2", f"Cán bộ {SCHOOLS[code][1]}", role, f"{code}-TH2", None
            for group in range(2, GROUPS[code] + 1):
                yield f"to-dan-pho-{number}-{group}", f"Tổ trưởng tổ dân phố {group}, {ward}", role, f"{code}-T{group}", None


def create_accounts(units):
    """{username: user}"""
    users, password = {}, demo_password()
    for username, name, role, unit, sees in [*PRINTED, *others()]:
        if username not in users:
            powers = {"is_staff": True, "is_superuser": True} if role == ADMINISTRATOR else {}
            wanted = {"display_name": name, "must_change_password": settings.DEMO_MFA, **powers}
            users[username] = User.objects.create_user(username, password=password, **wanted)
        Membership.objects.create(user=users[username], unit=units[unit], sees=units[sees or unit], role=role, starts_on=SINCE)
    return users


def officer_of(users, code):
    """Who enters the records of a unit: its own account, else the city's office."""
    ward, _, part = code.partition("-")
    if ward not in NUMBERS:
        return users[{"MTTQ": "mat-tran", "S-NNMT": "so-nnmt"}.get(code, "chuyen-vien")]
    number = NUMBERS[ward]
    own = {"": f"phuong-{number}", "XDD": f"xay-dung-dang-{number}", "MT": f"mat-tran-{number}", "TH1": f"truong-{number}"}
    return users.get(own.get(part) or account_below(number, part), users["chuyen-vien"])


def head_of(users, code):
    ward, _, part = code.partition("-")
    number = NUMBERS[ward]
    return users[{"": f"dang-uy-{number}", "TH1": f"hieu-truong-{number}"}.get(part) or account_below(number, part)]


def account_below(number, part):
    """Of a second school or a residential group: one person enters and confirms."""
    if part.startswith("TH"):
        return f"truong-{number}-{part[2:]}"
    return f"to-dan-pho-{number}" if part == "T1" else f"to-dan-pho-{number}-{part[1:]}"
