"""The campaigns and registrations of "Dân vận khéo", with the steps they took."""

import copy
import datetime

from django.contrib.contenttypes.models import ContentType
from simple_history.utils import bulk_create_with_history

from danvan.catalogues.models import FieldOfWork, holidays
from danvan.common import clock
from danvan.demo.accounts import officer_of
from danvan.demo.calendar import moment_of, on
from danvan.demo.content import later_years
from danvan.demo.content.registrations import registrations_2018, registrations_2019
from danvan.demo.content.shapes import BOXES
from danvan.demo.stages import YEARS, Step, plan
from danvan.demo.units import ROOT
from danvan.workflow.models import StatusChange
from models_awards.choices import Level, Stage
from models_awards.models import Campaign, Registration, StageRecord
from models_awards.services import DATE_OF

RECORDS = {2018: registrations_2018, 2019: registrations_2019}
LATE_UNTIL = {2018: datetime.date(2018, 12, 31), 2019: datetime.date(2020, 1, 31)}
GUIDANCE = (
    "Mỗi mô hình, điển hình ghi đủ chín nội dung: tên; thực trạng, lý do; mục tiêu; nội dung, cách thức; địa bàn, đối tượng; "
    "lực lượng; nguồn lực và thời gian; sản phẩm, kết quả đầu ra; khả năng duy trì, nhân rộng. Không đăng ký trùng với phong trào "
    "do đơn vị khác chủ trì; mô hình tiếp tục từ năm trước cần nêu kết quả mới."
)
REPLICATED_ON = datetime.date(2019, 5, 16)


def create_registrations(units, users, years):
    """{year: [registrations in the order of the content]}"""
    found = {}
    for year in years:
        campaign = create_campaign(year, units[ROOT], users["chuyen-vien"])
        former = {(r.unit.code, r.name): r for r in found.get(year - 1, [])}
        records = RECORDS[year]() if year in RECORDS else later_years.registrations(year, days_from(year))
        found[year] = create_year(campaign, records, units, users, former)
    return found


def days_from(year):
    """The day of the n-th registration: a working day between the Tết break and the end of April."""
    known = holidays()
    first = datetime.date(year, 2, 20)
    return lambda number: clock.add_working_days(first, 1 + number * 29 % 40, known)


def create_campaign(year, unit, user):
    opens_on = datetime.date(year, 1, 15)
    campaign = Campaign(
        unit=unit, year=year, name=f"Đăng ký “Dân vận khéo” năm {year}", guidance=GUIDANCE, opens_on=opens_on,
        closes_on=datetime.date(year, 4, 26), late_until=LATE_UNTIL.get(year, datetime.date(year, 12, 31)), published_on=opens_on,
    )  # fmt: skip
    campaign._history_user = user
    with on(opens_on, 8):
        campaign.save()
    return campaign


def create_year(campaign, records, units, users, former):
    """Written as they were registered, then moved along their steps: the same rows that the services would leave."""
    fields = {field.code: field for field in FieldOfWork.objects.all()}
    planned = plan(campaign.year, records)
    rows = [registration(campaign, record, units, users, fields, former) for record, _ in planned]
    rows = bulk_create_with_history(rows, Registration)
    moves = [
        (row, with_replication(campaign.year, place, steps)) for place, (row, (_, steps)) in enumerate(zip(rows, planned, strict=True))
    ]
    record_steps(moves, users["chuyen-vien"])
    return rows


def registration(campaign, record, units, users, fields, former):
    row = Registration(
        campaign=campaign, unit=units[record["unit"]], field=fields[record["field"]], name=record["title"], kind=record["kind"],
        subject_type=record["subject_type"], registered_on=record["registered_on"], households=record["households"],
        continues=former.get((record["unit"], record["continues"])), **{box: record[box] for box in BOXES},
    )  # fmt: skip
    row._history_user = officer_of(users, record["unit"])
    row._history_date = moment_of(record["registered_on"], 10)
    return row


def with_replication(year, place, steps):
    rewarded = bool(steps) and steps[-1].stage == Stage.REWARDED
    if year == min(YEARS) and rewarded and place % 8 == 0:
        return [*steps, Step(Stage.REPLICATED, REPLICATED_ON, note="Đã có đơn vị khác học tập, làm theo.")]
    return steps


# --- the steps --------------------------------------------------------------------------


def record_steps(moves, user):
    """What models_awards.services.record_stage leaves, for many at once: steps, status changes, dates, version."""
    kind = ContentType.objects.get_for_model(Registration)
    stages = [stage_record(row, step, user) for row, steps in moves for step in steps]
    bulk_create_with_history(stages, StageRecord)
    changes = [change for row, steps in moves for change in status_changes(row, steps, user, kind)]
    StatusChange.objects.bulk_create(changes)
    states = [state for row, steps in moves for state in settled(row, steps, user)]
    Registration.history.bulk_history_create(states, update=True, batch_size=500)
    Registration.objects.bulk_update(
        [row for row, _ in moves],
        ["status", "version", "surveyed_on", "appraised_on", "recognised_on", "recognised_level", "created_at", "updated_at"],
    )


def stage_record(row, step, user):
    record = StageRecord(
        registration=row, stage=step.stage, level=step.level, held_on=step.held_on,
        decision_number=step.decision_number, occasion=step.occasion, note=step.note,
    )  # fmt: skip
    record._history_user, record._history_date = user, moment_of(step.held_on, 15)
    return record


def status_changes(row, steps, user, kind):
    before = Stage.REGISTERED
    for step in steps:
        yield StatusChange(
            content_type=kind, object_id=row.pk, from_status=before, to_status=step.stage,
            changed_by=user, changed_at=moment_of(step.held_on, 15), note=step.note,
        )  # fmt: skip
        before = step.stage


def settled(row, steps, user):
    """Brings the row to its last step; yields it as each step left it, for the history."""
    row.created_at = row.updated_at = moment_of(row.registered_on, 10)
    for step in steps:
        row.status = step.stage
        row.version += 1
        if step.stage in DATE_OF:
            setattr(row, DATE_OF[step.stage], step.held_on)
        if step.stage == Stage.RECOGNISED:
            row.recognised_level = Level(step.level)
        yield state_of(row, user, moment_of(step.held_on, 15), step.note)


def state_of(row, user, moment, reason=""):
    """A copy for bulk_history_create: the row as it stood then, who brought it there and why."""
    state = copy.copy(row)
    state._history_user, state._history_date, state._change_reason = user, moment, reason
    return state
