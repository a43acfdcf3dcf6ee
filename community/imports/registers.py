"""What every kind of register has in common: what is there now, and what a row of a sheet would change in it."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _

from ..models import Unit
from ..permissions import require_right
from ..records import Act, Context
from ..refusals import ActionRefused
from ..rules.cells import BadCell, alike
from ..rules.sheets import Column, Entry, Sheet


@dataclass(frozen=True)
class Change:
    """One field of a row: what stands there (empty for a new row), what will stand there."""

    header: str
    before: str
    now: str


@dataclass
class Step:
    """What one row of a sheet would do: `target` is the new object, or the one that is there with the new values.

    No `changes`: the row says what is registered already. `chain`: whose chain records it; None for what is a chain
    of its own and new. `details`: what the writing needs besides.
    """

    row: int
    label: str
    target: models.Model
    is_new: bool
    changes: tuple[Change, ...]
    chain: Unit | None
    details: dict | None = None


class Index:
    """Rows by a key. Two rows that are alike by it are none: nobody could say which is meant."""

    def __init__(self, rows: Iterable[models.Model], key: Callable[[models.Model], Hashable]):
        self.found: dict[Hashable, list] = {}
        for row in rows:
            self.found.setdefault(key(row), []).append(row)

    def get(self, key: Hashable, *, column: str = ""):
        """The row, or None. Raises BadCell "ambiguous"."""
        rows = self.found.get(key, ())
        if len(rows) > 1:
            raise BadCell("ambiguous", column=column)
        return rows[0] if rows else None


class Register:
    """One kind of register at one unit, read once. Subclasses load it, judge a row, and say what is exported."""

    kind = ""
    title = ""
    model: type[models.Model]
    sheet: Sheet
    in_community = True
    rights = ("add", "change")

    def __init__(self, context: Context, unit: Unit, *, lock: bool = False):
        """Raises NotAllowed, ActionRefused for a unit that is no community where one is needed.

        With `lock` all that a row may refer to is locked until the end of the transaction, in one order, and so that
        others may still refer to it.
        """
        for right in self.rights:
            require_right(context, self.model.__name__, right, unit)
        if self.in_community and not unit.is_community:
            raise ActionRefused(_("Choose a community."), field="unit")
        self.context, self.lock = context, lock
        self.unit = self.locked(Unit.objects.filter(pk=unit.pk)).get()
        self.load()

    def locked(self, rows: models.QuerySet) -> models.QuerySet:
        return rows.order_by("pk").select_for_update(of=("self",), no_key=True) if self.lock else rows

    def load(self) -> None:
        raise NotImplementedError

    def prepare(self, entries: Iterable[Entry]) -> None:
        """Look at all rows before the first is judged."""

    def ordered(self, steps: list[Step]) -> list[Step]:
        """The steps in the order in which they have to be written."""
        return steps

    def step(self, entry: Entry) -> Step:
        """What a row would do. Raises BadCell for what does not fit the register."""
        raise NotImplementedError

    def rows(self) -> Iterator[dict[str, str]]:
        """The register in the columns of its sheet: what is exported, and changes nothing when it comes back."""
        raise NotImplementedError

    def write(self, a: Act, steps: list[Step], on_progress: Callable[[int], None]) -> None:
        """Write the steps of one chain within an act."""
        a.save_all([step.target for step in steps], fields=self.written, on_progress=on_progress)

    @property
    def written(self) -> list[str]:
        """The fields that a sheet changes in what is there."""
        return [column.name for column in self.sheet.columns if column.name not in self.sheet.key]

    def planned(self, entry: Entry, target, *, label: str, chain: Unit, values: dict | None = None) -> Step:
        """The step for `target`: give it the values of the row, and note which of them differ."""
        values, is_new = values or entry.values, target._state.adding
        changes = []
        for column in self.sheet.columns:
            if column.name in self.sheet.key or column.name not in values:
                continue
            before, now = shown(column, getattr(target, column.name)), shown(column, values[column.name])
            if is_new or alike(before) != alike(now):
                setattr(target, column.name, values[column.name])
                if now or not is_new:
                    changes.append(Change(column.header, "" if is_new else before, now))
        if is_new and not changes:
            changes.append(Change("", "", label))
        return Step(entry.row, label, target, is_new, tuple(changes), chain)

    def exported(self, row, **given: str) -> dict[str, str]:
        """The cells of an object: as its columns show them, or as given."""
        names = [column for column in self.sheet.columns if column.name not in given]
        return {column.name: shown(column, getattr(row, column.name)) for column in names} | given


def shown(column: Column, value) -> str:
    """A value as a text of its column; nothing is an empty text."""
    return "" if value is None or value == "" else column.show(value)


def code_of(unit: Unit | None) -> str:
    return unit.code if unit else ""
