"""What a sheet has to look like, and what its rows say: columns, keys, faults. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .cells import FORMULA, BadCell, alike, tidy

# Columns that every sheet may have and that are not read. A row is an example when its note says so.
NOTE, FAULT = "说明", "错误"
EXAMPLE = "示例"


@dataclass(frozen=True)
class Column:
    """One column. `read` turns the text of a cell into a value (raises BadCell), `show` a value into such a text.

    A column that is not `required` may be empty, which means `blank`, or be missing altogether, and then nothing
    changes in it. `choices`, {label: value}, are offered as a drop-down list.
    """

    name: str
    header: str
    read: Callable[[str], object]
    example: str
    hint: str = ""
    required: bool = True
    blank: object = ""
    show: Callable[[object], str] = str
    choices: Callable[[], dict[str, object]] | None = None
    is_text: bool = True


@dataclass(frozen=True)
class Sheet:
    """A kind of sheet: its columns in their order, and the names of those by which a row is known again."""

    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column(self, name: str) -> Column:
        return next(one for one in self.columns if one.name == name)

    def headers(self, *names: str) -> str:
        return "、".join(self.column(name).header for name in names)


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row (0: the sheet as a whole), in which column, and the text that stands there."""

    row: int
    code: str
    header: str = ""
    text: str = ""
    about: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """A row that can be read: its number in the sheet and its values by the names of the columns."""

    row: int
    values: dict

    def key(self, sheet: Sheet) -> tuple[str, ...]:
        return tuple(alike(str(self.values[name])) for name in sheet.key)


@dataclass
class Reading:
    """All that a sheet says by itself. `examples`: how many rows were left out as examples."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    examples: int = 0


Row = tuple[int, tuple[str, ...]]


def read_sheet(sheet: Sheet, rows: Iterable[Row]) -> Reading:
    """Read the rows of a table, the first of which names the columns. Rows without any text are passed over."""
    rows = [row for row in rows if any(tidy(text) for text in row[1])]
    if not rows:
        return Reading(problems=[Problem(0, "empty")])
    places, problems = read_header(sheet, rows[0])
    if problems:
        return Reading(problems=problems)
    reading, seen = Reading(), {}
    for number, cells in rows[1:]:
        _read_row(sheet, places, number, cells, reading, seen)
    if not reading.entries and not reading.problems:
        reading.problems.append(Problem(0, "no_rows"))
    return reading


def read_header(sheet: Sheet, header: Row) -> tuple[dict[str, int], list[Problem]]:
    """{name of a column: its place}, and what is wrong with the headers; that of the notes under NOTE."""
    number, cells = header
    known = {alike(one.header): one.name for one in sheet.columns} | {alike(NOTE): NOTE, alike(FAULT): ""}
    places: dict[str, int] = {}
    problems = []
    for place, text in enumerate(cells):
        name = known.get(alike(text)) if tidy(text) else ""
        if name is None:
            problems.append(Problem(number, "unknown_column", text=tidy(text)))
        elif name in places:
            problems.append(Problem(number, "column_twice", text=tidy(text)))
        elif name:
            places[name] = place
    missing = [one.header for one in sheet.columns if one.required and one.name not in places]
    if missing:
        problems.append(Problem(number, "missing_columns", about={"columns": "、".join(missing)}))
    return places, problems


def _read_row(sheet: Sheet, places: dict, number: int, cells: tuple[str, ...], reading: Reading, seen: dict) -> None:
    texts = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
    if tidy(texts.pop(NOTE, "")).startswith(EXAMPLE):
        reading.examples += 1
        return
    values, problems = {}, []
    for column in sheet.columns:
        if column.name in texts:
            try:
                values[column.name] = read_cell(column, texts[column.name])
            except BadCell as bad:
                problems.append(Problem(number, bad.code, column.header, tidy(texts[column.name]), bad.about))
        elif column.name in sheet.key:
            values[column.name] = column.blank
    reading.problems += problems
    if problems:
        return
    entry = Entry(number, values)
    first = seen.setdefault(entry.key(sheet), number)
    if first != number:
        reading.problems.append(Problem(number, "twice", sheet.headers(*sheet.key), about={"first": first}))
        return
    reading.entries.append(entry)


def read_cell(column: Column, text: str):
    """The value of a cell. Raises BadCell: "formula", "missing", or what the column's own reading finds."""
    if text.startswith(FORMULA):
        raise BadCell("formula")
    if not tidy(text):
        if column.required:
            raise BadCell("missing")
        return column.blank
    return column.read(text)
