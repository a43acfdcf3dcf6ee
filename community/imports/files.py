"""What people send: an .xlsx or a CSV becomes rows of texts, within bounds. Nothing in it is ever evaluated.

Memory is bounded before anything is unpacked: the size of the file, of its parts, the number of rows and columns. The
sizes that a zip archive states are what Python's reader gives out at most, so they can be believed.
"""

import csv
import io
import re
import zipfile
from datetime import date, datetime, time
from pathlib import PurePath

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from ..personal_numbers import IDENTITY
from ..refusals import ActionRefused
from ..rules.cells import FORMULA, half_width, tidy
from ..rules.sheets import Row
from .guard import unguarded

MEGABYTE = 1024 * 1024
MAX_BYTES = 5 * MEGABYTE
# Of a workbook once unpacked: its parts, the largest with cells or texts, each other one, and tags within one part. A
# reader makes an object of each tag, and that is what fills the memory.
MAX_PARTS, MAX_UNPACKED, MAX_TAGS = 200, 24 * MEGABYTE, 600_000
MAX_CELLS_PART, MAX_OTHER_PART = 10 * MEGABYTE, MEGABYTE // 2
MAX_ROWS, MAX_COLUMNS, MAX_TEXT = 10_000, 30, 500
MAX_EMPTY_ROWS = 50_000  # a file may name a row as far below as it likes, and each in between is looked at
TEXT_PARTS = (".xml", ".rels")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
BLOCK = 256 * 1024
# An identity number that a spreadsheet took for a number: it has lost its last digits, and is one all the same.
IDENTITY_AS_NUMBER = re.compile(r"[1-9]\.\d{8,}e\+17")


def read_upload(upload) -> tuple[Row, ...]:
    """`read_table` of a Django UploadedFile."""
    if upload.size and upload.size > MAX_BYTES:
        raise _too_large()
    upload.seek(0)
    return read_table(upload.name, upload.read(MAX_BYTES + 1))


def read_table(name: str, data: bytes) -> tuple[Row, ...]:
    """The rows of the first sheet: (number, texts), the texts as they are written, formulas marked.

    Raises ActionRefused, with a sentence for the field "file", when the file is empty, too large, no such file, has
    macros or merged cells, or holds identity numbers.
    """
    if len(data) > MAX_BYTES:
        raise _too_large()
    if not data.strip():
        raise _refused(_("The file is empty. Choose it once more."))
    if data.startswith(OLD_OFFICE):
        raise _refused(_("This is an old .xls file or one with a password. Save it as .xlsx without a password."))
    if data.startswith(b"PK"):
        rows = _bounded(_workbook_rows(name, data))
    else:
        rows = _bounded(_csv_rows(name, data))
    refuse_identity_numbers(rows)
    return rows


def refuse_identity_numbers(rows: tuple[Row, ...]) -> None:
    """Raise ActionRefused when a cell holds an identity number: there is no place for one, not even for a day."""
    for number, texts in rows:
        for text in texts:
            plain = half_width(text)
            if IDENTITY.search(plain) or IDENTITY_AS_NUMBER.fullmatch(plain):
                raise _refused(
                    _("Row %(row)s holds an identity number. Identity numbers are not kept here: delete them.")
                    % {"row": number}
                )


def _refused(sentence: str) -> ActionRefused:
    return ActionRefused(sentence, field="file")


