"""Jobs ordered by one person, in the scope of that person."""

import pytest

from danvan.reporting.snapshot import Context
from danvan.submissions.models import Submission
from danvan.units.selectors import places_on
from tests.scoping.jobs import KINDS, known_kinds, walk_jobs
from tests.scoping.people import settle, walker

pytestmark = pytest.mark.django_db
WRITERS = ["phuong-a", "trường", "chuyên viên", "chuyên viên quận khác"]


def test_every_kind_of_job_is_walked():
    assert known_kinds() == KINDS, "tests/scoping/jobs.py orders one job of each kind"


@pytest.mark.parametrize("name", WRITERS)
def test_what_a_worker_makes_holds_own_rows_only(world, monkeypatch, name):
    walk = walker(world, name)
    walk_jobs(walk, monkeypatch)
    settle(walk, f"jobs, {name}")
    assert walk.seen


def test_a_job_that_reads_without_scope_is_found(world, monkeypatch):
    monkeypatch.setattr(Context, "places", property(lambda self: places_on(self.span[1])))
    walk = walker(world, "phuong-a")
    walk_jobs(walk, monkeypatch)
    assert any(problem for problem in walk.leaks if "other_ward" in problem), walk.problems
    print(f"counted: seeded hole, a job: {len(walk.leaks)} leaks found")


def test_a_job_of_somebody_who_sees_the_report_no_longer_fails_and_says_why(world, monkeypatch):
    walk = walker(world, "phuong-a")
    walk.user.memberships.update(ends_on="2019-12-31")
    walk_jobs(walk, monkeypatch)
    assert walk.problems and all("không còn được xem báo cáo này" in problem for problem in walk.problems)
    assert Submission.objects.exists()
