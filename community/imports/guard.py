"""Cells of downloads, and the way back: what the guard put before a text is taken away when the file returns."""

from ..admin.exports import FORMULA


def unguarded(text: str) -> str:
    """A text of a CSV as it was before `csv_cell` put an apostrophe before it."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text
