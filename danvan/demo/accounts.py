"""The demo accounts. A name on the screen is a role: nobody real or invented stands behind it."""

import datetime
import os

from django.conf import settings

from danvan.access.roles import ADMINISTRATOR, APPRAISER, FRONT, HEAD, LEADER, OFFICER, REVIEWER
from danvan.accounts.models import Membership, User
from danvan.demo.content.registrations import WARDS
from danvan.demo.units import BOARD, ROOT

DEFAULT_PASSWORD = "DanVan@2019"  # noqa: S105 - printed by `make demo`; these accounts exist in demo mode only
SINCE = datetime.date(2018, 1, 1)

# username, display name, role, unit acted for, root of what is seen (None: the unit itself)
PRINTED = [
    ("phuong-a", "Cán bộ phường An Phú", OFFICER, "AP", None),
    ("phuong-b", "Cán bộ phường Bình Minh", OFFICER, "BM", None),
    ("truong-khoi-a", "Trưởng khối dân vận phường An Phú", HEAD, "AP", None),
    ("truong-a", "Cán bộ Trường Tiểu học An Phú", OFFICER, "TH-AP", None),
    ("phong-tnmt", "Cán bộ Phòng Tài nguyên và Môi trường", OFFICER, "P-TNMT", None),
    ("mat-tran", "Cán bộ Ủy ban MTTQ quận", FRONT, "MTTQ", None),
    ("chuyen-vien", "Chuyên viên Ban Dân vận", REVIEWER, BOARD, ROOT),
    ("lanh-dao", "Lãnh đạo Ban Dân vận", LEADER, BOARD, ROOT),
    ("hoi-dong-1", "Thành viên hội đồng số 1", APPRAISER, BOARD, None),
    ("hoi-dong-2", "Thành viên hội đồng số 2", APPRAISER, BOARD, None),
    ("quan-tri", "Quản trị hệ thống", ADMINISTRATOR, ROOT, None),
]
OFFICERS = {code: f"phuong-{letter}" for code, letter in zip(WARDS, "abcdefgh", strict=True)}
HEADS = {code: f"truong-khoi-{letter}" for code, letter in zip(WARDS, "abcdefgh", strict=True)}


def other_wards():
    """Officers and heads of the wards that no account of the list above covers."""
    printed = {username for username, *_ in PRINTED}
    for code, name in WARDS.items():
        for username, title, role in (
            (OFFICERS[code], "Cán bộ phường", OFFICER),
            (HEADS[code], "Trưởng khối dân vận phường", HEAD),
        ):
            if username not in printed:
                yield username, f"{title} {name}", role, code, None


def create_accounts(units):
    """{username: user}"""
    return {entry[0]: create_account(units, demo_password(), *entry) for entry in [*PRINTED, *other_wards()]}


def demo_password():
    return os.environ.get("DEMO_PASSWORD") or DEFAULT_PASSWORD


def renew_passwords(entries):
    """The printed password always works: a start with another DEMO_PASSWORD sets it for the demo's accounts.

    With DEMO_MFA it is a first password only, and whoever chose an own one since keeps it.
    """
    names = [entry[0] for entry in entries]
    own = {"password_changed_at": None} if settings.DEMO_MFA else {}
    accounts = list(User.objects.filter(username__in=names, **own))
    User.objects.filter(pk__in=[account.pk for account in accounts]).update(must_change_password=settings.DEMO_MFA)
    if all(account.check_password(demo_password()) for account in accounts[:1]):
        return
    for account in accounts:
        account.set_password(demo_password())
    User.objects.bulk_update(accounts, ["password"])


def create_account(units, password, username, name, role, unit, sees):
    powers = {"is_staff": True, "is_superuser": True} if role == ADMINISTRATOR else {}
    user = User.objects.create_user(username, password=password, display_name=name, must_change_password=settings.DEMO_MFA, **powers)
    Membership.objects.create(user=user, unit=units[unit], sees=units[sees or unit], role=role, starts_on=SINCE)
    return user


def officer_of(users, unit_code):
    """Who enters the records of a unit: its own account, or the office for units that have none."""
    own = {**OFFICERS, "TH-AP": "truong-a", "MTTQ": "mat-tran", "P-TNMT": "phong-tnmt"}
    return users[own.get(unit_code, "chuyen-vien")]
