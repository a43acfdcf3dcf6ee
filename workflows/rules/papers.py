"""Numbers on ballot papers such as 0127-K: the number, and a letter by which a slip of the pen is noticed."""

from __future__ import annotations

import re
import unicodedata

from workflows.rules.references import ALPHABET

SHAPE = re.compile(rf"0*(\d{{1,6}})-?([{ALPHABET}])")
WEIGHTS, PRIME = (2, 3, 5, 7, 11, 13), 31


def check_letter(serial: int) -> str:
    """The letter of a number. Since 31 is prime, one wrong digit or two that changed places give another one."""
    digits = f"{serial:06d}"
    return ALPHABET[sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % PRIME]


def shown(serial: int) -> str:
    """The number as it is printed: 0127-K."""
    return f"{serial:04d}-{check_letter(serial)}"


def read(typed: str) -> int | None:
    """The number that somebody typed, with its letter; None when it is none or the letter does not fit."""
    plain = unicodedata.normalize("NFKC", typed).upper().replace(" ", "")
    found = SHAPE.fullmatch(plain)
    if found is None or check_letter(int(found[1])) != found[2]:
        return None
    return int(found[1])
