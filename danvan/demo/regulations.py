"""Regulations of the district, wards, schools, the market and agencies, and two years of the wards' disclosures."""

import datetime
from dataclasses import dataclass
from itertools import pairwise

from django.contrib.contenttypes.models import ContentType
from simple_history.utils import bulk_create_with_history

from danvan.catalogues.models import LegalBasis, LegalNumber, RegulationSubject
from danvan.demo.accounts import officer_of
from danvan.demo.calendar import moment_of
from danvan.demo.content.registrations import WARDS
from danvan.demo.units import ROOT
from danvan.figures.periods import span_of
from danvan.units.models import Kind, Unit
from danvan.workflow.models import StatusChange
from regulations.choices import DAYS_OF, ENDED, Applies, Channel, Scope, Status
from regulations.models import Disclosure, NilReturn, Regulation, RegulationDuty
from regulations.selectors import DISCLOSURES

ENTERED_FROM = datetime.date(2018, 1, 15)  # older regulations were entered when the portal was opened
TODAY = datetime.date(2020, 1, 8)
ORDINANCE, DECREE = "34/2007/PL-UBTVQH11", "04/2015/NĐ-CP"
ONE_DAY = datetime.timedelta(days=1)

# subject, office in charge, the old one (number, issued on) or None, the new one (number, issued on, in force from)
DISTRICT = [
    ("quan_trat_tu_xay_dung", "P-QLDT", ("412-QĐ/QU", "2010-06-15"), ("1145-QĐ/QU", "2016-09-20", "2016-10-01")),
    ("quan_giai_phong_mat_bang", "P-TNMT", ("538-QĐ/QU", "2011-04-12"), ("1302-QĐ/QU", "2017-03-15", "2017-04-01")),
    ("quan_thue_ho_kinh_doanh", "P-KT", None, ("1388-QĐ/QU", "2017-08-10", "2017-08-15")),
    ("quan_cap_giay_chung_nhan", "P-TNMT", ("640-QĐ/QU", "2012-05-22"), ("1521-QĐ/QU", "2018-05-24", "2018-06-01")),
    ("quan_trat_tu_do_thi", "P-QLDT", ("733-QĐ/QU", "2013-03-18"), ("1176-QĐ/QU", "2016-12-12", "2017-01-01")),
    ("quan_ve_sinh_moi_truong", "P-TNMT", ("751-QĐ/QU", "2013-08-06"), ("1704-QĐ/QU", "2019-04-09", "2019-04-15")),
]
BURIAL = "phuong_nghia_trang"
BURIAL_DUTY = dict.fromkeys(["AP", "BM", "CD", "LH"], Applies.NOT) | dict.fromkeys(["DS", "HL", "HT", "KL"], Applies.BY_FEATURES)
# what is missing, though it has to be, and the drafts of the last weeks
MISSING = {
    ("BM", "phuong_qcdc_co_quan"), ("HT", "phuong_tai_san_cong"), ("LH", "phuong_ttnd_gsdtcd"), ("HT", BURIAL),
    ("THCS-KL", "truong_tai_san_cong"), ("P-LDTBXH", "co_quan_hoat_dong"), ("P-TP", "co_quan_hoat_dong"),
}  # fmt: skip
DRAFTS = {("CD", "phuong_tai_san_cong"): "2019-12-10", ("TH-AP", "truong_tdkt_tiep_dan"): "2019-12-18"}
AGENCY_DUTY = {"CA": Applies.NOT, "BCHQS": Applies.NOT} | dict.fromkeys(["PN", "TN", "CCB", "LDLD"], Applies.BY_FEATURES)
MASS_ISSUED = {"PN", "LDLD"}
SIGNERS = {
    Scope.WARD: ("QĐ-UBND", "Chủ tịch UBND phường"), Scope.SCHOOL: ("QĐ-NT", "Hiệu trưởng"),
    Scope.MARKET: ("QĐ-BQLC", "Trưởng Ban Quản lý"), Scope.AGENCY: ("QĐ-CQ", "Thủ trưởng cơ quan"),
}  # fmt: skip


def create_democracy(units, users):
    """(regulations, disclosures, nil returns)"""
    create_duties(units, users["chuyen-vien"])
    return create_regulations(units, users), create_disclosures(units, users), create_nil_returns(units, users)


