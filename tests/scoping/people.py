"""Who walks: every role, and for each what is own, what was published down to it, and whose rows are foreign."""

import os

from danvan.access.roles import ADMINISTRATOR, APPRAISER, FRONT, HEAD, LEADER, OFFICER, REVIEWER
from danvan.accounts.models import User
from tests.scoping.walking import Walk

FULL = os.environ.get("DANVAN_MATRIX") == "full"  # `make matrix`: every row, method, filter and figure
IN_DISTRICT = ("a", "b", "school", "front", "front_and_a", "office", "district", "district_published")
IN_OTHER = ("other_ward", "other_office", "other_district", "other_district_published")
# name -> (party, role, own, readable, foreign parties asked for first: the sibling whose path begins alike, the unit above, another office)
PEOPLE = {
    "phuong-a": ("a", OFFICER, ("a", "school", "front_and_a", "draft_a"), ("district_published",), ("b", "other_ward")),
    "người đứng đầu phường A": ("a", HEAD, ("a", "school", "front_and_a"), ("district_published",), ("b", "other_ward")),
    "trường": ("school", OFFICER, ("school",), ("district_published",), ("a", "other_ward")),
    "mặt trận": ("front", FRONT, ("front", "front_and_a"), ("district_published",), ("a", "other_ward")),
    "chuyên viên": ("office", REVIEWER, IN_DISTRICT, (), ("other_ward", "other_district")),
    "lãnh đạo": ("office", LEADER, IN_DISTRICT, (), ("other_ward", "other_district")),
    "hội đồng": ("office", APPRAISER, IN_DISTRICT, (), ("other_ward",)),
    "quản trị": ("office", ADMINISTRATOR, IN_DISTRICT, (), ("other_ward",)),
    "quản trị phường A": ("a", ADMINISTRATOR, ("a", "school", "front_and_a"), ("district_published",), ("b", "other_ward")),
    "chuyên viên quận khác": ("other_office", REVIEWER, IN_OTHER, (), ("b", "district")),
}


def walker(world, name, **options):
    key, role, own, readable, sharpest = PEOPLE[name]
    user = User.objects.get(pk=world.parties[key].people[role].pk)  # a fresh object: memberships are remembered on it
    return Walk(world, user, own, readable, sharpest, **{"full": FULL, **options})


def settle(walk, title):
    counts = f"{len(walk.addresses)} addresses, {walk.requests} requests, {len(walk.leaks)} leaks, {walk.foreign_writes} foreign writes"
    print(f"counted: {title}: {counts}, {len(walk.problems)} problems")
    assert walk.problems == [], f"{len(walk.problems)} problems, the first 40:\n" + "\n".join(walk.problems[:40])
    assert walk.requests and walk.addresses
