"""Promised times: an integer and its unit. Pure; what a clock runs by and what a reader is told are the same two."""

from dataclasses import dataclass
from enum import StrEnum

HOURS_OF_A_WORKING_DAY = 8


class TimeUnit(StrEnum):
    """By the clock (day and night), or counting only what the office is open."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"


# The longest promise in each unit; what takes longer is promised in the next one.
LONGEST = {TimeUnit.MINUTES: 120, TimeUnit.HOURS: 72, TimeUnit.WORKING_HOURS: 40, TimeUnit.WORKING_DAYS: 180}

# Units that can be set against each other, in their smallest part.
BY_THE_CLOCK = {TimeUnit.MINUTES: 1, TimeUnit.HOURS: 60}
WHILE_OPEN = {TimeUnit.WORKING_HOURS: 1, TimeUnit.WORKING_DAYS: HOURS_OF_A_WORKING_DAY}


@dataclass(frozen=True)
class Promise:
    """Within `amount` (a whole number, at least 1) of `unit`."""

    amount: int
    unit: TimeUnit

    @property
    def is_possible(self) -> bool:
        return 1 <= self.amount <= LONGEST[self.unit]

    def is_longer_than(self, other: "Promise") -> bool:
        """Whether it is certainly longer. Time by the clock and opening hours cannot be compared: then not."""
        for family in (BY_THE_CLOCK, WHILE_OPEN):
            if self.unit in family and other.unit in family:
                return self.amount * family[self.unit] > other.amount * family[other.unit]
        return False


def promise(amount: int | None, unit: str) -> Promise | None:
    """The promise of two columns; None where nothing is promised. Raises ValueError for an unknown unit."""
    return Promise(amount, TimeUnit(unit)) if amount is not None else None
