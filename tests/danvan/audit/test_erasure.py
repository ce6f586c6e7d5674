"""One person taken out of everything that may be changed, once more after a restore, and who looked at him before."""

import datetime
import json
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict

from danvan.attachments.models import Attachment
from danvan.attachments.services import attach
from danvan.audit.choices import Kind
from danvan.audit.models import AuditEvent
from danvan.audit.subjects import digest_of
from danvan.common.exceptions import Refused
from danvan.common.models import signed
from danvan.operations import erasure, integrity
from danvan.operations.backup import backup, restore
from danvan.registers.drafts import save_draft
from danvan.registers.models import Draft
from dialogues.models import Question, QuestionAsker
from dialogues.services import keep_asker
from models_awards.models import Registration
from tests.danvan.attachments import good
from tests.danvan.common.cast import browser, registered
from tests.factories import dialogues

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

NAME, PHONE = "Nguyễn Văn Thử", "0912 345 678"
OTHER = "Nguyễn Văn Thảo"


@pytest.fixture
def person(cast, campaign):
    """Named in a question and its history, in a registration, a draft, a file's name; and another with nearly the same name."""
    dialogue = dialogues.new_dialogue(cast.a, words="quý IV")
    question = dialogues.new_question(dialogue, words=f"của ông {NAME} (số 0912.345.678) và bà {OTHER}")
    question.answer = f"Đã trả lời ông NGUYEN VAN THU, điện thoại +84912345678. Bà {OTHER} chờ."
    signed(question, cast.officer, f"Ông {NAME} nhắc lại").save()
    keep_asker(question, by=cast.officer, name=NAME, contact=PHONE, purge_on=datetime.date(2020, 12, 31))
    row = registered(cast.a, campaign, words="tổ 5")
    Registration.objects.filter(pk=row.pk).update(outputs=f"Hộ ông Nguyễn  Văn Thử tham gia; mã 5{PHONE}1")
    typed = QueryDict(mutable=True)
    typed.update({"_key": str(uuid.uuid4()), "content": f"Hỏi {NAME}"})
    save_draft(cast.officer, "dialogue_question", typed)
    attach(row, SimpleUploadedFile(f"Đơn của {NAME}.docx", good.docx()), unit_id=cast.a.pk, by=cast.officer)
    return question


