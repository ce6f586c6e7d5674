"""What becomes an event, with whose name, from where, and what happens when the request is undone."""

import ast
import datetime
import io

import openpyxl
import pytest
from django.conf import settings as django_settings
from django.contrib.auth import authenticate
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from danvan.access.roles import ADMINISTRATOR
from danvan.accounts.events import EVENTS
from danvan.attachments.services import attach
from danvan.audit.choices import DETAILS, SURVIVING, Kind
from danvan.audit.models import AuditEvent
from danvan.audit.services import record_event
from danvan.catalogues.models import Holiday
from danvan.reporting import services as reporting
from danvan.submissions import services as submissions
from tests.danvan.attachments import good
from tests.danvan.common.cast import browser, new_user
from tests.factories import awards, reports

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

PASSWORD = "mot-mat-khau-dai-2020"
LOGIN = "/dang-nhap/"


@pytest.fixture
def account(cast):
    cast.officer.set_password(PASSWORD)
    cast.officer.save()
    return cast.officer


def newest(kind):
    return AuditEvent.objects.filter(kind=kind).first()


# --- who and whence ---------------------------------------------------------------------------------


def test_an_event_keeps_who_where_and_what_as_words_of_their_own(cast):
    event = record_event(Kind.SETTINGS, user=cast.officer, obj=cast.a, detail={"step": "sửa"}, reason="  Theo\0 quyết định ")
    cast.officer.display_name, cast.a.name = "Tên khác", "Phường khác"
    cast.officer.save()
    cast.a.save()
    event.refresh_from_db()
    assert (event.user_id, event.username, event.display_name) == (cast.officer.pk, "phuong-a", "Người phuong-a")
    assert (event.unit_id, event.unit_name, event.scope_path) == (cast.a.pk, "Phường An Phú", cast.a.scope_path)
    assert (event.object_model, event.object_id, event.object_title) == ("units.Unit", cast.a.pk, "Phường An Phú")
    assert (event.reason, event.detail_words) == ("Theo quyết định", "việc: sửa")


def test_a_detail_without_a_name_on_the_page_is_refused():
    with pytest.raises(KeyError):
        record_event(Kind.SETTINGS, detail={"phone": "0912345678"})
    assert all(label[0].islower() for label in DETAILS.values())


def test_a_page_is_recorded_with_address_and_a_digest_of_the_session(cast):
    client = browser(cast.officer)
    client.get("/dan-van-kheo/dang-ky/xuat.csv", REMOTE_ADDR="10.1.2.3", HTTP_X_REAL_IP="6.6.6.6")
    event = newest(Kind.EXPORT)
    assert event.address == "10.1.2.3", "nobody's header is believed unless a setting names it"
    assert len(event.session) == 16 and client.session.session_key not in event.session
    assert event.session == newest(Kind.LOGIN).session


# --- coming and going -------------------------------------------------------------------------------


def test_login_and_logout(account):
    client = Client(REMOTE_ADDR="10.1.2.3")
    client.post(LOGIN, {"username": "phuong-a", "password": PASSWORD})
    client.post("/dang-xuat/")
    told = [(event.kind, event.username, event.address) for event in AuditEvent.objects.order_by("pk")]
    assert told == [(Kind.LOGIN, "phuong-a", "10.1.2.3"), (Kind.LOGOUT, "phuong-a", "10.1.2.3")]


def test_a_wrong_password_is_laid_to_the_account_and_its_unit(account, cast):
    Client(REMOTE_ADDR="10.1.2.3").post(LOGIN, {"username": "phuong-a", "password": "sai"})
    [event] = AuditEvent.objects.all()
    assert (event.kind, event.username, event.address) == (Kind.LOGIN_FAILED, "phuong-a", "10.1.2.3")
    assert event.scope_path == cast.a.scope_path


def test_a_name_that_nobody_has_is_not_kept(account):
    """Often enough it is a password in the wrong box."""
    Client().post(LOGIN, {"username": PASSWORD, "password": "x"})
    [event] = AuditEvent.objects.all()
    row = str({field.name: getattr(event, field.name) for field in event._meta.fields})
    assert event.kind == Kind.LOGIN_FAILED and event.username == "" and PASSWORD not in row


