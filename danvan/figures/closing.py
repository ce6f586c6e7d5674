"""Keeps figure and list equal after a period is closed: a write that changes what was counted is refused."""

from dataclasses import dataclass

from danvan.access.rows import whole_office
from danvan.common import text
from danvan.common.exceptions import Refused
from danvan.figures import registry
from danvan.figures.compute import contribution


@dataclass(frozen=True)
class Closed:
    """One closed span of one unit: why, and the way out, as the sentence says them."""

    key: str
    starts_on: object
    ends_on: object
    closed_words: str  # "Báo cáo năm 2019 của Phường A đã duyệt, số liệu đã chốt."
    way_out: str


class Closing:
    """A guard of the registers. `spans_of(unit_id)` yields the Closed spans that hold figures of `owner`."""

    nothing: dict = {}

    def __init__(self, register, owner, spans_of):
        self.register, self.spans_of = register, spans_of
        self.figures = [f for f in registry.counted() if f.of is register and f.owner == owner]

    def state(self, obj):
        """{(span, figure): what the record adds to it} over the closed spans of its unit; zeros left out."""
        if not self.figures:
            return {}
        with whole_office("a closed period is closed to everybody"):
            return self._state(obj)

    def _state(self, obj):
        unit_id = self.register.model._default_manager.filter(pk=obj.pk).values_list(self.register.unit, flat=True).first()
        found = {
            (span, item): contribution(item, obj.pk, span.starts_on, span.ends_on)
            for span in self.spans_of(unit_id)
            for item in self.figures
        }
        return {key: value for key, value in found.items() if value}

    def compare(self, obj, before):
        after = self.state(obj)
        for key in {**before, **after}:
            was, becomes = before.get(key, 0), after.get(key, 0)
            if was != becomes:
                span, item = key
                raise Refused(
                    f"{span.closed_words} Thay đổi này làm chỉ tiêu “{item.label}” khác đi "
                    f"({text.format_number(was)} thành {text.format_number(becomes)}). {span.way_out}"
                )
