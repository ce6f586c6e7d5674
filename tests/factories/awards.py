"""Campaigns, registrations, awards. A status is reached by walking the services, never written."""

import datetime

from danvan.catalogues.models import FieldOfWork
from models_awards import choices, services
from models_awards.models import Award, Campaign, Registration, Replication

BOXES = ["situation", "goals", "content", "area", "forces", "resources", "outputs", "sustainability"]


def new_field(code="kinh_te", name="Kinh tế", position=1):
    defaults = {"name": name, "position": position, "valid_from": datetime.date(2015, 1, 1)}
    return FieldOfWork.objects.get_or_create(code=code, defaults=defaults)[0]


def new_campaign(unit, year, *, words="", published=True, late_until=None):
    return Campaign.objects.create(
        unit=unit,
        year=year,
        name=f"Đợt đăng ký năm {year} {words}".strip(),
        guidance=f"Mỗi đơn vị ít nhất một mô hình. {words}".strip(),
        opens_on=datetime.date(year, 1, 2),
        closes_on=datetime.date(year, 12, 15),
        late_until=late_until or datetime.date(year + 1, 1, 31),
        published_on=datetime.date(year, 1, 2) if published else None,
    )


def new_registration(unit, campaign, *, words, field=None, **values):
    """All nine boxes hold `words`."""
    texts = {box: f"{box} {words}" for box in BOXES}
    first = {
        "kind": choices.ModelKind.MODEL,
        "subject_type": choices.SubjectType.COLLECTIVE,
        "registered_on": datetime.date(campaign.year, 3, 15),
        "households": 120,
    }
    return Registration.objects.create(
        unit=unit, campaign=campaign, field=field or new_field(), name=f"Mô hình {words}", **{**first, **texts, **values}
    )


def survey(registration, *, by, held_on, words=""):
    return services.record_stage(registration, choices.Stage.SURVEYED, by=by, held_on=held_on, note=f"Khảo sát {words}".strip())


def appraise(registration, *, by, held_on, words=""):
    return services.record_stage(registration, choices.Stage.APPRAISED, by=by, held_on=held_on, note=f"Thẩm định {words}".strip())


def recognise(registration, *, by, held_on, words="01", level=choices.Level.DISTRICT):
    return services.record_stage(
        registration, choices.Stage.RECOGNISED, by=by, held_on=held_on, level=level,
        decision_number=f"QĐ {words}", occasion=f"Nhân dịp {words}", note=f"Công nhận {words}",
    )  # fmt: skip


def withdraw(registration, *, by, reason="Trùng với mô hình khác"):
    return services.withdraw_registration(registration, by=by, reason=reason)


def new_award(unit, *, words, registration=None, year=2019, **values):
    first = {
        "form": choices.AwardForm.CERTIFICATE,
        "granting_body": choices.GrantingBody.STANDING_COMMITTEE,
        "decided_on": datetime.date(year, 12, 20),
        "occasion": choices.Occasion.SKILFUL,
        "subject_type": choices.SubjectType.COLLECTIVE,
    }
    found = Award(
        unit=unit, registration=registration, award_year=year, name=f"Tập thể {words}", decision_number=f"QĐ {words}", **{**first, **values}
    )
    found.set_counting_date()
    found.save()
    return found


def new_replication(unit, registration, *, words):
    return Replication.objects.create(unit=unit, registration=registration, replicated_on=datetime.date(2019, 11, 4), result=words)
