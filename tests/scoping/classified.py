"""Whose key an address takes. A register says it itself; every other address with a key stands here or the walk is red."""

from danvan.attachments.models import Attachment
from danvan.reporting.models import Report
from danvan.submissions.models import Period, Submission
from models_awards.models import Registration

BY_NAME = {
    **{f"models_awards:{page}": Registration for page in ("stage_record", "registration_withdraw", "registration_restore")},
    **{f"submissions:{page}": Period for page in ("matrix", "start")},
    **{f"submissions:{page}": Submission for page in ("sheet", "draft", "check", "receipt", "correction", "review", "reopen")},
    **{
        f"reporting:{page}": Report
        for page in ("open", "figures", "narrative", "produce", "download", "progress", "act", "file", "version_file", "draft")
    },
    **{f"attachments:{page}": Attachment for page in ("download", "withdraw")},
}
# What stands in an address beside the key, with every value worth asking for.
OTHER_ARGUMENTS = {"number": [1], "ending": ["pdf", "chi-tieu.pdf"]}
# Open to everybody, and what they answer without an account.
PUBLIC = {"operations:healthz": {200}, "operations:readyz": {200, 503}, "accounts:login": {200}}
# Addresses without a key that answer to POST only.
REGISTERS_WITH_FORMS = ("registration", "award", "campaign", "replication")
POST_ONLY = {"accounts:logout", *(f"registers:{code}_add_draft" for code in REGISTERS_WITH_FORMS)}


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


def argument_sets(pattern, pk):
    """Every combination of arguments for one key."""
    sets = [{"pk": pk}]
    for name in pattern.pattern.converters:
        if name == "pk":
            continue
        if name not in OTHER_ARGUMENTS:
            raise Unclassified(f"an address takes “{name}”: say in tests/scoping/classified.py which values to ask for")
        sets = [{**found, name: value} for found in sets for value in OTHER_ARGUMENTS[name]]
    return sets
