"""Which function does which kind of job. An app registers its own in tasks.py or reports.py."""

from collections.abc import Callable

from django.utils.module_loading import autodiscover_modules

HANDLERS: dict[str, Callable] = {}


def handler(kind):
    """Registers `function(job, progress) -> Result | None`. It must be safe to run twice: a killed worker's job runs again.

    It reads inside `rows.seen_by(job.requested_by)`, in a block that ends before long work begins and holds no `progress`: the
    block is a transaction, and the row of the job is written by others meanwhile.
    """

    def register(function):
        if HANDLERS.setdefault(kind, function) is not function:
            raise ValueError(f"Two handlers for jobs of kind {kind!r}.")
        return function

    return register


def find_handler(kind):
    """The handler of a kind, or None."""
    autodiscover_modules("tasks", "reports")
    return HANDLERS.get(kind)
