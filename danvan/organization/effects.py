"""What a decision means for people, records, reports and numbers, told before it is applied."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q

from danvan.access.roles import ADMINISTRATOR
from danvan.accounts.models import Membership, User
from danvan.common import clock
from danvan.common.text import format_date, format_number
from danvan.figures.models import FigureValue
from danvan.figures.periods import span_of
from danvan.organization.wording import fates, listed
from danvan.registers.registry import all_registers
from danvan.reporting.freezing import issued_about
from danvan.submissions.choices import Status
from danvan.submissions.models import Period, Submission
from danvan.submissions.selectors import owes
from danvan.units.models import DecidedUnit
from danvan.units.selectors import valid_among, versions_of
from danvan.workflow.states import open_statuses

APART = {"submission", "typed_value", "unit_decision"}  # registers that have their own column, or none


# --- people -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Carried:
    """A membership that goes on by the decision; `unit` and `sees` are keys of the plan."""

    user: User
    role: str
    unit: Any
    sees: Any
    ends_on: Any = None
    acting: bool = False
    stays_at: str = ""  # the name of the unit where it lives on and only what is seen from it ended

    @property
    def words(self):
        role = Membership(role=self.role, acting=self.acting).role_words
        return f"{self.user} ({role}{f', đến {format_date(self.ends_on)}' if self.ends_on else ''})"

    def covered_by(self, other, plan):
        """The other one gives the same work, sees as much and lasts as long."""
        same = (self.user.pk, self.role, self.unit) == (other.user.pk, other.role, other.unit)
        lasts = other.ends_on is None or (self.ends_on is not None and self.ends_on <= other.ends_on)
        return same and lasts and other.sees in plan.path(self.sees)


def active_memberships(keys, *columns):
    """Memberships in force today of active accounts, that name one of the units in one of the columns."""
    named = reduce(or_, (Q(**{f"{column}__in": keys}) for column in columns or ["unit"]))
    rows = Membership.objects.in_force(clock.today()).filter(named, user__is_active=True)
    return rows.select_related("user", "unit", "sees").order_by("pk")


def carried(plan, by):
    """People of a unit with one successor work for that successor too, and who saw it from elsewhere sees the successor;
    whoever sets up a new top looks after it. What somebody does already, seeing as much and as long, is not given again."""
    ended = {place.key for place in plan.ended}
    found = [_goes_on(plan, ended, membership) for membership in active_memberships(ended, "unit", "sees")]
    tops = [place.key for place in plan.changed if isinstance(place.key, DecidedUnit) and place.parent is None]
    found = [row for row in found if row] + [Carried(by, ADMINISTRATOR, top, top) for top in tops]
    held = [
        Carried(m.user, m.role, m.unit_id, m.sees_id, m.ends_on)
        for m in active_memberships([row.unit for row in found if row.unit in plan.before])
    ]
    kept: list[Carried] = []
    for row in found:
        if not any(row.covered_by(other, plan) for other in [*held, *kept]):
            kept = [*(other for other in kept if not other.covered_by(row, plan)), row]
    return kept


def _goes_on(plan, ended, membership):
    """What becomes of a membership whose unit ended, or whose sight; None where the administrator has to decide."""
    unit, stays = plan.heir(membership.unit_id), membership.unit_id not in ended
    if unit is None or (stays and plan.heir(membership.sees_id) is None):
        return None
    sees = seen_now(plan, membership, unit)
    return Carried(
        membership.user, membership.role, unit, sees, membership.ends_on, membership.acting, str(membership.unit) if stays else ""
    )


def seen_now(plan, membership, unit):
    """Who saw the own unit sees the successor; who saw the unit above sees the one above the successor; else its successor."""
    if membership.unit_id != unit and membership.sees_id == membership.unit_id:
        return unit
    if membership.unit_id != unit and membership.sees_id == plan.before[membership.unit_id].parent:
        return plan.after[unit].parent or unit
    heir = plan.heir(membership.sees_id)
    return membership.sees_id if heir is None else heir


def people_words(plan, by):
    """Sentences about accounts."""
    rows = carried(plan, by)
    groups = defaultdict(list)
    for row in rows:
        if not row.stays_at:
            groups[row.unit].append(row)
    told = [
        f"{len({row.user.pk for row in group})} tài khoản làm việc cho {plan.after[unit].name} ngay khi áp dụng: "
        f"{listed(row.words for row in group)}."
        for unit, group in groups.items()
    ]
    told += [sight_words(plan, row) for row in rows if row.stays_at or row.sees != row.unit]
    if rows:
        told.append("Phân công ở đơn vị cũ vẫn giữ, để làm nốt việc dở; quản trị kết thúc phân công ấy khi việc đã xong.")
    left = active_memberships([place.key for place in plan.ended if plan.heir(place.key) is None])
    alone = Counter(m.unit_id for m in left if m.user_id not in employed(plan, {m.user_id for m in left}))
    told += [
        f"{count} tài khoản của {plan.before[unit].name} chưa có đơn vị mới: vẫn làm nốt việc dở, anh/chị phân công lại."
        for unit, count in alone.items()
    ]
    told += [
        f"{m.user} ({m.role_words}, {m.unit}) chỉ còn xem {plan.after[m.sees_id].name}, đơn vị đã kết thúc: anh/chị phân công lại."
        for m in active_memberships([place.key for place in plan.ended if plan.heir(place.key) is None], "sees")
        if plan.heir(m.unit_id) == m.unit_id
    ]
    return told or ["Không có tài khoản nào phải chuyển."]


def sight_words(plan, row):
    """What is seen beyond the own unit, or from a unit that lives on."""
    seen = plan.after[row.sees]
    if seen.closed:
        return f"{row.user} chỉ còn xem {seen.name}, đơn vị đã kết thúc: anh/chị phân công lại."
    where = f" vẫn làm việc cho {row.stays_at} và" if row.stays_at else ""
    return f"{row.user}{where} xem toàn bộ {seen.name}."


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
    found, versions = defaultdict(list), versions_of(keys)
    done = set(Submission.objects.filter(unit__in=keys, status=Status.ACCEPTED).values_list("period", "unit"))
    for period in Period.objects.filter(opens_on__lte=clock.today()).select_related("regime").order_by("ends_on", "pk"):
        for key in keys:
            place = valid_among(versions[key], period.ends_on)
            if place and owes(place, period) and (period.pk, key) not in done:
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


def closed_by(plan):
    """What the plan may not change any more. A new unit would enter every document about the units above it."""
    keys = [place.key for place in plan.changed if place.key in plan.before]
    above = {key for place in plan.changed for key in plan.path(place.key) if place.key not in plan.before and key in plan.before}
    return closed_after(keys, plan.day, above)


def closed_after(keys, day, above=()):
    """Sentences about numbers that were closed by the tree as it stands and would read another one."""
    rows = Submission.objects.filter(status=Status.ACCEPTED, unit__in=keys, period__ends_on__gte=day).select_related("unit", "period")
    told = [f"Báo cáo {row.period} của {row.unit} đã duyệt." for row in rows.order_by("period__ends_on", "unit__sort_key")]
    return told + [f"“{report}” đã phát hành." for report in issued_about({*keys, *above}, day)]
