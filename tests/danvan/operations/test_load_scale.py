"""The data for measuring: the same arguments give the same office, and one that keeps the rules."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from danvan.figures.models import FigureValue
from danvan.submissions.models import Round, Submission
from danvan.units.models import Unit
from models_awards.models import Registration

pytestmark = [pytest.mark.embedded, pytest.mark.django_db]
SMALL = {"units": 4, "years": 3, "registrations": 60, "verbosity": 0}


@pytest.fixture(autouse=True)
def today(settings):
    settings.TODAY = datetime.date(2026, 12, 15)


def contents(seed):
    with transaction.atomic():
        call_command("load_scale", seed=seed, **SMALL)
        found = (
            list(Registration.objects.order_by("pk").values_list("name", "unit__code", "registered_on", "status", "households")),
            list(FigureValue.objects.order_by("pk").values_list("unit__code", "period", "code", "value")),
            list(Round.objects.order_by("pk").values_list("code", "values")),
        )
        transaction.set_rollback(True)
    return found


def test_the_same_seed_gives_the_same_rows(capsys):
    first, again, other = contents(1), contents(1), contents(2)
    assert first == again
    assert first[0] != other[0]
    assert [len(rows) for rows in first[::2]] == [60, 4 + 4 + 2]


def test_the_office_keeps_the_invariants(capsys):
    call_command("load_scale", seed=1, **SMALL)
    assert Unit.objects.count() == 2 + 4
    assert Submission.objects.filter(status="da_duyet").count() == 8
    call_command("check_data")
    assert "KHÔNG ĐẠT" not in capsys.readouterr().out


def test_it_never_mixes_with_an_office(settings):
    call_command("load_scale", seed=1, **SMALL)
    with pytest.raises(CommandError, match="đã có đơn vị"):
        call_command("load_scale", seed=1, **SMALL)
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="DANVAN_PRODUCTION"):
        call_command("load_scale", seed=1, **SMALL)


def test_a_size_out_of_range_is_refused():
    with pytest.raises(CommandError, match="--units: ghi một số từ 1 đến 9999"):
        call_command("load_scale", seed=1, **{**SMALL, "units": 0})
