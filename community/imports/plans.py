"""A table beside the register: what would be new, what would change, what is so already, what is wrong."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property

from ..models import Unit
from ..personal_numbers import holds_personal_number
from ..records import Context
from ..refusals import NotAllowed
from ..rules.cells import BadCell
from ..rules.sheets import Entry, Problem, Row, Sheet, read_sheet
from .people import Appointments, Members
from .places import Buildings, Estates, Homes, Residents
from .registers import Register, Step, shown
from .units import Units

KINDS: dict[str, type[Register]] = {
    one.kind: one for one in (Estates, Buildings, Homes, Residents, Units, Members, Appointments)
}


@dataclass
class Plan:
    """What an import would do. `same`: rows that say what is registered already; `examples`: rows left out."""

    register: Register
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    same: int = 0
    examples: int = 0

    @property
    def new(self) -> int:
        return sum(1 for step in self.steps if step.is_new)

    @property
    def changed(self) -> int:
        return len(self.steps) - self.new

    @property
    def bad_rows(self) -> int:
        return len({problem.row for problem in self.problems})

    @property
    def is_ready(self) -> bool:
        """Whether there is something to import, and nothing wrong."""
        return bool(self.steps) and not self.problems

    @cached_property
    def digest(self) -> str:
        """A fingerprint of all that would be written: another one means that somebody should look again."""
        told = [
            [step.row, step.label, step.target.pk, [[one.header, one.before, one.now] for one in step.changes]]
            for step in self.steps
        ]
        return hashlib.sha256(json.dumps([self.register.kind, told], ensure_ascii=False).encode()).hexdigest()


def plan_import(context: Context, kind: str, unit: Unit, rows: tuple[Row, ...], *, lock: bool = False) -> Plan:
    """Hold the rows of a table beside the register of a unit. Writes nothing.

    `kind`: a key of KINDS. Raises NotAllowed, ActionRefused for a unit that cannot have such a register.
    """
    register = KINDS[kind](context, unit, lock=lock)
    reading = read_sheet(register.sheet, rows)
    plan = Plan(register, problems=list(reading.problems), examples=reading.examples)
    register.prepare(reading.entries)
    for entry in reading.entries:
        _take(plan, entry)
    plan.steps = register.ordered(plan.steps)
    plan.problems.sort(key=lambda problem: problem.row)
    return plan


def _take(plan: Plan, entry: Entry) -> None:
    register = plan.register
    plan.problems += (found := list(personal_numbers(register.sheet, entry)))
    if found:
        return
    try:
        step = register.step(entry)
    except BadCell as bad:
        plan.problems.append(_problem(register.sheet, entry, bad.code, bad.column, bad.about))
    except NotAllowed as refusal:
        plan.problems.append(Problem(entry.row, "not_allowed", about={"reason": str(refusal)}))
    else:
        if step.changes:
            plan.steps.append(step)
        else:
            plan.same += 1


def personal_numbers(sheet: Sheet, entry: Entry):
    """A problem for each text that holds a mobile or an identity number. The number itself is not repeated."""
    for column in sheet.columns:
        if column.is_text and holds_personal_number(str(entry.values.get(column.name) or "")):
            yield Problem(entry.row, "personal_number", column.header)


def _problem(sheet: Sheet, entry: Entry, code: str, name: str, about: dict) -> Problem:
    if not name:
        return Problem(entry.row, code, about=about)
    column, value = sheet.column(name), entry.values.get(name)
    text = value if isinstance(value, str) else shown(column, value)
    return Problem(entry.row, code, column.header, text, about)