def everything():
    """Every text of every table but the log's own digests, as one string."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if not table.startswith(("django_", "auth_")):
                cursor.execute(f'SELECT * FROM "{table}"')
                told += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(told)


TRACES = re.compile(r"nguyễn\s+văn\s+thử\b|nguyen\s+van\s+thu\b(?!\s*ao)|0912[ .]?345[ .]?678(?!1)|84912345678", re.IGNORECASE)


def test_a_person_is_gone_from_tables_histories_search_drafts_and_file_names(person, cast):
    assert len(TRACES.findall(everything())) >= 10
    call_command("erase_subject", NAME, PHONE, reason="Yêu cầu số 5 ngày 08/01/2020", verbosity=0)
    found = everything()
    assert TRACES.findall(found) == []
    [mark] = {entry.mark for entry in erasure.register()}
    person.refresh_from_db()
    assert person.content == f"Câu hỏi của ông [đã xóa {mark}] (số [đã xóa {mark}]) và bà {OTHER}"
    assert person.answer == f"Đã trả lời ông [đã xóa {mark}], điện thoại [đã xóa {mark}]. Bà {OTHER} chờ."
    assert person.search_text.count(f"[da xoa {mark.lower()}]") == 4, "the search column follows"
    assert [h.history_change_reason for h in Question.history.filter(history_type="~")] == [f"Ông [đã xóa {mark}] nhắc lại"]
    assert (QuestionAsker.objects.get().name, QuestionAsker.objects.get().contact) == (f"[đã xóa {mark}]", f"[đã xóa {mark}]")
    assert Draft.objects.get().payload == {"content": [f"Hỏi [đã xóa {mark}]"]}
    assert Attachment.objects.get().name == f"Đơn của [đã xóa {mark}].docx"
    assert Registration.objects.get().outputs == f"Hộ ông [đã xóa {mark}] tham gia; mã 5{PHONE}1", "a longer number is another number"


def test_the_erasure_is_an_event_without_the_name(person):
    call_command("erase_subject", NAME, PHONE, reason="Yêu cầu số 5", verbosity=0)
    event = AuditEvent.objects.filter(kind=Kind.ERASURE).get()
    assert event.reason == "Yêu cầu số 5" and event.detail["places"] >= 10
    assert digest_of(NAME) in event.subjects and "Thử" not in str(event.__dict__)


def test_erasing_writes_no_history_row_that_would_keep_the_words(person):
    before = Question.history.count()
    erasure.erase([NAME, PHONE], reason="x")
    assert Question.history.count() == before


def test_a_dry_run_counts_and_changes_nothing(person, capsys):
    before = everything()
    call_command("erase_subject", NAME, PHONE, dry_run=True)
    told = capsys.readouterr().out
    assert "Sẽ thay" in told and "câu hỏi, kiến nghị: 2" in told
    assert everything() == before and erasure.register() == []


def test_one_personal_column_takes_the_others_of_its_row(person):
    """Asked by the name alone, the contact beside it goes too."""
    erasure.erase([NAME], reason="x")
    asker = QuestionAsker.objects.get()
    assert asker.name.startswith("[đã xóa ") and asker.contact == erasure.GONE


@pytest.mark.parametrize("words", ["An", "Thử", "0912", "Nguyễn"])
def test_a_word_that_many_carry_is_refused(words):
    with pytest.raises(Refused, match="quá ngắn"):
        erasure.erasure_of([words])


@pytest.mark.parametrize(
    ("arguments", "options"),
    [((), {}), ((NAME,), {}), ((NAME,), {"again": True}), (("An",), {"reason": "x"})],
    ids=["nobody", "no reason", "both", "too short"],
)
def test_the_command_asks_for_what_it_needs(arguments, options):
    with pytest.raises(CommandError):
        call_command("erase_subject", *arguments, **options)


def test_what_was_signed_and_sealed_is_counted_and_stays(person, cast, capsys):
    event = AuditEvent.objects.create(kind=Kind.EXPORT, reason=f"Theo đơn của {NAME}")
    call_command("erase_subject", NAME, reason="x")
    told = capsys.readouterr().out.split("Giữ nguyên")[1]
    assert "sự kiện nhật ký: 1" in told
    event.refresh_from_db()
    assert NAME in event.reason


# --- after a restore ----------------------------------------------------------------------------------


def test_check_data_and_again_find_who_came_back(person, capsys):
    erasure.erase([NAME, PHONE], reason="x")
    [check] = [check for check in integrity.CHECKS if check.problems == erasure.returned]
    assert list(check.problems()) == []
    Registration.objects.update(goals=f"Từ bản sao cũ: {NAME}")
    assert [problem for problem in check.problems() if "đăng ký" in problem]
    call_command("erase_subject", again=True)
    assert "1 chỗ" in capsys.readouterr().out and list(check.problems()) == []
    assert Registration.objects.get().goals.startswith("Từ bản sao cũ: [đã xóa ")
    assert AuditEvent.objects.filter(kind=Kind.ERASURE).first().detail == {"places": 1, "step": "xóa lại sau khôi phục"}


def test_the_register_keeps_no_name_and_an_older_one_never_replaces_it(person, settings):
    first, *_ = erasure.erase([NAME, PHONE], reason="x")
    path = settings.PRIVATE_ROOT / erasure.REGISTER
    assert not TRACES.search(path.read_text())
    older, newer = path.read_text(), erasure.erase([OTHER], reason="x")[0]
    known = erasure.register()
    path.write_text(older)
    erasure.remember(known)
    assert [entry.mark for entry in erasure.register()] == [first.mark, newer.mark]
    erasure.remember(known)
    assert len(path.read_text().splitlines()) == 2 and json.loads(path.read_text().splitlines()[0])["mark"] == first.mark


# --- who saw -----------------------------------------------------------------------------------------


@pytest.fixture
def shown(person, cast):
    answer = browser(cast.officer).post(f"/doi-thoai/cau-hoi/{person.pk}/nguoi-hoi/", {"_show": "1", "reason": "Gọi lại để trả lời"})
    assert answer.status_code == 200
    return person


@pytest.mark.parametrize("words", [NAME, "nguyen van thu", PHONE, "+84912345678"])
def test_who_saw_a_person_is_found_by_name_and_number(shown, capsys, words):
    call_command("who_saw", f"--subject={words}")
    told = capsys.readouterr().out
    assert "Xem dữ liệu cá nhân" in told and "Người phuong-a (phuong-a), Phường An Phú" in told and "Lý do: Gọi lại để trả lời" in told
    assert "2 lần" in told, "written once, read once"


def test_who_saw_is_answered_after_the_person_is_gone(shown, capsys):
    QuestionAsker.objects.all().delete()
    call_command("who_saw", f"--subject={PHONE}")
    assert "2 lần" in capsys.readouterr().out


def test_who_saw_within_dates_and_of_nobody_else(shown, capsys):
    day = AuditEvent.objects.filter(kind=Kind.PERSONAL_READ).get().at.date()
    before = (day - datetime.timedelta(days=2)).strftime("%d/%m/%Y")
    for arguments in ([f"--subject={NAME}", f"--to={before}"], [f"--subject={OTHER}"]):
        call_command("who_saw", *arguments)
        assert "không ghi lần nào" in capsys.readouterr().out
    call_command("who_saw", f"--subject={NAME}", f"--from={before}")
    assert "2 lần" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("who_saw", f"--subject={NAME}", "--from=31/2/2020")


# --- a real restore ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_restore_brings_the_person_back_and_the_register_takes_him_out_again(person, tmp_path, settings):
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.PRIVATE_ROOT.mkdir()
    for file in Attachment.objects.all():
        (settings.PRIVATE_ROOT / file.file.name).parent.mkdir(parents=True)
        (settings.PRIVATE_ROOT / file.file.name).write_bytes(b"x")
    backup(tmp_path / "backup")
    erasure.erase([NAME, PHONE], reason="x")
    assert not TRACES.search(everything())
    restore(tmp_path / "backup", force=True)
    assert TRACES.search(everything()), "the older copy still names him"
    assert len(erasure.register()) == 1, "the register outlives the restore"
    erasure.again()
    assert not TRACES.search(everything())
