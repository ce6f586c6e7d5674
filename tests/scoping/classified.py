"""Whose key an address takes. A register says it itself; every other address with a key stands here or the walk is red."""

from danvan.accounts.models import Handover, Membership, User
from danvan.attachments.models import Attachment
from danvan.links.models import Link
from danvan.reporting.models import Report
from danvan.submissions.models import Period, Submission
from danvan.units.models import DecisionLine, Unit, UnitDecision
from dialogues.models import Commitment, Dialogue, Question
from models_awards.models import Registration
from regulations.models import NilReturn, Regulation
from supervision.models import Finding, JointPlan, PlanItem, Recommendation, SupervisionRound

BY_NAME = {
    **{f"models_awards:{page}": Registration for page in ("stage_record", "registration_withdraw", "registration_restore")},
    **{f"submissions:{page}": Period for page in ("matrix", "start", "reschedule")},
    **{f"submissions:{page}": Submission for page in ("sheet", "draft", "check", "receipt", "correction", "review", "reopen")},
    **{
        f"reporting:{page}": Report
        for page in ("open", "figures", "narrative", "produce", "download", "progress", "act", "file", "version_file", "draft")
    },
    **{f"attachments:{page}": Attachment for page in ("download", "withdraw")},
    **{f"regulations:regulation_{page}": Regulation for page in ("abolish", "drop")},
    "regulations:nil_return_withdraw": NilReturn,
    **{f"supervision:{page}": JointPlan for page in ("plan_copy", "plan_items", "plan_item_add", "plan_item_edit", "plan_item_delete")},
    **{
        f"supervision:{page}": SupervisionRound
        for page in ("round_recommend", "round_findings", "finding_add", "finding_edit", "finding_delete")
    },
    **{
        f"supervision:recommendation_{page}": Recommendation
        for page in ("reply", "confirm", "progress", "verify", "reopen", "extend", "withdraw")
    },
    "dialogues:question_lines": Dialogue,
    **{f"dialogues:{page}": Question for page in ("commitment_add", "question_asker")},
    **{f"dialogues:commitment_{page}": Commitment for page in ("progress", "confirm", "dispute", "reopen", "extend")},
    "links:link_remove": Link,
    "organization:unit": Unit,
    **{f"organization:{page}": UnitDecision for page in ("lines", "line_add", "line_edit", "line_delete", "preview", "undo")},
    **{f"accounts:manage_{page}": User for page in ("detail", "edit", "membership_add", "membership_end", "handover", "act")},
    "accounts:manage_minutes": Handover,
}
# An address with a second key: the child and its foreign key to the row of the first. Every part of the row is asked for.
PARTS = {
    **{f"supervision:plan_item_{page}": (PlanItem, "plan") for page in ("edit", "delete")},
    **{f"supervision:finding_{page}": (Finding, "round") for page in ("edit", "delete")},
    **{f"organization:line_{page}": (DecisionLine, "decision") for page in ("edit", "delete")},
    "accounts:manage_membership_end": (Membership, "user"),
}
# Addresses that say in the query from which record they were opened ("?tu=register:key") and do not exist without one.
FROM_A_RECORD = {"links:link_add", "links:link_remove"}
# What stands in an address beside the key, with every value worth asking for.
OTHER_ARGUMENTS = {"number": [1], "ending": ["pdf", "chi-tieu.pdf"], "act": ["khoa", "cap-mat-khau"]}
# Addresses without a key where the page of a unit out of sight does not exist; elsewhere such a filter is passed over.
ONE_UNIT = {"dashboard:duties"}
# Open to everybody, and what they answer without an account.
PUBLIC = {"operations:healthz": {200}, "operations:readyz": {200, 503}, "accounts:login": {200}}
# Addresses that lead on, or do not exist, for whoever owes no code and has no text waiting.
ANSWERS = {"accounts:code": {302}, "accounts:resume": {302}, "accounts:qr": {404}}
# Addresses without a key that answer to POST only.
REGISTERS_WITH_FORMS = (
    "registration", "award", "campaign", "replication", "regulation", "regulation_duty", "disclosure", "joint_plan", "supervision_round",
    "recommendation", "dialogue", "dialogue_question", "dialogue_obligation", "commitment", "unit_decision",
)  # fmt: skip
POST_ONLY = {
    "accounts:logout",
    "accounts:recovery_codes",
    "accounts:turn_off",
    *(f"registers:{code}_add_draft" for code in REGISTERS_WITH_FORMS),
}


class Unclassified(AssertionError):
    pass


def model_of(name, pattern):
    """The model whose key the address takes, or None when it takes none."""
    if not pattern.pattern.converters:
        return None
    register = getattr(pattern.callback, "register", None)
    if register is None and name not in BY_NAME:
        raise Unclassified(
            f"{name} takes {sorted(pattern.pattern.converters)} and nobody said whose key that is. "
            "Add it to tests/scoping/classified.py, so that the walk asks for rows of other units there."
        )
    return register.model if register else BY_NAME[name]


def argument_sets(pattern, pk, address=""):
    """Every combination of arguments for one key."""
    sets = [{"pk": pk}]
    for name in pattern.pattern.converters:
        if name == "pk":
            continue
        if name == "part" and address in PARTS:
            model, owner = PARTS[address]
            parts = list(model._default_manager.filter(**{owner: pk}).order_by("pk").values_list("pk", flat=True))
            sets = [{**found, name: part} for found in sets for part in parts or [1]]
            continue
        if name not in OTHER_ARGUMENTS:
            raise Unclassified(f"an address takes “{name}”: say in tests/scoping/classified.py which values to ask for")
        sets = [{**found, name: value} for found in sets for value in OTHER_ARGUMENTS[name]]
    return sets
