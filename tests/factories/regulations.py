"""Regulations, duties, disclosures, quarters without records. An issued regulation is issued by its service."""

import datetime

from danvan.catalogues.models import RegulationSubject
from danvan.common import clock
from regulations import choices, services
from regulations.models import Disclosure, NilReturn, Regulation, RegulationDuty


def subjects():
    return list(RegulationSubject.objects.order_by("scope", "position", "pk"))


def new_duty(unit, subject=None):
    return RegulationDuty.objects.create(unit=unit, subject=subject or subjects()[0], applies=choices.Applies.BY_FEATURES)


def new_regulation(unit, *, words, by=None, subject=None, published_on=None, issued_on=datetime.date(2019, 5, 20), **values):
    """A draft; with `by` it is issued."""
    row = Regulation.objects.create(
        unit=unit, subject=subject or subjects()[0], name=f"Quy chế {words}", number=f"QĐ {words}"[:60], issued_on=issued_on,
        in_force_from=issued_on, scope_words=f"Phạm vi {words}", signer_title=f"Chủ tịch {words}", published_on=published_on, **values,
    )  # fmt: skip
    return services.issue_regulation(row, by=by) if by else row


def new_disclosure(unit, *, words, disclosed_on=datetime.date(2019, 5, 20)):
    channel = choices.Channel.POSTING
    return Disclosure.objects.create(
        unit=unit, content=f"Dự toán {words}", body=f"UBND {words}", plan_number=f"KH {words}", note=f"Ghi chú {words}", channel=channel,
        disclosed_on=disclosed_on, day_rule=services.day_rule(channel, disclosed_on),
    )  # fmt: skip


def new_nil_return(unit, *, by, period="2019-Q3", words="", withdrawn=False):
    row = NilReturn.objects.create(unit=unit, register_code="disclosure", period=period, declared_by=by, declared_at=clock.now())
    if withdrawn:
        row.withdrawn_on, row.withdrawn_by, row.withdrawn_reason = clock.today(), by, f"Rút vì {words}"
        row.save()
    return row
