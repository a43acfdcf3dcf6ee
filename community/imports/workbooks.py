"""Workbooks that leave the house: templates to fill in, registers as they stand, rows to put right."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ..admin.exports import BOM, csv_cell
from ..rules.cells import FORMULA, alike
from ..rules.sheets import EXAMPLE, FAULT, NOTE, Problem, Row, Sheet
from .files import MAX_ROWS
from .labels import CHINESE
from .registers import Register
from .wording import in_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_FORMAT = "@"
EXAMPLE_NOTE = f"{EXAMPLE}，导入时不读这一行"


def template_workbook(kind: type[Register]) -> bytes:
    """An empty sheet with the names of the columns, one example, drop-down lists, and a page of notes; in Chinese."""
    with override(CHINESE):
        sheet = kind.sheet
        workbook, page = _opened(str(kind.title), [*(one.header for one in sheet.columns), NOTE])
        _append(page, [*(one.example for one in sheet.columns), EXAMPLE_NOTE])
        for row in page.iter_rows(min_row=2, max_row=200, max_col=len(sheet.columns)):
            for cell in row:
                cell.number_format = TEXT_FORMAT  # door 0301 keeps its nought, a date stays as it is typed
        _offer_choices(workbook, page, sheet)
        _notes(workbook, sheet)
        return _bytes(workbook)


def register_workbook(register: Register) -> bytes:
    """What is registered, in the columns of the template: importing it again changes nothing."""
    with override(CHINESE):
        columns = register.sheet.columns
        workbook, page = _opened(str(register.title), [one.header for one in columns])
        for row in register.rows():
            _append(page, [row[one.name] for one in columns])
        return _bytes(workbook)


def register_csv(register: Register) -> bytes:
    """The same as CSV."""
    with override(CHINESE):
        columns, text = register.sheet.columns, io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow([one.header for one in columns])
        writer.writerows([csv_cell(row[one.name]) for one in columns] for row in register.rows())
        return BOM + text.getvalue().encode()


def faults_workbook(title: str, rows: tuple[Row, ...], problems: Iterable[Problem]) -> bytes:
    """The wrong rows of a table as they were handed in, each with what is wrong."""
    faults: dict[int, list[str]] = {}
    for problem in problems:
        faults.setdefault(problem.row, []).append(in_words(problem))
    header = rows[0][1] if rows else ()
    places = [place for place, text in enumerate(header) if alike(text) != alike(FAULT)]
    workbook, page = _opened(title, [*(header[place] for place in places), FAULT])
    for number, texts in rows[1:]:
        if number in faults:
            _append(
                page, [*(texts[place] if place < len(texts) else "" for place in places), "；".join(faults[number])]
            )
    return _bytes(workbook)


def _opened(title: str, headers: list[str]):
    workbook = Workbook()
    page = workbook.active
    page.title = "".join(one for one in title if one not in "[]:*?/\\")[:31] or "1"
    _append(page, headers)
    for cell in page[1]:
        cell.font = Font(bold=True)
    for place, header in enumerate(headers, start=1):
        page.column_dimensions[get_column_letter(place)].width = min(40, max(12, 2 * len(header) + 4))
    page.freeze_panes = "A2"
    return workbook, page


def _append(page, texts: list[str]) -> None:
    """A row of texts, whatever they look like: none of them is a formula."""
    page.append([None if text in ("", FORMULA) else ILLEGAL_CHARACTERS_RE.sub("", text) for text in texts])
    for cell in page[page.max_row]:
        if cell.value is not None:
            cell.data_type, cell.number_format = "s", TEXT_FORMAT


def _offer_choices(workbook, page, sheet: Sheet) -> None:
    """Drop-down lists, from a page of their own: a list within the rule may not be longer than 255 characters."""
    lists = None
    for place, column in enumerate(sheet.columns, start=1):
        labels = list(column.choices()) if column.choices else []
        if not labels:
            continue
        lists = lists or workbook.create_sheet("选项")
        letter = get_column_letter(place)
        for number, label in enumerate(labels, start=1):
            lists[f"{letter}{number}"] = label
        rule = DataValidation("list", f"'选项'!${letter}$1:${letter}${len(labels)}", allow_blank=not column.required)
        page.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{MAX_ROWS + 1}")


def _notes(workbook, sheet: Sheet) -> None:
    page = workbook.create_sheet("填写说明")
    for line in (
        _("Fill in the first page and keep its first row. The example is not read; you may delete it."),
        _("Rows are known again by: %(columns)s.") % {"columns": sheet.headers(*sheet.key)},
        _("Before anything counts you see what would change. One wrong row, and nothing is imported."),
        _("Identity numbers have no place here: a sheet that holds one is refused."),
    ):
        _append(page, [str(line)])
    _append(page, [""])
    for column in sheet.columns:
        need = _("needed") if column.required else _("may be empty")
        _append(page, [column.header, str(need), str(column.hint)])
    page.column_dimensions["A"].width, page.column_dimensions["C"].width = 24, 80


def _bytes(workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()
