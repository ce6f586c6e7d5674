"""A backup of the demo office comes back in a new database and folder, every row and byte of it."""

import datetime
import hashlib
import json
import os
import shutil
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from danvan.attachments.models import Attachment, Purpose
from danvan.attachments.services import attach
from danvan.jobs import services as jobs
from danvan.jobs import worker
from danvan.jobs.models import Job
from danvan.operations import dumps
from danvan.reporting.models import Report, ReportVersion
from danvan.submissions.models import TypedValue
from danvan.units.models import Unit
from dialogues.models import Commitment
from models_awards.models import Registration, StageRecord
from tests.danvan.attachments.good import pdf
from tests.danvan.operations.databases import manage, new_database, run, url_of
from tests.roles import ROLE

pytestmark = [pytest.mark.embedded, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

VISIT = """
import hashlib, json
import django
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS.append("testserver")
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
from django.test import Client
def visitor(username):
    client = Client()
    answer = client.post("/dang-nhap/", {"username": username, "password": "DanVan@2019"})
    assert answer.status_code == 302, (username, answer.status_code)
    return client
from danvan.reporting.models import Report
home = visitor("phuong-a").get("/")
assert home.status_code == 200 and "An Phú" in home.content.decode(), home.status_code
from danvan.access.rows import whole_office
with whole_office("diễn tập khôi phục"):
    report = Report.objects.get().pk
answer = visitor("chuyen-vien").get(f"/bao-cao/{report}/tai/pdf")
print(json.dumps({"status": answer.status_code, "sha256": hashlib.sha256(b"".join(answer.streaming_content)).hexdigest()}))
"""


@pytest.fixture
def office(settings, monkeypatch, tmp_path):
    """The demo office with its annual report made and one piece of evidence filed."""
    settings.DEMO, settings.TODAY = True, datetime.date(2020, 1, 8)
    settings.PRIVATE_ROOT = tmp_path / "private"
    monkeypatch.setenv("TODAY", "2020-01-08")
    call_command("demo_data", verbosity=0)
    worker.work(jobs.claim(Job.objects.get(kind="report").pk))
    registration = Registration.objects.order_by("pk").first()
    attach(
        registration,
        SimpleUploadedFile("bien-ban.pdf", pdf()),
        unit_id=registration.unit_id,
        by=Report.objects.get().versions.get().made_by,
        purpose=Purpose.EVIDENCE,
    )
    return settings.PRIVATE_ROOT


@pytest.fixture
def backup(office, tmp_path):
    folder = tmp_path / "backup"
    call_command("backup", folder, verbosity=0)
    return folder


@pytest.fixture
def elsewhere(tmp_path):
    """Variables of a process on a new database and an empty folder."""
    with new_database("restored") as url:
        yield {"DATABASE_URL": url, "DANVAN_VAR": str(tmp_path / "elsewhere"), "DANVAN_DEMO": "1", "TODAY": "2020-01-08"}


def manifest_of(folder):
    return json.loads((folder / "manifest.json").read_text())


def rewrite(folder, change):
    manifest = manifest_of(folder)
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))


def contents(manifest):
    return manifest["tables"], manifest["files"], manifest["migrations"]


def test_everything_comes_back_in_a_new_database_and_folder(office, backup, elsewhere, tmp_path):
    before = manifest_of(backup)
    assert before["tables"] == dumps.digests()
    assert before["tables"]["models_awards_registration"]["rows"] == 230
    version, evidence = ReportVersion.objects.get(), Attachment.objects.get()
    assert set(before["files"]) == {version.path, version.figures_path, evidence.file.name}
    assert before["files"][version.path]["sha256"] == version.sha256
    shutil.rmtree(office)

    restored = manage("restore", backup, **elsewhere)
    assert restored.returncode == 0, restored.stderr
    assert "mã băm khớp toàn bộ" in restored.stdout
    private = Path(elsewhere["DANVAN_VAR"]) / "private"
    assert hashlib.sha256((private / version.path).read_bytes()).hexdigest() == version.sha256

    checked = manage("check_data", **elsewhere)
    assert checked.returncode == 0, checked.stdout
    assert "Cả 19 mục đều đạt" in checked.stdout

    assert manage("backup", tmp_path / "again", **elsewhere).returncode == 0
    assert contents(manifest_of(tmp_path / "again")) == contents(before)

    guarded = manage("check_db", **elsewhere)
    assert guarded.returncode == 0, guarded.stdout
    by_the_application = {} if settings.EMBEDDED else {"DATABASE_URL": url_of("restored", user=ROLE)}
    visit = run(["-c", VISIT], DJANGO_SETTINGS_MODULE="danvan.settings", **elsewhere | by_the_application)
    assert visit.returncode == 0, visit.stderr
    assert json.loads(visit.stdout.splitlines()[-1]) == {"status": 200, "sha256": version.sha256}


