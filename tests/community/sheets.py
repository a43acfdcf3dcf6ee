"""Sheets as people hand them in."""

import csv
import io

from openpyxl import Workbook

from community.imports.files import read_table
from community.imports.plans import KINDS

HEADERS = {name: [column.header for column in kind.sheet.columns] for name, kind in KINDS.items()}


def xlsx(rows, change=lambda workbook, page: None) -> bytes:
    workbook = Workbook()
    page = workbook.active
    for row in rows:
        page.append(row)
    change(workbook, page)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def csv_file(rows, encoding="utf-8-sig", delimiter=",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def table(kind, *rows):
    """What the reader makes of a sheet of this kind with these rows."""
    return read_table("sheet.xlsx", xlsx([HEADERS[kind], *rows]))