def test_a_failed_login_outside_a_request_is_kept_too(account, settings):
    """django-axes refuses to look at one at all: the log does not depend on it."""
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    assert authenticate(None, username="phuong-a", password="sai") is None
    assert newest(Kind.LOGIN_FAILED).username == "phuong-a"


def test_what_must_survive_is_written_after_the_request_was_undone(account, rf):
    """The transaction of a request rolls back on an error; the failed login stays."""
    from danvan.audit.middleware import audited

    def undone(request):
        with transaction.atomic():
            record_event(Kind.EXPORT, request=request, user=account)
            authenticate(request, username="phuong-a", password="sai")
            transaction.set_rollback(True)
        return SimpleResponse(500)

    audited(undone)(rf.post(LOGIN))
    assert [event.kind for event in AuditEvent.objects.all()] == [Kind.LOGIN_FAILED]
    assert Kind.LOGIN_FAILED in SURVIVING and Kind.EXPORT not in SURVIVING


class SimpleResponse:
    def __init__(self, status_code):
        self.status_code = status_code


def test_the_middleware_stands_outside_whatever_opens_a_transaction(settings):
    names = settings.MIDDLEWARE
    assert names.index("danvan.audit.middleware.audited") < names.index("django.contrib.sessions.middleware.SessionMiddleware")


def test_a_refusal_is_recorded_with_the_page_and_without_what_was_asked(cast):
    client = browser(cast.officer)
    assert client.get("/bang-dieu-hanh/?q=0912345678").status_code == 403
    event = newest(Kind.DENIED)
    assert (event.username, event.detail) == ("phuong-a", {"path": "/bang-dieu-hanh/", "method": "GET"})
    client.logout()
    client.get("/bang-dieu-hanh/")
    assert AuditEvent.objects.filter(kind=Kind.DENIED).count() == 1


# --- what leaves the house ----------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_export_tells_what_it_held_but_not_the_words_looked_for(cast, campaign, ending):
    for name in ("Nguyễn Văn An một", "Nguyễn Văn An hai"):
        awards.new_registration(cast.a, campaign, words=name)
    answer = browser(cast.officer).get(f"/dan-van-kheo/dang-ky/xuat.{ending}", {"q": "Nguyễn Văn An", "loai": "mo_hinh"})
    event = newest(Kind.EXPORT)
    assert answer.status_code == 200
    assert event.detail["rows"] == 2 and event.detail["file"] == f"dan-van-kheo-dang-ky.{ending}"
    assert "có từ khóa tìm" in event.detail["filters"] and "Nguyễn" not in str(event.detail)
    if ending == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        footer = sheet.oddFooter.left.text
        assert event.detail["copy"] in footer and "Người phuong-a" in footer and "Phường An Phú" in footer


def test_a_refused_export_is_no_export(cast, campaign, monkeypatch):
    from danvan.registers import exporting

    awards.new_registration(cast.a, campaign, words="x")
    monkeypatch.setattr(exporting, "EXPORT_LIMIT", 0)
    assert browser(cast.officer).get("/dan-van-kheo/dang-ky/xuat.csv").status_code == 403
    assert newest(Kind.EXPORT) is None and newest(Kind.DENIED)


def test_a_downloaded_file_is_named_by_its_record(cast, campaign):
    row = awards.new_registration(cast.a, campaign, words="x")
    file = attach(row, SimpleUploadedFile("Đơn của Nguyễn Văn An.docx", good.docx()), unit_id=cast.a.pk, by=cast.officer)
    client = browser(cast.officer)
    b"".join(client.get(file.url).streaming_content)
    event = newest(Kind.DOWNLOAD)
    assert (event.object_id, event.object_title, event.detail) == (row.pk, str(row), {"attachment": file.pk})
    assert "Nguyễn Văn An" not in event.detail_words
    assert browser(cast.officer_b).get(file.url).status_code == 404
    assert AuditEvent.objects.filter(kind=Kind.DOWNLOAD).count() == 1


# --- what is decided -----------------------------------------------------------------------------------


def test_a_reopened_report_is_an_event_with_its_reason(cast, period):
    row = reports.accepted(period, cast.a, officer=cast.officer, head=cast.head, reviewer=cast.reviewer, words="x", hg_total=50)
    submissions.reopen(row, by=cast.leader, reason="Sai số hộ", until=datetime.date(2020, 1, 20))
    event = newest(Kind.REOPENING)
    assert (event.username, event.object_id, event.reason, event.detail) == ("lanh-dao", row.pk, "Sai số hộ", {"until": "20/01/2020"})