def test_a_backup_by_the_applications_account_is_refused_not_smaller(office, tmp_path):
    if settings.EMBEDDED:
        pytest.skip("SQLite has no row-level security")
    made = manage("backup", tmp_path / "by-application", DATABASE_URL=url_of(user=ROLE))
    assert made.returncode != 0 and "row-level security" in made.stderr
    assert not (tmp_path / "by-application" / "manifest.json").exists()


def test_data_in_use_is_replaced_only_when_asked_and_kept_when_the_restore_fails(backup, elsewhere, tmp_path):
    assert manage("restore", backup, **elsewhere).returncode == 0
    stranger = Path(elsewhere["DANVAN_VAR"]) / "private" / "stranger.pdf"
    stranger.write_bytes(b"of the former office")
    refused = manage("restore", backup, **elsewhere)
    assert refused.returncode != 0
    assert "đang có dữ liệu" in refused.stderr and "--force" in refused.stderr

    wrong = tmp_path / "wrong"
    shutil.copytree(backup, wrong)
    rewrite(wrong, lambda manifest: manifest["tables"]["units_unit"].update(digest="0" * 32))
    failed = manage("restore", wrong, "--force", **elsewhere)
    assert failed.returncode != 0
    assert "units_unit" in failed.stderr and "đã trả lại dữ liệu cũ" in failed.stderr
    assert manage("backup", tmp_path / "kept", **elsewhere).returncode == 0
    assert manifest_of(tmp_path / "kept")["tables"] == manifest_of(backup)["tables"]
    assert stranger.exists()

    assert manage("restore", backup, "--force", **elsewhere).returncode == 0
    assert not stranger.exists()
    assert manage("backup", tmp_path / "again", **elsewhere).returncode == 0
    assert contents(manifest_of(tmp_path / "again")) == contents(manifest_of(backup))