# --- duties and regulations ------------------------------------------------------------------


def subjects():
    return {subject.code: subject for subject in RegulationSubject.objects.all()}


def create_duties(units, user):
    known = subjects()
    told = [(code, BURIAL, applies) for code, applies in BURIAL_DUTY.items()]
    told += [(code, "co_quan_hoat_dong", applies) for code, applies in AGENCY_DUTY.items()]
    rows = [RegulationDuty(unit=units[code], subject=known[subject], applies=applies) for code, subject, applies in told]
    for row in rows:
        row._history_user, row._history_date = user, moment_of(ENTERED_FROM, 9)
    bulk_create_with_history(rows, RegulationDuty)


@dataclass(frozen=True)
class Line:
    """One regulation to be written: an old one has `until`, a draft has no number."""

    unit: str
    subject: str
    number: str = ""
    issued_on: datetime.date | None = None
    in_force_from: datetime.date | None = None
    owner: str = ""
    until: datetime.date | None = None
    drafted_on: datetime.date | None = None


def create_regulations(units, users):
    """The old ones first, so that the new ones can name them."""
    known = subjects()
    lines = [*district_lines(), *unit_lines(units, known)]
    old = write([line for line in lines if line.until], units, users, known, {})
    replaced = {(row.unit.code, row.subject.code): row for row in old}
    new = write([line for line in lines if not line.until], units, users, known, replaced)
    rows = [*old, *new]
    cite(rows)
    record_moves(rows, users)
    return rows


def write(lines, units, users, known, replaced):
    rows = [regulation(line, units, users, known, replaced) for line in lines]
    rows = bulk_create_with_history(rows, Regulation)
    for row in rows:
        row.created_at = row.updated_at = row._history_date
    Regulation.objects.bulk_update(rows, ["created_at", "updated_at"])
    return rows


def regulation(line, units, users, known, replaced):
    subject, unit = known[line.subject], units[line.unit]
    status = Status.DRAFT if line.drafted_on else Status.REPLACED if line.until else Status.IN_FORCE
    row = Regulation(
        unit=unit, subject=subject, name=subject.name, owner_office=units.get(line.owner), number=line.number, issued_on=line.issued_on,
        in_force_from=line.in_force_from, ended_on=line.until, status=status, signer_title=signer_of(subject) if line.number else "",
        scope_words=reach_of(subject, unit), replaces=replaced.get((line.unit, line.subject)), version=1 + len(steps_to(status)),
        published_on=line.issued_on if subject.scope == Scope.DISTRICT else None,
    )  # fmt: skip
    row._history_user = officer_of(users, line.unit)
    row._history_date = moment_of(max(line.issued_on or line.drafted_on, ENTERED_FROM), 10)
    return row


def signer_of(subject):
    return "Phó Bí thư Thường trực Quận ủy" if subject.scope == Scope.DISTRICT else SIGNERS[subject.scope][1]


def reach_of(subject, unit):
    if subject.scope == Scope.DISTRICT:
        return "Các phòng, ban, đơn vị của quận, các phường và Nhân dân trên địa bàn quận."
    return f"Cán bộ, người lao động và Nhân dân có liên quan đến hoạt động của {unit}."


def district_lines():
    for subject, owner, old, (number, issued, begins) in DISTRICT:
        begins_on = day(begins)
        if old:
            yield Line(ROOT, subject, old[0], day(old[1]), day(old[1]), owner, until=begins_on - ONE_DAY)
        yield Line(ROOT, subject, number, day(issued), begins_on, owner)


def unit_lines(units, known):
    """Two rounds of issuing: years and numbers follow from the places of unit and subject, nothing is left to chance."""
    place = 0
    for code, scope in issuers(units):
        for subject in (s for s in known.values() if s.scope == scope):
            place += 1
            if (code, subject.code) in DRAFTS:
                yield Line(code, subject.code, drafted_on=day(DRAFTS[code, subject.code]))
            elif is_issued(code, subject.code):
                yield from rounds(code, subject, place)