def test_approving_and_issuing_are_events_once_each(cast, period, monkeypatch):
    report = reports.produced(cast.a, "2019", by=cast.officer, words="x", monkeypatch=monkeypatch)
    for _ in range(2):
        reporting.approve(report, by=cast.head)
    for _ in range(2):
        reporting.issue(report, by=cast.head, number=7, issued_on=datetime.date(2020, 1, 7))
    told = [(e.username, e.detail) for e in AuditEvent.objects.filter(kind=Kind.ISSUE).order_by("pk")]
    assert told == [("truong-a", {"step": "phê duyệt"}), ("truong-a", {"step": "phát hành", "number": "07"})]


def test_a_catalogue_changed_in_the_admin_is_an_event(cast):
    admin = new_user("quan-tri", cast.district, ADMINISTRATOR)
    admin.is_staff = admin.is_superuser = True
    admin.save()
    client = browser(admin)
    client.post(reverse("admin:catalogues_holiday_add"), {"day": "03/03/2020", "name": "Ngày riêng", "kind": "nghi"})
    row = Holiday.objects.get(name="Ngày riêng")
    client.post(reverse("admin:catalogues_holiday_change", args=[row.pk]), {"day": "03/03/2020", "name": "Ngày khác", "kind": "nghi"})
    client.post(reverse("admin:catalogues_holiday_delete", args=[row.pk]), {"post": "yes"})
    told = [(e.object_id, e.detail["step"]) for e in AuditEvent.objects.filter(kind=Kind.SETTINGS).order_by("pk")]
    assert told == [(row.pk, "thêm"), (row.pk, "sửa"), (row.pk, "xóa")]
    assert not Holiday.objects.filter(pk=row.pk).exists()


# --- every kind is written somewhere --------------------------------------------------------------------


OURS = ("danvan", "models_awards", "regulations", "supervision", "dialogues")


def sources():
    return {file: ast.parse(file.read_text()) for app in OURS for file in (django_settings.BASE_DIR / app).rglob("*.py")}


def names_of_kind(tree):
    """What a module calls Kind: it may be imported under another name."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "danvan.audit.choices")
    return {found.asname or found.name for node in imports for found in node.names if found.name == "Kind"}


def assigned(tree, name):
    """The values that a name, a class attribute or one of several names at once is given in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(name in names_in(target) for target in node.targets):
            yield node.value


def names_in(node):
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def kinds_of(node, tree, trees, followed=()):
    """The kinds that a first argument of record_event may be: named at once, or followed back through what its name was given."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id in names_of_kind(tree):
            yield inner.attr
        elif isinstance(inner, ast.Name) and inner.id not in followed:
            for value in assigned(tree, inner.id):
                yield from kinds_of(value, tree, trees, (*followed, inner.id))
        elif isinstance(inner, ast.Attribute) and inner.attr == "audit_kind":  # a page of the technical site says it by itself
            yield from (kind for other in trees.values() for value in assigned(other, "audit_kind") for kind in kinds_of(value, other, {}))


def written_kinds(trees):
    calls = ((node, tree) for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.Call))
    recording = [(node, tree) for node, tree in calls if getattr(node.func, "id", getattr(node.func, "attr", "")) == "record_event"]
    return {kind for node, tree in recording for kind in kinds_of(node.args[0], tree, trees)}


def test_every_kind_is_written_by_somebody():
    assert written_kinds(sources()) == {kind.name for kind in Kind}
    assert set(Kind) >= SURVIVING and len(set(Kind.labels)) == len(Kind)


def test_a_kind_that_nobody_writes_any_more_is_seen():
    trees = sources()
    without = {file: tree for file, tree in trees.items() if (file.parent.name, file.name) != ("organization", "services.py")}
    assert {kind.name for kind in Kind} - written_kinds(without) == {"UNIT"}
    assert "STEP_UP" not in written_kinds({file: tree for file, tree in trees.items() if file.name != "events.py"})


def test_every_word_for_an_event_of_an_account_is_said_by_somebody():
    """A name in accounts/events.py that no room uses would be an event that never comes."""
    spoken = {
        node.value
        for file, tree in sources().items()
        if (file.parent.name, file.name) != ("accounts", "events.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
    }
    assert set(EVENTS) <= spoken