def flip_a_bit(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_harmed_backup_is_refused_before_anything_is_touched(backup, elsewhere, tmp_path):
    manifest = manifest_of(backup)
    database, first = manifest["database"]["file"], next(iter(manifest["files"]))
    newer, outside = {"units": ["0099_of_next_year"]}, {"../../etc/x": {"sha256": "", "size": 0}}
    harms = {
        database: lambda folder: flip_a_bit(folder / database),
        first: lambda folder: flip_a_bit(folder / "private" / first),
        f"1 tệp thiếu hoặc khác mã băm: private/{first}": lambda folder: (folder / "private" / first).unlink(),
        "không phải bản sao lưu": lambda folder: (folder / "manifest.json").unlink(),
        "units.0099_of_next_year": lambda folder: rewrite(folder, lambda manifest: manifest["migrations"].update(newer)),
        "nằm ngoài thư mục": lambda folder: rewrite(folder, lambda manifest: manifest["files"].update(outside)),
    }
    for number, (told, harm) in enumerate(harms.items()):
        folder = tmp_path / f"harmed-{number}"
        shutil.copytree(backup, folder)
        harm(folder)
        refused = manage("restore", folder, **elsewhere)
        assert refused.returncode != 0
        assert told in refused.stderr
    private = Path(elsewhere["DANVAN_VAR"]) / "private"
    assert not private.exists()
    restored = manage("restore", backup, **elsewhere)  # without --force: the database is still empty
    assert restored.returncode == 0, restored.stderr


def test_a_folder_in_use_is_not_written_into(db, tmp_path):
    (tmp_path / "letter.txt").write_text("keep")
    with pytest.raises(CommandError, match="đã có nội dung"):
        call_command("backup", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_check_data_says_what_is_wrong(office, capsys):
    call_command("check_data")
    assert "Cả 19 mục đều đạt" in capsys.readouterr().out

    version, evidence = ReportVersion.objects.get(), Attachment.objects.get()
    ward = Unit.objects.get(code="BM")
    Unit.objects.filter(pk=ward.pk).update(scope_path=f"{ward.pk}.")
    value = TypedValue.objects.filter(submission__unit=ward, submission__period__code="2019").order_by("pk").first()
    TypedValue.objects.filter(pk=value.pk).update(value=value.value + 1, period_code="2018")
    Registration.objects.filter(pk=Registration.objects.exclude(stages=None).first().pk).update(status="da_rut")
    (office / version.path).write_bytes(b"another report")
    (office / evidence.file.name).unlink()
    ReportVersion.objects.filter(pk=version.pk).update(snapshot_sha256="0" * 64)
    old, young = office / "reports" / "old.pdf", office / "reports" / "young.pdf"
    old.write_bytes(b"nobody's")
    young.write_bytes(b"of an upload under way")
    os.utime(old, (time.time() - 7200,) * 2)

    with pytest.raises(CommandError, match="mục không đạt"):
        call_command("check_data")
    told = capsys.readouterr().out
    for words in [
        "KHÔNG ĐẠT: Thông tin đơn vị hôm nay",
        "khác nhánh theo thời gian",
        f"số liệu nhập {value.pk} ({value.code}): đơn vị, kỳ hoặc ngày khác báo cáo",
        "bước “da_rut”, lần chuyển cuối ghi",
        f"tệp {version.path} khác mã băm đã ghi",
        f"thiếu tệp {evidence.file.name}",
        "tệp reports/old.pdf: không hồ sơ nào ghi nhận",
        "nội dung đã chốt khác mã băm",
    ]:
        assert words in told
    assert "young.pdf" not in told


def test_the_unit_of_a_part_and_the_title_beside_a_reference_are_those_of_the_record(office, capsys):
    """PostgreSQL refuses another unit by its key of two columns; on SQLite check_data tells."""
    step, promise = StageRecord.objects.order_by("pk").first(), Commitment.objects.order_by("pk").first()
    other = Unit.objects.exclude(pk=step.unit_id).order_by("pk").first()
    Commitment.objects.filter(pk=promise.pk).update(dialogue_title="Tên cũ")
    if settings.EMBEDDED:
        StageRecord.objects.filter(pk=step.pk).update(unit=other)
    else:
        with pytest.raises(IntegrityError, match="stage_unit"):
            StageRecord.objects.filter(pk=step.pk).update(unit=other)
    with pytest.raises(CommandError):
        call_command("check_data")
    told = capsys.readouterr().out
    assert f"cam kết {promise.pk}: tên cuộc đối thoại khác hồ sơ gốc" in told
    assert (f"bước thực hiện {step.pk}: đơn vị khác đơn vị của đăng ký" in told) is settings.EMBEDDED


def test_check_data_compares_frozen_sent_and_typed_figures(office, capsys):
    from danvan.figures.models import FigureValue

    value = TypedValue.objects.filter(submission__status="da_duyet").order_by("pk").first()
    FigureValue.objects.filter(unit=value.unit, period=value.period_code, code=value.code).update(value=value.value + 7)
    with pytest.raises(CommandError):
        call_command("check_data")
    told = capsys.readouterr().out
    assert "KHÔNG ĐẠT: Số liệu đã chốt bằng số đã gửi" in told
    assert "KHÔNG ĐẠT: Số liệu nhập bằng số đã chốt" in told
    assert told.count("  - ") == 2
