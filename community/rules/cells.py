"""What people write into the cells of a sheet, and what it means. The sentences for each fault stand elsewhere."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

# What the reader of files puts in the place of a formula: the result of a formula is nobody's statement.
FORMULA = "\ue000"
ERROR_VALUE = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
GROUPED = re.compile(r"[+-]?\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?")
DAY = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?: 00:00(?::00)?)?|(\d{4})(\d{2})(\d{2})")
SERIAL = re.compile(r"[1-9]\d{4}(?:\.0+)?")
CODE = re.compile(r"[-a-zA-Z0-9_]+")
PREFIX = re.compile(r"[A-Z]{2,4}")
INITIALS = re.compile(r"[a-z0-9]{1,20}")
PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
SERIAL_EPOCH = date(1899, 12, 30).toordinal()


class BadCell(Exception):
    """A cell that says nothing usable. `code` names the fault, `about` goes into its sentence.

    `column` is the name of the column when the fault was found beside the register instead of in the cell itself.
    """

    def __init__(self, code: str, *, column: str = "", **about):
        super().__init__(code)
        self.code, self.column, self.about = code, column, about


def tidy(text: str) -> str:
    """The text without invisible characters and spare white space, digits and letters in half width.

    Punctuation stays as it was typed: （东门） is how an address is written.
    """
    visible = "".join(
        " " if one.isspace() else one for one in text if one.isspace() or unicodedata.category(one) != "Cf"
    )
    return " ".join(visible.translate(FULL_WIDTH).split())


def alike(text: str) -> str:
    """The form in which names are compared: compatibility forms made one (NFKC), no white space, case aside."""
    return "".join(unicodedata.normalize("NFKC", tidy(text)).split()).casefold()


def half_width(text: str) -> str:
    """The text of a number, a date or a code: every compatibility form made one."""
    return unicodedata.normalize("NFKC", tidy(text)).replace("−", "-").replace("。", ".").strip()


def words(longest: int) -> Callable[[str], str]:
    """Read a text of at most `longest` characters. Raises BadCell "too_long", "error_value"."""

    def read(text: str) -> str:
        text = tidy(text)
        if ERROR_VALUE.fullmatch(text):
            raise BadCell("error_value")
        if len(text) > longest:
            raise BadCell("too_long", longest=longest)
        return text

    return read


def area(text: str) -> int:
    """Read square metres with at most two places ("89.5"), in 0.01 m² (8950).

    Raises BadCell: "grouped" for 1,234.5, "not_a_number" for 八十平 or 80㎡, "places" for 80.125, "not_above_zero",
    "area_too_large" from 100,000 m² on.
    """
    number = _number(text, "80.00")
    if number != round(number, 2):
        raise BadCell("places")
    if number <= 0:
        raise BadCell("not_above_zero")
    if number >= 100_000:
        raise BadCell("area_too_large")
    return int(number * 100)


def whole(most: int) -> Callable[[str], int]:
    """Read a whole number from 0 to `most`. Raises BadCell "not_a_number", "grouped", "not_whole", "out_of_range"."""

    def read(text: str) -> int:
        number = _number(text, "3")
        if number != int(number):
            raise BadCell("not_whole")
        if not 0 <= number <= most:
            raise BadCell("out_of_range", most=most)
        return int(number)

    return read


def _number(text: str, example: str) -> Decimal:
    text = half_width(text)
    if GROUPED.fullmatch(text):
        raise BadCell("grouped", better=re.sub(r"[,' ]", "", text))
    if len(text) > 20 or not NUMBER.fullmatch(text):
        raise BadCell("not_a_number", example=example)
    return Decimal(text)


def day(text: str) -> date:
    """Read a date as people write it: 2026-01-05, 2026/1/5, 2026.1.5, 2026年1月5日, 20260105.

    Raises BadCell: "serial" for the number by which a spreadsheet counts days, with the date that it would be; it is
    not taken, since programs count from different days. "not_a_day" for all else and for days that do not exist.
    """
    text = half_width(text)
    if SERIAL.fullmatch(text):
        raise BadCell("serial", better=date.fromordinal(SERIAL_EPOCH + int(text.split(".")[0])).isoformat())
    found = DAY.fullmatch(text)
    try:
        year, month, number = (int(part) for part in found.groups() if part) if found else (0, 0, 0)
        result = date(year, month, number)
    except ValueError:
        raise BadCell("not_a_day") from None
    if not 1900 <= result.year <= 2100:
        raise BadCell("not_a_day")
    return result


def code(longest: int) -> Callable[[str], str]:
    """Read the code of a unit: letters, digits, hyphens. Raises BadCell "not_a_code", "too_long"."""

    def read(text: str) -> str:
        text = half_width(text)
        if not CODE.fullmatch(text):
            raise BadCell("not_a_code")
        if len(text) > longest:
            raise BadCell("too_long", longest=longest)
        return text

    return read


def prefix(text: str) -> str:
    """Read the letters at the start of a community's references: "KY". Raises BadCell "not_a_prefix"."""
    text = half_width(text)
    if not PREFIX.fullmatch(text):
        raise BadCell("not_a_prefix")
    return text


def initials(text: str) -> str:
    """Read the first letters of a name in pinyin: "kysq" for 科苑社区. Raises BadCell "not_initials"."""
    text = half_width(text).lower()
    if not INITIALS.fullmatch(text):
        raise BadCell("not_initials")
    return text


def phone(text: str) -> str:
    """Read a mobile number of 11 digits or a landline with its area code. Raises BadCell "not_a_phone"."""
    text = re.sub(r"[ ()]", "", half_width(text))
    text = text if PHONE.fullmatch(text) else re.sub(r"^(?:\+|00)?86-?", "", text).replace("-", "")
    if not PHONE.fullmatch(text):
        raise BadCell("not_a_phone")
    return text


def one_of(choices: dict[str, object]) -> Callable[[str], object]:
    """Read one of the labels ({label: value}); gives the value. Raises BadCell "not_a_choice" with the labels."""
    known = {alike(label): value for label, value in choices.items()}

    def read(text: str) -> str:
        if alike(text) not in known:
            raise BadCell("not_a_choice", choices="、".join(choices))
        return known[alike(text)]

    return read
