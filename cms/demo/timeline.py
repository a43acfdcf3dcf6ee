"""A row of dated steps. Each step is one act, and its date of record tells a later run that it is done."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.models import Channel, Event, Unit
from community.records import Context, act

BEGIN, END = "demo.begin", "demo.end"
TOGETHER = 40
RELATIVE = re.compile(r"[+-]\d+$")


@dataclass(frozen=True)
class Step:
    """One act: when it was recorded, and what does it when called with that moment."""

    moment: datetime
    do: Callable[[datetime], object]


@dataclass
class Timeline:
    """Steps of the whole district. `today` is the day of the first load: what is still running is dated from it."""

    today: date
    steps: list[Step] = field(default_factory=list)

    def day(self, text: str) -> date:
        """ "2020-08-05", or days from the first load: "-3"."""
        return self.today + timedelta(days=int(text)) if RELATIVE.match(text) else date.fromisoformat(text)

    def moment(self, text: str) -> datetime:
        """ "2020-08-05 09:30" or "-3 09:30", by the clock of the place."""
        day, clock = text.split()
        return timezone.make_aware(datetime.fromisoformat(f"{self.day(day).isoformat()}T{clock}"))

    def add(self, when: str, do: Callable[[datetime], object]) -> None:
        """Put a step into the row. Its microseconds number it, so no two steps share a moment."""
        self.steps.append(Step(self.moment(when).replace(microsecond=len(self.steps)), do))

    def run(self, show: Callable[[int], None]) -> int:
        """Do what is not done yet, in the order of time; how many steps that were.

        Many steps share a transaction: waiting for the disk after each would take most of the time.
        """
        done = set(Event.objects.values_list("recorded_at", flat=True))
        steps = sorted((step for step in self.steps if step.moment not in done), key=lambda step: step.moment)
        for start in range(0, len(steps), TOGETHER):
            with transaction.atomic():
                for number, step in enumerate(steps[start : start + TOGETHER], start=start + 1):
                    step.do(step.moment)
                    show(len(self.steps) - len(steps) + number)
        return len(steps)


def is_loaded() -> bool:
    """Whether a load came to its end."""
    return Event.objects.filter(verb=END).exists()


def first_day(district: Unit, opened_at: datetime) -> date:
    """The day of the first load, kept in an event of the district so that an interrupted load goes on from it."""
    begun = Event.objects.filter(verb=BEGIN, unit=district).first()
    if begun is None:
        today = timezone.localdate()
        with act(Context(channel=Channel.SYSTEM, now=opened_at), BEGIN, district, subject=district) as a:
            a.note(today=today.isoformat())
        return today
    return date.fromisoformat(json.loads(begun.body)["notes"]["today"])


def finish(district: Unit, steps: int) -> None:
    """Record that everything is there."""
    with act(Context(channel=Channel.SYSTEM), END, district, subject=district) as a:
        a.note(steps=steps)