def issuers(units):
    schools = [code for code in units if code.startswith(("TH-", "THCS-"))]
    agencies = [unit.code for unit in Unit.objects.of_kind(Kind.GOVERNMENT, Kind.AGENCY, Kind.MOBILIZATION_BOARD, Kind.FRONT, on=TODAY)]
    yield from ((code, Scope.WARD) for code in WARDS)
    yield from ((code, Scope.SCHOOL) for code in schools)
    yield "CHO-TB", Scope.MARKET
    yield from ((code, Scope.AGENCY) for code in sorted({*agencies, *MASS_ISSUED}))


def is_issued(code, subject):
    return (code, subject) not in MISSING and not (subject == BURIAL and BURIAL_DUTY[code] == Applies.NOT)


def rounds(code, subject, place):
    symbol = SIGNERS[subject.scope][0]
    new = weekday(datetime.date(2015 + place % 5, 1 + place * 5 % 12, 3 + place * 7 % 24))
    if place % 4 == 1:
        old = weekday(datetime.date(2010 + place % 4, 1 + place * 3 % 12, 3 + place * 5 % 24))
        yield Line(code, subject.code, f"{20 + place * 29 % 110}/{symbol}", old, old, until=new - ONE_DAY)
    owner = "P-KT" if subject.scope == Scope.MARKET else ""
    yield Line(code, subject.code, f"{31 + place * 37 % 160}/{symbol}", new, new, owner)


def cite(rows):
    """The ordinance everywhere; the decree on agencies besides it where the regulation is younger."""
    bases = {basis.number: basis for basis in LegalBasis.objects.filter(number__in=[ORDINANCE, DECREE])}
    through = Regulation.legal_bases.through
    links = [through(regulation=row, legalbasis=bases[ORDINANCE]) for row in rows]
    links += [
        through(regulation=row, legalbasis=bases[DECREE]) for row in rows if row.issued_on and row.issued_on >= bases[DECREE].valid_from
    ]
    through.objects.bulk_create(links)
    keep_cited(rows, links)


def keep_cited(rows, links):
    """The same in the history, as a form would have left it."""
    past = Regulation.history.model
    entered = dict(past.objects.filter(id__in=[row.pk for row in rows]).values_list("id", "history_id"))
    kept = past.legal_bases.model
    kept.objects.bulk_create(
        kept(history_id=entered[link.regulation_id], id=link.pk, regulation_id=link.regulation_id, legalbasis_id=link.legalbasis_id)
        for link in links
    )


def steps_to(status):
    path = [Status.DRAFT, Status.IN_FORCE, Status.REPLACED]
    return list(pairwise(path))[: path.index(status)]


def record_moves(rows, users):
    """What regulations.services leaves: one StatusChange for each step."""
    kind = ContentType.objects.get_for_model(Regulation)
    successors = {row.replaces_id: row for row in rows if row.replaces_id}
    changes = []
    for row in rows:
        for before, after in steps_to(row.status):
            ended = after in ENDED
            on = row.ended_on + ONE_DAY if ended else row.issued_on
            changes.append(
                StatusChange(
                    content_type=kind, object_id=row.pk, from_status=before, to_status=after, changed_by=row._history_user,
                    changed_at=moment_of(max(on, ENTERED_FROM), 11 if ended else 10, 30),
                    note=f"Được thay thế bằng {successors[row.pk].number}" if ended else "",
                )
            )  # fmt: skip
    StatusChange.objects.bulk_create(changes)


# --- disclosures and nil returns ------------------------------------------------------------

