"""The whole demo office, in the order in which it came to be."""

from danvan.demo.accounts import create_accounts
from danvan.demo.calendar import on
from danvan.demo.records import create_registrations
from danvan.demo.units import FOUNDED_ON, create_units


def build_district(*, say):
    """`say` tells each finished part in a Vietnamese line."""
    with on(FOUNDED_ON):
        units = create_units()
    users = create_accounts(units)
    say(f"{len(units)} đơn vị, {len(users)} tài khoản")
    registrations = create_registrations(units, users)
    say(", ".join(f"{len(rows)} đăng ký Dân vận khéo năm {year}" for year, rows in registrations.items()))