def _too_large() -> ActionRefused:
    return _refused(
        _("The file is larger than %(limit)s MB. Divide it and import the parts one by one.")
        % {"limit": MAX_BYTES // MEGABYTE}
    )


def _unreadable() -> ActionRefused:
    return _refused(_("This file cannot be read. Save it as .xlsx or as CSV, and choose it once more."))


def _bounded(rows) -> tuple[Row, ...]:
    """The rows that hold something; refuses what is beyond the bounds of a sheet."""
    found, empty = [], 0
    for number, texts in rows:
        while texts and not tidy(texts[-1]):
            texts.pop()
        if not texts:
            empty += 1
            if empty > MAX_EMPTY_ROWS:
                raise _refused(_("The sheet has very many empty rows. Copy the table into a new, empty workbook."))
            continue
        if len(found) > MAX_ROWS:
            raise _refused(_("The sheet has more than %(count)s rows. Divide it.") % {"count": MAX_ROWS})
        if len(texts) > MAX_COLUMNS:
            raise _refused(_("The sheet has more than %(count)s columns. Use the template.") % {"count": MAX_COLUMNS})
        if any(len(text) > MAX_TEXT for text in texts):
            raise _refused(
                _("Row %(row)s has a cell with more than %(count)s characters.") % {"row": number, "count": MAX_TEXT}
            )
        found.append((number, tuple(texts)))
    return tuple(found)


def _workbook_rows(name: str, data: bytes):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_archive(name, archive)
    except ActionRefused:
        raise
    except Exception:  # a damaged archive raises whatever the damage leads to; each means the same to the person
        raise _unreadable() from None
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size may be wrong
        for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
            yield number, [cell_text(cell) for cell in cells]
        workbook.close()
    except Exception:  # as above, of openpyxl's reader
        raise _unreadable() from None


def _check_archive(name: str, archive: zipfile.ZipFile) -> None:
    """Raise ActionRefused for what is no plain workbook, before openpyxl unpacks anything."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise _unreadable()
    if "xl/vbaProject.bin" in names or PurePath(name).suffix.lower() in {".xlsm", ".xltm", ".xlsb"}:
        raise _refused(_("This workbook holds macros. Save it as .xlsx without macros."))
    too_large = any(part.file_size > bound_of(part.filename) for part in parts)
    if too_large or len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _unpacked_too_large()
    for part in parts:  # all of them: a workbook may call its sheet whatever it likes
        with archive.open(part) as file:
            _check_part(file, is_text=part.filename.endswith(TEXT_PARTS))


def bound_of(name: str) -> int:
    """How many bytes a part of a workbook may have."""
    has_cells = name.startswith(("xl/worksheets/", "xl/sharedStrings")) or not name.endswith(TEXT_PARTS)
    return MAX_CELLS_PART if has_cells else MAX_OTHER_PART


def _unpacked_too_large() -> ActionRefused:
    return _refused(_("This workbook is too large once unpacked. Copy the table into a new, empty workbook."))


def _check_part(file, *, is_text: bool) -> None:
    """Look through one part, block by block: no entities of its own, no merged cells, no flood of tags."""
    before, tags = b"", 0
    while block := file.read(BLOCK):
        tags += block.count(b"<")
        if tags > MAX_TAGS:
            raise _unpacked_too_large()
        text = before + block
        if is_text and not before and (b"\x00" in text[:100] or text.startswith((b"\xff\xfe", b"\xfe\xff"))):
            raise _unreadable()  # in another encoding the look below would see nothing
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise _unreadable()
        if b"<mergeCell " in text or b":mergeCell " in text:
            raise _refused(_("The sheet has merged cells. Undo the merging: each column needs a name of its own."))
        before = block[-16:]


def cell_text(cell) -> str:
    """What stands in a cell, as a text: days as 2026-01-05, numbers as a spreadsheet shows them, no more digits."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return format(value, ".15g")
    return str(value)


def _csv_rows(name: str, data: bytes):
    if PurePath(name).suffix.lower() not in {".csv", ".txt"} or b"\x00" in data:
        raise _unreadable()
    text = _decoded(data)
    head = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",\t;", key=head.count)
    try:
        for number, texts in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            yield number, [unguarded(one) for one in texts]
    except csv.Error:
        raise _unreadable() from None


def _decoded(data: bytes) -> str:
    """UTF-8, or what Chinese office programs write when nobody chooses: GB 18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refused(_("The characters of this file cannot be read. Save it as .xlsx, or as CSV in UTF-8."))