QUARTERS = [f"{year}-Q{quarter}" for year in (2018, 2019) for quarter in (1, 2, 3, 4)]
NIL = {("LH", "2018-Q1"): "2018-03-29", ("KL", "2018-Q3"): "2018-09-27", ("CD", "2019-Q1"): "2019-03-28", ("DS", "2019-Q3"): "2019-09-26"}
NOTHING = {("HT", "2018-Q2"), ("AP", "2019-Q4")}  # neither a record nor a nil return
QUARTER_NAMES = ["quý I", "quý II", "quý III", "quý IV"]
TOPICS = [
    ("Tình hình thực hiện dự toán ngân sách phường {quarter} năm {year}", Channel.POSTING),
    ("Danh mục thủ tục hành chính tiếp nhận tại bộ phận một cửa", Channel.PORTAL),
    ("Kết quả giải quyết đơn thư, kiến nghị {quarter} năm {year}", Channel.CONFERENCE),
    ("Mức thu phí, lệ phí và các khoản đóng góp năm {year}", Channel.POSTING),
    ("Kế hoạch cải tạo ngõ, rãnh thoát nước các tổ dân phố", Channel.LOUDSPEAKER),
    ("Kết quả rà soát hộ nghèo, hộ cận nghèo năm {year}", Channel.POSTING),
    ("Lịch tiếp công dân của lãnh đạo phường {quarter} năm {year}", Channel.POSTING),
    ("Thu, chi Quỹ Đền ơn đáp nghĩa và Quỹ Vì người nghèo {quarter} năm {year}", Channel.RESIDENTIAL_HEAD),
    ("Tiến độ giải phóng mặt bằng các dự án trên địa bàn phường", Channel.POSTING),
    ("Kế hoạch ra quân lập lại trật tự đô thị, vệ sinh môi trường {quarter} năm {year}", Channel.LOUDSPEAKER),
    ("Điều kiện, mức vay vốn của Ngân hàng Chính sách xã hội", Channel.ORGANIZATIONS),
    ("Tiếp thu ý kiến của cử tri và Nhân dân {quarter} năm {year}", Channel.RECEPTION),
]


def create_disclosures(units, users):
    rules = {number.code: number for number in LegalNumber.objects.in_force(TODAY).filter(code__in=DAYS_OF.values())}
    rows = []
    for place, ward in enumerate(WARDS):
        for at, key in enumerate(QUARTERS):
            if (ward, key) not in NIL and (ward, key) not in NOTHING:
                rows += quarter_rows(units[ward], place, at, key, rules)
    for row in rows:
        row._history_user, row._history_date = officer_of(users, row.unit.code), moment_of(row.disclosed_on, 14)
    rows = bulk_create_with_history(rows, Disclosure)
    for row in rows:
        row.created_at = row.updated_at = row._history_date
    Disclosure.objects.bulk_update(rows, ["created_at", "updated_at"])
    return rows


def quarter_rows(unit, place, at, key, rules):
    """Two to five disclosures of one ward and quarter."""
    starts_on = span_of(key)[0]
    words = {"quarter": QUARTER_NAMES[int(key[-1]) - 1], "year": key[:4]}
    for number in range(2 + (place * 3 + at * 5) % 4):
        seed = place * 11 + at * 5 + number * 7
        topic, channel = TOPICS[(place + at + number * 5) % len(TOPICS)]
        disclosed_on = weekday(starts_on.replace(month=starts_on.month + number % 3, day=3 + seed % 22))
        yield Disclosure(
            unit=unit, content=topic.format(**words), body=f"UBND p{unit.name[1:]}", channel=channel,
            plan_number=f"{12 + seed % 70}/KH-UBND" if seed % 3 else "", disclosed_on=disclosed_on,
            posted_until=until(channel, disclosed_on, seed), day_rule=rules.get(DAYS_OF.get(channel)),
        )  # fmt: skip


def until(channel, disclosed_on, seed):
    """The last day of a posting or broadcast; now and then too early, and open where it still runs."""
    if channel not in DAYS_OF:
        return None
    days = (18 if seed % 9 == 0 else 30 + seed % 6) if channel == Channel.POSTING else (1 if seed % 11 == 0 else 2 + seed % 3)
    last = disclosed_on + datetime.timedelta(days=days)
    return last if last <= TODAY else None


def create_nil_returns(units, users):
    rows = [
        NilReturn(
            unit=units[ward], register_code=DISCLOSURES, period=key, declared_by=officer_of(users, ward), declared_at=moment_of(day(on), 15)
        )
        for (ward, key), on in NIL.items()
    ]
    return NilReturn.objects.bulk_create(rows)


# --- days -----------------------------------------------------------------------------------


def day(text):
    return datetime.date.fromisoformat(text)


def weekday(on):
    """The day itself, or the Monday after a weekend."""
    return on + datetime.timedelta(days=max(7 - on.weekday(), 0) if on.weekday() > 4 else 0)
