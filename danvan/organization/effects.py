"""What a decision means for people, records, reports and numbers, told before it is applied."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from danvan.access.roles import ADMINISTRATOR
from danvan.accounts.models import Membership
from danvan.common import clock
from danvan.common.text import format_date, format_number
from danvan.figures.models import FigureValue
from danvan.figures.periods import span_of
from danvan.organization.wording import fates, listed
from danvan.registers.registry import all_registers
from danvan.reporting.freezing import issued_reports
from danvan.reporting.snapshot import context_of
from danvan.submissions.choices import Status
from danvan.submissions.models import Period, Submission
from danvan.submissions.selectors import owing_places
from danvan.units.models import DecidedUnit
from danvan.workflow.states import open_statuses

APART = {"submission", "typed_value", "unit_decision"}  # registers that have their own column, or none


# --- people -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Carried:
    """A membership that goes on for the successor; `unit` and `sees` are keys of the plan."""

    user: object
    role: str
    role_words: str
    unit: object
    sees: object


def active_memberships(keys):
    return Membership.objects.in_force(clock.today()).filter(unit__in=keys, user__is_active=True).select_related("user", "unit", "sees")


def carried(plan, by):
    """People of a unit with one successor work for that successor too; whoever sets up a new top looks after it."""
    found = {}
    for membership in active_memberships([place.key for place in plan.ended]):
        heirs = plan.heirs_of(membership.unit_id)
        if len(heirs) == 1:
            row = Carried(membership.user, membership.role, membership.get_role_display(), heirs[0], seen_now(plan, membership, heirs[0]))
            found.setdefault((row.user.pk, row.role, row.unit), row)
    for place in plan.changed:
        if isinstance(place.key, DecidedUnit) and place.parent is None:
            words = dict(Membership._meta.get_field("role").flatchoices)[ADMINISTRATOR]
            found[by.pk, ADMINISTRATOR, place.key] = Carried(by, ADMINISTRATOR, words, place.key, place.key)
    have = {(m.user_id, m.role, m.unit_id) for m in active_memberships([row.unit for row in found.values() if row.unit in plan.before])}
    return [row for key, row in found.items() if key not in have]


def seen_now(plan, membership, successor):
    """Who saw the own unit sees the successor; who saw the unit above sees the one above the successor."""
    if membership.sees_id == membership.unit_id:
        return successor
    if membership.sees_id == plan.before[membership.unit_id].parent:
        return plan.after[successor].parent or successor
    return membership.sees_id


def people_words(plan, by):
    """Sentences about accounts."""
    rows = carried(plan, by)
    groups = defaultdict(list)
    for row in rows:
        groups[row.unit].append(row)
    told = [
        f"{len({row.user.pk for row in group})} tài khoản làm việc cho {plan.after[unit].name} ngay khi áp dụng: "
        f"{listed(f'{row.user} ({row.role_words})' for row in group)}."
        for unit, group in groups.items()
    ]
    told += [f"{row.user} xem toàn bộ {plan.after[row.sees].name}." for row in rows if row.sees != row.unit]
    if groups:
        told.append("Phân công ở đơn vị cũ vẫn giữ, để làm nốt việc dở; quản trị kết thúc phân công ấy khi việc đã xong.")
    left = active_memberships([place.key for place in plan.ended if len(plan.heirs_of(place.key)) != 1])
    alone = Counter(m.unit_id for m in left if m.user_id not in employed(plan, {m.user_id for m in left}))
    told += [
        f"{count} tài khoản của {plan.before[unit].name} chưa có đơn vị mới: vẫn làm nốt việc dở, anh/chị phân công lại."
        for unit, count in alone.items()
    ]
    return told or ["Không có tài khoản nào phải chuyển."]


def employed(plan, users):
    """Those of the users who also work for a unit that lives on."""
    rows = Membership.objects.in_force(clock.today()).filter(user__in=users).values_list("user", "unit")
    return {user for user, unit in rows if unit in plan.after and not plan.after[unit].closed}


# --- records, reports, numbers -------------------------------------------------------------------


@dataclass
class Impact:
    """One line of the table: what becomes of a unit and what it has."""

    name: str
    fate: str
    accounts: int
    records: int
    open_records: int
    open_reports: list  # periods whose report is not accepted yet
    years: str


def impacts(plan):
    told = fates(plan)
    direct = [place for place in plan.changed if place.key in told and plan.before[place.key] != place]
    keys = [place.key for place in direct]
    records, reports, years = records_of(keys), open_reports(keys), years_of(keys)
    accounts = Counter(m.unit_id for m in active_memberships(keys))
    rows = [
        Impact(plan.before[k].name, told[k], accounts[k], *records[k], reports[k], years[k]) for k in sorted(keys, key=lambda k: told[k])
    ]
    return rows


def records_of(keys):
    """{unit: [records, those that still wait for somebody]} over all registers."""
    found = defaultdict(lambda: [0, 0])
    for register in all_registers():
        if register.code in APART:
            continue
        model = register.model
        waiting = Q(status__in=open_statuses(model)) if hasattr(model, "TRANSITIONS") else Q(pk__in=[])
        rows = model._default_manager.filter(**{f"{register.unit}__in": keys}).order_by().values(register.unit)
        for row in rows.annotate(records=Count("pk"), waiting=Count("pk", filter=waiting)):
            found[row[register.unit]][0] += row["records"]
            found[row[register.unit]][1] += row["waiting"]
    return found


def open_reports(keys):
    """{unit: periods that have begun, whose report it owes and that is not accepted}"""
    found = defaultdict(list)
    for period in Period.objects.filter(opens_on__lte=clock.today()).select_related("regime", "unit").order_by("ends_on", "pk"):
        owing = owing_places(period).filter(unit__in=keys).values_list("unit", flat=True)
        done = Submission.objects.filter(period=period, unit__in=keys, status=Status.ACCEPTED).values_list("unit", flat=True)
        for key in set(owing) - set(done):
            found[key].append(str(period))
    return found


def years_of(keys):
    """{unit: "2018–2024"}: the years with accepted numbers"""
    found = defaultdict(set)
    for unit, period in FigureValue.objects.filter(unit__in=keys).values_list("unit", "period").distinct():
        found[unit].add(span_of(period)[1].year)
    return defaultdict(str, {unit: f"{min(years)}–{max(years)}" if len(years) > 1 else str(*years) for unit, years in found.items()})


def series_words(plan):
    """How the numbers of units that end are read from now on."""
    told = []
    for successor in dict.fromkeys(new for _, new in plan.heirs):
        olds = [old for old, new in plan.heirs if new == successor and len(plan.heirs_of(old)) == 1]
        if olds:
            name, parts = plan.after[successor].name, [plan.before[old].name for old in olds]
            told.append(f"Theo đơn vị hôm nay, số liệu các năm trước của {listed(parts)} cộng vào {name}; tỷ lệ tính lại từ số đếm.")
    for old in dict.fromkeys(old for old, _ in plan.heirs if len(plan.heirs_of(old)) > 1):
        told.append(f"{plan.before[old].name} đã chia tách: số liệu các năm trước đứng riêng, không cộng dồn cho đơn vị nào.")
    told.append(f"Kỳ có ngày cuối trước {format_date(plan.day)} vẫn đọc theo cơ cấu và tên gọi cũ, trong mọi danh sách và báo cáo.")
    return told


def records_words(rows):
    count, waiting = sum(row.records for row in rows), sum(row.open_records for row in rows)
    if not count:
        return ["Các đơn vị này chưa có hồ sơ nào."]
    words = f", trong đó {format_number(waiting)} hồ sơ chưa kết thúc," if waiting else ""
    return [
        f"{format_number(count)} hồ sơ{words} vẫn đứng tên đơn vị đã lập, không hồ sơ nào đổi đơn vị.",
        "Đơn vị kế tục xem được hồ sơ của đơn vị cũ; đơn vị khác không thấy thêm gì.",
    ]


def report_words(rows):
    told = [f"{row.name} còn báo cáo kỳ chưa duyệt xong: {listed(row.open_reports)}." for row in rows if row.open_reports]
    return told or ["Không còn báo cáo kỳ nào chưa duyệt xong."]


# --- what stands in the way --------------------------------------------------------------------------


def closed_after(keys, day):
    """Sentences about numbers that were closed by the tree as it stands and would read another one."""
    rows = Submission.objects.filter(status=Status.ACCEPTED, unit__in=keys, period__ends_on__gte=day).select_related("unit", "period")
    told = [f"Báo cáo {row.period} của {row.unit} đã duyệt." for row in rows.order_by("period__ends_on", "unit__sort_key")]
    for report in issued_reports():
        if span_of(report.period)[1] >= day and not set(keys).isdisjoint(context_of(report).position):
            told.append(f"“{report}” đã phát hành.")
    return told
