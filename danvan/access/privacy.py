"""What each column tells about people: one table. A column that is not named here is internal.

The start-up check of the registers, the log, the error reports and the eraser read it; tests/site/test_privacy.py asks about
every new column whose name or type suggests a person.
"""

PUBLIC = "công khai"  # printed for everybody to read
INTERNAL = "nội bộ"
PUBLISHED = "cá nhân đã công bố"  # names persons, as in a published decision: shown, but a whole list leaves only after step-up
PERSONAL = "cá nhân"
SENSITIVE = "nhạy cảm"
GUARDED = frozenset({PERSONAL, SENSITIVE})
OF_PERSONS = GUARDED | {PUBLISHED}  # a file with such a column is an export with personal data

MARKS: dict[str, dict[str, str]] = {
    # an account stands for an office: its name is shown beside what it did, its mail box is the person's own
    "accounts.User": {"username": INTERNAL, "display_name": INTERNAL, "courtesy": INTERNAL, "email": PERSONAL},
    # whoever signs in from where and with which device; what was typed as a name may be anything, a citizen's name or a password
    "accounts.Session": {"address": PERSONAL},
    "accounts.GuessPace": {"username": PERSONAL},
    "axes.AccessAttempt": {"username": PERSONAL, "ip_address": PERSONAL},
    "axes.AccessFailureLog": {"username": PERSONAL, "ip_address": PERSONAL},
    "axes.AccessLog": {"username": PERSONAL, "ip_address": PERSONAL},
    "otp_totp.TOTPDevice": {"name": INTERNAL},
    "otp_static.StaticDevice": {"name": INTERNAL},
    # whom the log names are accounts; the address tells where a person was
    "audit.AuditEvent": {
        "username": INTERNAL, "display_name": INTERNAL, "unit_name": INTERNAL, "who_key": INTERNAL, "object_title": INTERNAL,
        "subjects": INTERNAL, "address": PERSONAL,
    },
    # the only place for a citizen's name
    "dialogues.QuestionAsker": {"name": PERSONAL, "contact": PERSONAL},
    # titles of offices, never names of persons
    "dialogues.Dialogue": {"chair_title": INTERNAL, "attendance": INTERNAL},
    "dialogues.Question": {"dialogue_title": INTERNAL},
    "dialogues.Commitment": {"dialogue_title": INTERNAL, "question_title": INTERNAL},
    "dialogues.DialogueObligation": {"head_title": INTERNAL},
    "regulations.Regulation": {"name": INTERNAL, "replaces_title": INTERNAL, "signer_title": INTERNAL},
    "units.UnitVersion": {
        "name": PUBLIC, "level_name": PUBLIC, "superior_name": PUBLIC, "issuer_name": PUBLIC, "signer_title": PUBLIC,
    },
    "units.Unit": {"name": PUBLIC},
    "units.DecisionLine": {"level_name": PUBLIC},
    "units.DecidedUnit": {
        "name": PUBLIC, "level_name": PUBLIC, "superior_name": PUBLIC, "issuer_name": PUBLIC, "signer_title": PUBLIC,
    },
    # as in the published decision
    "models_awards.Award": {"name": PUBLISHED},
    # names of things
    "attachments.Attachment": {"name": INTERNAL},
    "catalogues.FieldOfWork": {"name": PUBLIC},
    "catalogues.Holiday": {"name": PUBLIC},
    "catalogues.LegalBasis": {"title": PUBLIC},
    "catalogues.LegalNumber": {"label": PUBLIC},
    "catalogues.RegulationSubject": {"name": PUBLIC, "short_name": PUBLIC},
    "models_awards.Campaign": {"name": INTERNAL},
    "models_awards.Registration": {"name": INTERNAL},
    "models_awards.Replication": {"registration_title": INTERNAL, "title_key": INTERNAL},
    "reporting.Report": {"title": INTERNAL},
    "submissions.Period": {"name": INTERNAL},
    "submissions.Regime": {"name": INTERNAL},
    "supervision.JointPlan": {"title": INTERNAL},
    "supervision.SupervisionRound": {"title": INTERNAL},
    "supervision.Recommendation": {"title": INTERNAL, "confirmed_on": INTERNAL, "round_title": INTERNAL, "finding_title": INTERNAL},
}  # fmt: skip


def marks_of(model):
    """{column: mark} of what is not simply internal by default; a history table and a proxy have the marks of their model."""
    return MARKS.get(getattr(model, "instance_type", model)._meta.concrete_model._meta.label, {})


def guarded_columns(model, marks=GUARDED):
    return [name for name, mark in marks_of(model).items() if mark in marks]


def tells_of_persons(columns):
    """Whether any of the (model, path) of a table holds personal data."""
    return any(guarded_path(model, path, OF_PERSONS) for model, path in columns)


def guarded_path(model, path, marks=GUARDED):
    """The guarded column that a path such as "question__asker__name" ends in or "asker" leads to, or ""."""
    names = path.split("__")
    for name in names:
        if name in guarded_columns(model, marks):
            return f"{model._meta.label}.{name}"
        field = next((f for f in model._meta.get_fields() if f.name == name), None)
        if field is None or field.related_model is None:
            return ""
        model = field.related_model
    # the last name is a relation: its row is shown by its own words, which for a person's row are the person
    guarded = guarded_columns(model, marks)
    return f"{model._meta.label}.{guarded[0]}" if guarded and len(guarded) == len(marks_of(model)) else ""
