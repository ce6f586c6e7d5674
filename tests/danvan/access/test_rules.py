"""Who sees what and may do what: rules of views, rights of roles, memberships in time."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.urls import path

from danvan.access.apps import every_view_has_a_rule
from danvan.access.decorators import public, requires, signed_in
from danvan.access.permissions import acts_for, belongs_to, has_right, own_unit_ids, sees_as
from danvan.access.roles import ADMINISTRATOR, APPRAISER, FRONT, HEAD, LEADER, OFFICER, REVIEWER, RIGHTS, ROLES
from danvan.access.scoping import ancestor_ids, scope_columns
from danvan.accounts.models import User
from danvan.catalogues.models import Holiday
from danvan.common.exceptions import Refused
from danvan.units.models import Unit
from models_awards.models import Campaign, Registration
from models_awards.registers import registrations
from tests.danvan.common.cast import TODAY, browser, join, new_unit, new_user
from tests.factories import awards

DAY = datetime.timedelta(days=1)


# --- every view has a rule ------------------------------------------------------------------


def bare(request):
    return HttpResponse("mở toang")


def test_every_view_of_the_portal_declares_its_rule():
    assert every_view_has_a_rule(None) == []


def test_a_view_without_a_rule_stops_the_start(settings):
    from danvan import urls

    seeded = type("urls", (), {"urlpatterns": [*urls.urlpatterns, path("lo/", bare), path("mo/", public(lambda request: None))]})
    settings.ROOT_URLCONF = seeded
    [error] = every_view_has_a_rule(None)
    assert error.id == "access.E001"
    assert error.msg.startswith("lo/:") and error.msg.endswith("test_rules.bare declares no access rule")


def test_an_unknown_right_fails_where_it_is_written():
    with pytest.raises(ImproperlyConfigured, match=r"unknown right 'registration\.fly'"):
        requires("registration.fly")


def test_the_rules_of_the_three_decorators(rf, cast):
    assert (public(lambda r: None).access_rule, signed_in(lambda r: None).access_rule) == ("public", "signed_in")
    view = requires("submission.review")(lambda request: HttpResponse("vào"))
    request = rf.get("/")
    request.user = cast.officer
    with pytest.raises(Refused, match="Tài khoản của anh/chị không có quyền thực hiện việc này."):
        view(request)
    request.user = cast.reviewer
    assert view(request).content.decode() == "vào"


# --- the table of product.md §1, as far as the rights are there -------------------------------

TABLE = {
    "registration.edit_own": {OFFICER, FRONT},
    "registration.edit_any": {REVIEWER},
    "registration.move_stage": {REVIEWER},
    "award.edit": {REVIEWER},
    "campaign.edit": {REVIEWER},
    "submission.fill_own": {OFFICER, FRONT},
    "submission.send_own": {HEAD},
    "submission.review": {REVIEWER},
    "submission.reopen": {LEADER},
    "report.compose": {REVIEWER},
    "report.approve": {LEADER},
    "period.open": {REVIEWER, ADMINISTRATOR},
    "catalogue.edit": {ADMINISTRATOR},
}


@pytest.mark.parametrize("right", TABLE)
def test_a_right_belongs_to_the_roles_of_the_table(right):
    assert RIGHTS[right] == TABLE[right]


def test_the_administrator_and_the_appraiser_see_no_content():
    for role in (ADMINISTRATOR, APPRAISER):
        assert {right for right in RIGHTS if role in RIGHTS[right]} <= {
            "home.view",
            "period.open",
            "catalogue.edit",
            "unit.edit",
            "account.manage",
            "audit.view",
        }
    assert set().union(*RIGHTS.values()) <= set(ROLES)


# --- rows --------------------------------------------------------------------------------------


@pytest.mark.embedded
def test_a_branch_and_its_twin_in_writing(db):
    """ "1." begins neither "12." nor "1.12." of another unit: paths end in a dot."""
    top = Unit.objects.create(pk=700, code="T", name="Trên", scope_path="700.")
    twin = Unit.objects.create(pk=7001, code="S", name="Sinh đôi", scope_path="7001.")
    below = Unit.objects.create(pk=7002, code="D", name="Dưới", scope_path="700.7002.")
    user = new_user("x", top)
    assert set(Unit.objects.visible_to(user)) == {top, below}
    assert twin not in Unit.objects.below(top)
    assert ancestor_ids(below.scope_path) == [700, 7002]


@pytest.mark.embedded
def test_nobody_without_a_membership_in_force_sees_a_row(cast, campaign):
    row = awards.new_registration(cast.a, campaign, words="gốc")
    seen = lambda user: list(Registration.objects.visible_to(user))  # noqa: E731
    assert seen(AnonymousUser()) == [] == list(Registration.objects.readable_by(AnonymousUser()))
    ended = new_user("het", cast.a, ends_on=TODAY - DAY)
    coming = new_user("sap", cast.a, starts_on=TODAY + DAY)
    last, first = new_user("cuoi", cast.a, ends_on=TODAY), new_user("dau", cast.a, starts_on=TODAY)
    assert [seen(user) for user in (ended, coming, last, first)] == [[], [], [row], [row]]
    assert not has_right(ended, "registration.view") and own_unit_ids(coming, "registration.edit_own") == []
    for user in (ended, coming):
        assert browser(user).get(f"/dan-van-kheo/dang-ky/{row.pk}/").status_code == 403
        assert list(Campaign.objects.readable_by(user)) == []
    User.objects.filter(pk=last.pk).update(is_active=False)
    assert seen(User.objects.get(pk=last.pk)) == []
    assert not has_right(User.objects.get(pk=last.pk), "home.view")


def test_a_deactivated_user_is_out_at_once(cast, campaign):
    client = browser(cast.officer)
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    assert client.get("/dan-van-kheo/dang-ky/").url.startswith("/dang-nhap/")


def test_what_stands_above_is_readable_once_published(cast):
    other = new_unit("Q2", "Quận khác")
    ours, theirs = awards.new_campaign(cast.district, 2019), awards.new_campaign(other, 2019)
    unpublished = awards.new_campaign(cast.district, 2018, published=False)
    sibling = awards.new_campaign(cast.b, 2019)
    tomorrow = awards.new_campaign(cast.district, 2017)
    Campaign.objects.filter(pk=tomorrow.pk).update(published_on=TODAY + DAY)
    assert list(Campaign.objects.readable_by(cast.officer)) == [ours]
    assert list(Campaign.objects.visible_to(cast.officer)) == []
    assert set(Campaign.objects.readable_by(cast.reviewer)) == {ours, unpublished, sibling, tomorrow}
    assert theirs not in Campaign.objects.readable_by(cast.leader)
    client = browser(cast.officer)
    assert client.get(f"/dan-van-kheo/dot/{ours.pk}/").status_code == 200
    assert client.get(f"/dan-van-kheo/dot/{ours.pk}/sua/").status_code == 404
    assert client.get(f"/dan-van-kheo/dot/{tomorrow.pk}/").status_code == 404


def test_a_model_without_a_scope_is_no_unit_s_data():
    with pytest.raises(ImproperlyConfigured, match="Holiday declares no SCOPE"):
        scope_columns(Holiday)


# --- several memberships -------------------------------------------------------------------------


def test_a_right_reaches_only_what_its_own_membership_sees(cast, campaign):
    """Reviewer at ward A and officer at ward B: the reviewer's right does not cross over."""
    both = new_user("hai-vai", cast.a, REVIEWER)
    join(both, cast.b, OFFICER)
    in_a, in_b = (awards.new_registration(unit, campaign, words=unit.code) for unit in (cast.a, cast.b))
    assert set(Registration.objects.visible_to(both)) == {in_a, in_b}
    assert list(Registration.objects.visible_to(both, "registration.edit_any")) == [in_a]
    assert sees_as(both, cast.a, "submission.review") and not sees_as(both, cast.b, "submission.review")
    assert acts_for(both, cast.b.pk, "registration.edit_own") and not acts_for(both, cast.a.pk, "registration.edit_own")
    assert belongs_to(both, cast.a.pk) and belongs_to(both, cast.b.pk) and not belongs_to(both, cast.district.pk)
    registrations.check_can_edit(both, in_a)
    with pytest.raises(Refused, match="chỉ được xem đăng ký này"):
        registrations.check_can_edit(both, in_b)
    form = browser(both).get("/dan-van-kheo/dang-ky/them/").context["form"]
    assert list(form.fields["unit"].queryset) == [cast.a]
