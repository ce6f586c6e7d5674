"""Times of a few things taken in turns in one run, and the table they end in. Only ratios mean anything."""

import statistics
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    name: str
    value: float
    unit: str
    ratio_to: str
    ratio: float

    def __str__(self):
        return f"{self.name}  {self.value:.1f}  {self.unit}  {self.ratio_to}  {self.ratio:.2f}"


def interleaved(things, rounds, warm=3):
    """{name: median milliseconds} of {name: function}, A-B-A-B, so that a busy machine slows all alike."""
    taken = {name: [] for name in things}
    for number in range(warm + rounds):
        for name, thing in things.items():
            began = time.perf_counter()
            thing()
            if number >= warm:
                taken[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(values) for name, values in taken.items()}
