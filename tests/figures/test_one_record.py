"""No digit of a figure is written anywhere by hand: one record more moves exactly its number, on the page, in the sheet, in the PDF."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from danvan.accounts.models import User
from danvan.catalogues.models import FieldOfWork, LegalNumber, RegulationSubject
from danvan.figures import registry
from danvan.figures.declare import Balance, Rate
from danvan.reporting.kinds import KINDS
from danvan.reporting.models import Report
from danvan.reporting.rendering import render_html
from danvan.reporting.snapshot import build
from danvan.submissions.figures import TYPED
from danvan.submissions.models import Submission, TypedValue
from danvan.units.models import Unit
from dialogues.models import Commitment, Dialogue, DialogueObligation, Question
from models_awards.models import Award, Campaign, Registration
from regulations.models import Disclosure, Regulation
from supervision.models import Recommendation, SupervisionRound

DAY = datetime.date(2019, 6, 3)
REGISTRATION = {"kind": "mo_hinh", "subject_type": "tap_the", "registered_on": DAY, "households": 7}
AWARD = {"form": "giay_khen", "subject_type": "tap_the", "awarded_on": datetime.date(2019, 12, 31), "award_year": 2019, "decided_on": DAY}
LONG_AGO = datetime.date(2018, 6, 4)
ANSWERED = {"status": "da_tra_loi", "replied_on": DAY, "reply_kind": "tiep_thu"}
DONE = {"status": "hoan_thanh", "done_on": DAY}
SEVEN = {"dvk_households", "dth_people"}  # sums: the record more brings seven
RECOGNISED = {"recognised_on": DAY, "recognised_level": "quan"}
# figure -> what the one record more looks like; a figure without a line here fails the test below
RECORDS = {
    "dvk_model": (Registration, {}),
    "dvk_exemplar": (Registration, {"kind": "dien_hinh"}),
    "dvk_new": (Registration, {}),
    "dvk_continued": (Registration, {"continues": "2018"}),
    "dvk_collective": (Registration, {}),
    "dvk_individual": (Registration, {"subject_type": "ca_nhan"}),
    "dvk_households": (Registration, {}),
    "dvk_surveyed": (Registration, {"surveyed_on": DAY}),
    "dvk_appraised": (Registration, {"appraised_on": DAY}),
    "dvk_model_recognised": (Registration, RECOGNISED),
    "dvk_exemplar_recognised": (Registration, {"kind": "dien_hinh", **RECOGNISED}),
    "kt_btv_kl62": (Award, {"granting_body": "ban_thuong_vu", "occasion": "kl_62"}),
    "kt_btv_kl101": (Award, {"granting_body": "ban_thuong_vu", "occasion": "kl_101"}),
    "kt_btv_qcdc": (Award, {"granting_body": "ban_thuong_vu", "occasion": "qcdc"}),
    "kt_btv_tuyen_giao": (Award, {"granting_body": "ban_thuong_vu", "occasion": "tuyen_giao"}),
    "kt_ubnd_dvcq": (Award, {"granting_body": "ubnd", "occasion": "nam_dan_van_chinh_quyen"}),
    "kt_bo_ton_giao": (Award, {"granting_body": "bo", "occasion": "ton_giao", "subject_type": "ca_nhan"}),
    "kt_dvk": (Award, {"granting_body": "ubnd", "occasion": "dan_van_kheo"}),
    "qc_issued": (Regulation, {}),
    "qc_replaced": (Regulation, {"status": "duoc_thay_the", "ended_on": DAY}),
    "qc_district_issued": (Regulation, {"subject": "quan_trat_tu_xay_dung", "status": "bai_bo", "ended_on": DAY}),
    "qc_district_replaced": (Regulation, {"subject": "quan_trat_tu_xay_dung", "status": "duoc_thay_the", "ended_on": DAY}),
    "cong_khai_total": (Disclosure, {"channel": "hoi_nghi"}),
    "cong_khai_posting": (Disclosure, {}),
    "cong_khai_loudspeaker": (Disclosure, {"channel": "loa_truyen_thanh"}),
    "gs_rounds": (SupervisionRound, {}),
    "gs_topic": (SupervisionRound, {"rhythm": "chuyen_de"}),
    "gs_regular": (SupervisionRound, {}),
    "gs_rec_sent": (Recommendation, {}),
    "gs_rec_answered": (Recommendation, {**ANSWERED, "replied_on": datetime.date(2019, 12, 2)}),
    "gs_rec_ontime": (Recommendation, ANSWERED),
    "gs_rec_verified": (Recommendation, {**ANSWERED, "status": "da_xac_minh", "verified_on": DAY}),
    "dth_owed": (DialogueObligation, {}),
    "dth_owed_held": (DialogueObligation, {"held_on": DAY}),
    "dth_held": (Dialogue, {}),
    "dth_periodic": (Dialogue, {"kind": "dinh_ky"}),
    "dth_people": (Dialogue, {}),
    "dth_notice_ontime": (Dialogue, {"noticed_on": LONG_AGO, "notice_due_on": LONG_AGO}),
    "dth_result_due": (Dialogue, {"result_due_on": DAY}),
    "dth_result_ontime": (
        Dialogue, {"result_due_on": DAY, "conclusion_on": DAY, "conclusion_number": "9-TB/X", "status": "da_ket_luan"},
    ),
    "dth_questions": (Question, {}),
    "dth_onspot": (Question, {"answered": "tai_cho", "answered_on": DAY}),
    "ck_due": (Commitment, {}),
    "ck_ontime": (Commitment, DONE),
    "ck_done": (Commitment, {**DONE, "due_on": LONG_AGO, "deadline_on": LONG_AGO}),
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), override_settings(DEMO=True, TODAY=datetime.date(2020, 1, 8)), transaction.atomic():
        call_command("demo_data", verbosity=0)
        yield read()
        transaction.set_rollback(True)


def read():
    """(snapshot, the body of the PDF's HTML without appendices, the studio's page of figures, the ward's sheet)"""
    report = Report.objects.select_related("unit").get(kind="annual")
    snapshot = build(KINDS["annual"], report.unit, "2019", narrative=report.narrative)
    body = words(render_html({**snapshot, "appendices": []}))
    client = Client()
    client.force_login(User.objects.get(username="chuyen-vien"))
    page = words(client.get(f"/bao-cao/{report.pk}/so-lieu/").content.decode())
    sheet = words(client.get(f"/ky-bao-cao/phieu/{Submission.objects.get(unit__code='AP', period__code='2019').pk}/").content.decode())
    return snapshot, body, page, sheet


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def values_of(snapshot):
    return {line["code"]: line["value"] for line in snapshot["figures"]}


def add(model, changes):
    """The record is made as it would stand, with its dates, by its model alone: the constraints watch over it."""
    ward = Unit.objects.get(code="AP")
    if model is not Registration:
        return model.objects.create(unit=ward, **{**others(model, ward), **changes_of(changes)})
    former = Registration.objects.filter(unit=ward, campaign__year=2018).first()
    fixed = {"continues": former} if changes.get("continues") else {}
    boxes = dict.fromkeys(
        ["situation", "goals", "content", "area", "forces", "resources", "outputs", "sustainability"], "Nội dung kiểm tra."
    )
    campaign, field = Campaign.objects.get(year=2019), FieldOfWork.objects.first()
    return Registration.objects.create(
        unit=ward, campaign=campaign, field=field, name="Mô hình thêm", **{**boxes, **REGISTRATION, **changes, **fixed}
    )


def changes_of(changes):
    return {**changes, **({"subject": RegulationSubject.objects.get(code=changes["subject"])} if "subject" in changes else {})}


def others(model, ward):
    """What a record of the model needs besides its unit and what the figure asks for."""
    if model is Award:
        return {"name": "Khối dân vận phường", "decision_number": "9-QĐ/X", **AWARD}
    if model is Regulation:
        subject = RegulationSubject.objects.get(code="phuong_nghia_trang")
        numbered = {"number": "9/X", "issued_on": DAY, "in_force_from": DAY, "status": "hieu_luc"}
        return {"name": "Quy chế thêm", "subject": subject, **numbered}
    if model is Disclosure:
        return {"content": "Thêm", "body": "UBND", "channel": "niem_yet", "disclosed_on": DAY}
    if model is SupervisionRound:
        kind = {"form": "doan_giam_sat", "rhythm": "thuong_xuyen"}
        return {"title": "Cuộc thêm", "team": "Đoàn giám sát", "held_from": DAY, "held_on": DAY, **kind}
    if model is Recommendation:
        other = Unit.objects.get(code="BM")
        dates = {"sent_on": DAY, "due_rule": LegalNumber.objects.first(), "due_on": DAY + datetime.timedelta(days=15)}
        return {"addressed_to": other, "title": "Kiến nghị thêm", "content": "Kiến nghị thêm", **dates}
    if model is DialogueObligation:  # of a year nobody has planned for; the figure reads the day alone
        return {"year": 2030, "head_title": "Bí thư", "planned_on": DAY, "due_on": DAY}
    if model is Dialogue:
        return {"kind": "dot_xuat", "topic": "Thêm", "chair_title": "Bí thư", "held_on": DAY, "status": "da_to_chuc", "attendance": 7}
    dialogue = Dialogue.objects.filter(held_on__year=2019).first()
    if model is Question:
        return {"dialogue": dialogue, "asked_on": DAY, "position": 999, "content": "Câu hỏi thêm"}
    return {"dialogue": dialogue, "owner": ward, "content": "Cam kết thêm", "due_on": DAY, "deadline_on": DAY}


def counted_in(item, record):
    """Independent of the query: whether one record more is expected in the figure (through its own list condition)."""
    return (
        isinstance(record, item.of.model)
        and item.of.model.objects.filter(item.condition(datetime.date(2019, 1, 1), datetime.date(2019, 12, 31)), pk=record.pk).exists()
    )


def dependents(codes):
    derived = [f for f in registry.all_figures().values() if isinstance(f, Rate | Balance)]
    parts = {f.code: {f.numerator, f.denominator} if isinstance(f, Rate) else {*f.plus, *f.minus} for f in derived}
    return codes | {code for code, used in parts.items() if used & codes}


def changes(before, after):
    """The tokens that differ between two texts that otherwise are the same words; "—" stands where a rate has no number yet."""
    old, new = (re.split(r"(\d[\d.,]*%?|—)", text) for text in (before, after))
    assert [re.sub(r"\s+", " ", t) for t in old[::2]] == [re.sub(r"\s+", " ", t) for t in new[::2]], "words changed, not only numbers"
    return [(a.strip(".,"), b.strip(".,")) for a, b in zip(old[1::2], new[1::2], strict=True) if a != b]


def changed_numbers(before, after):
    return set(changes(before, after))


def bodies(before, after):
    """Both bodies; without what is not a paragraph when the new record is itself a line of a table or list there."""
    if shape(before[0]) == shape(after[0]):
        return before[1], after[1]
    return [words(render_html(only_paragraphs(snapshot))) for snapshot, *_ in (before, after)]


def shape(snapshot):
    return [[(b["type"], len(b.get("rows") or b.get("items") or ())) for b in s.get("blocks", ())] for s in snapshot["sections"]]


def only_paragraphs(snapshot):
    kept = [{**s, "blocks": [b for b in s.get("blocks", ()) if b["type"] == "paragraph"]} for s in snapshot["sections"]]
    return {**snapshot, "appendices": [], "sections": kept}


def test_every_counted_figure_has_its_record():
    assert {item.code for item in registry.counted()} == set(RECORDS)


@pytest.mark.django_db
@pytest.mark.parametrize("code", RECORDS)
def test_one_record_more_moves_exactly_its_number(demo, code):
    before = demo
    with transaction.atomic():
        record = add(*RECORDS[code])
        after = read()
        moved = {item.code for item in registry.counted() if counted_in(item, record)}
        transaction.set_rollback(True)
    assert code in moved
    old, new = values_of(before[0]), values_of(after[0])
    assert {c for c in new if new[c] != old[c]} == {c for c in dependents(moved) if new[c] != old[c]} >= moved
    step = 7 if code in SEVEN else 1
    assert number(new[code]) == number(old[code]) + step
    expected = {(a, b) for c in dependents(moved) for a in padded(old[c]) for b in padded(new[c])}
    in_pdf = changed_numbers(*bodies(before, after))
    assert padded(new[code]) & {b for _, b in in_pdf}, f"the PDF does not say {new[code]}"
    assert {pair for pair in in_pdf if pair not in expected and not is_part_of_a_table(pair)} == set()
    assert changed_numbers(before[2], after[2]) <= expected and (old[code], new[code]) in changed_numbers(before[2], after[2])
    own = {c for c in moved if registry.figure(c).owner == "don_vi"}
    assert len(changes(before[3], after[3])) >= len(own) > 0 or not own


def padded(value):
    """A count below ten stands with two digits in a sentence, plain in a table."""
    return {value, value.zfill(2)}


def is_part_of_a_table(pair):
    """Cells of the table by field and its sum: they count the same record by another key, always one more."""
    return number(pair[1]) - number(pair[0]) == 1


def number(text):
    return 0 if text == "—" else int(text.replace(".", "").rstrip("%").split(",")[0])


@pytest.mark.django_db
@pytest.mark.parametrize("code", [item.code for item in TYPED])  # of wards; what stands below them is typed in no district's demo
def test_a_typed_figure_moves_its_number_only(demo, code):
    with transaction.atomic():
        row = TypedValue.objects.filter(code=code, period_code="2019", submission__status="cho_duyet").first()
        row.value += 1
        row.save()
        after = read()
        transaction.set_rollback(True)
    old, new = values_of(demo[0]), values_of(after[0])
    assert number(new[code]) == number(old[code]) + 1
    assert {c for c in new if new[c] != old[c]} <= dependents({code})
    pairs = changed_numbers(demo[1], after[1])
    assert {(a, b) for a in padded(old[code]) for b in padded(new[code])} & pairs
    assert (old[code], new[code]) in changed_numbers(demo[2], after[2])
