"""A record stands on a day on which its unit existed: when it is written, and when its day is put right."""

import pytest

from danvan.units import services
from danvan.units.models import Unit
from danvan.units.plan import plan_of
from models_awards.models import Registration
from tests.danvan.common.cast import browser, registered, registration_data
from tests.factories.decisions import merge, new_decision

pytestmark = pytest.mark.embedded
WORDS = "Phường An Phú không còn hoạt động từ ngày 01/07/2019. Hồ sơ từ ngày đó ghi cho Phường Bình Minh."


@pytest.fixture
def old(cast, campaign):
    """A registration of March; in July its ward went into the other one."""
    row = registered(cast.a, campaign, words="Cổng rào xanh")
    decision = new_decision(cast.district, merge(cast.a, into=cast.b))
    services.write(plan_of(decision, set(Unit.objects.values_list("pk", flat=True))), decision)
    return row


def save(cast, campaign, row, **changes):
    data = registration_data(campaign, cast.a, _version=row.version, _reason="Sửa theo hồ sơ giấy", field=row.field_id, **changes)
    return browser(cast.officer).post(f"/dan-van-kheo/dang-ky/{row.pk}/sua/", data)


def test_an_old_record_is_put_right_within_the_days_of_its_unit(cast, campaign, old):
    answer = save(cast, campaign, old, registered_on="30/6/2019", name="Cổng rào xanh Tổ 7")
    assert answer.status_code == 302
    row = Registration.objects.get(pk=old.pk)
    assert (f"{row.registered_on}", row.name) == ("2019-06-30", "Cổng rào xanh Tổ 7")


def test_an_old_record_is_not_moved_to_a_day_after_the_end_of_its_unit(cast, campaign, old):
    answer = save(cast, campaign, old, registered_on="1/7/2019")
    assert answer.status_code == 422 and WORDS in answer.content.decode()
    assert Registration.objects.get(pk=old.pk).registered_on == old.registered_on


def test_what_stands_on_such_a_day_already_can_still_be_corrected(cast, campaign, old):
    Registration.objects.filter(pk=old.pk).update(registered_on="2019-08-01")
    answer = save(cast, campaign, old, registered_on="1/8/2019", name="Cổng rào xanh Tổ 9")
    assert answer.status_code == 302 and Registration.objects.get(pk=old.pk).name == "Cổng rào xanh Tổ 9"


def test_a_new_record_of_such_a_day_is_refused(cast, campaign, old):
    answer = browser(cast.officer).post("/dan-van-kheo/dang-ky/them/", registration_data(campaign, cast.a, registered_on="1/8/2019"))
    assert answer.status_code == 422 and WORDS in answer.content.decode()
