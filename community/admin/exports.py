"""Spreadsheets that a program opens as data, never as a formula."""

import re

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FORMULA = re.compile(r"^\s*[=+\-@\t\r\n＝＋－＠]")
BOM = "\ufeff".encode()


def csv_cell(value):
    """The value of a CSV cell. A text that a spreadsheet would read as a formula gets an apostrophe before it.

    Numbers stay numbers: -5 is not a formula, the text "-5" might begin one.
    """
    if not isinstance(value, str):
        return value
    value = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{value}" if FORMULA.match(value) else value


class SafeExport:
    """For listings with an export: before Wagtail's own mixin in the bases."""

    def preprocess_field_value(self, field, value, export_format):
        value = super().preprocess_field_value(field, value, export_format)
        if export_format == self.FORMAT_CSV:
            return csv_cell(value)
        return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value

    def generate_xlsx_row(self, worksheet, row_dict, date_format=None):
        for cell in super().generate_xlsx_row(worksheet, row_dict, date_format):
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text, whatever it looks like
            yield cell

    def stream_csv(self, queryset):
        yield BOM  # without it office programs read Chinese as something else
        yield from super().stream_csv(queryset)
