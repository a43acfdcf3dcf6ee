"""Public references such as KY-2026-7HKQ4: the community's letters, the year, four random characters and a check.

The random characters and the check come from 32 that cannot be taken for one another (no 0, O, 1, I). The check is a
weighted sum in the field of 32 elements over everything before it, each place with another weight. So one wrong
character is always noticed, and so are two characters of one part that changed places.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
RANDOM_LENGTH = 4
PREFIX = re.compile("[A-Z]{2,6}")
SHAPE = re.compile(rf"({PREFIX.pattern})-([0-9]{{4}})-([{ALPHABET}]{{{RANDOM_LENGTH}}})([{ALPHABET}])")

_MODULUS = 0b100101
"""x⁵ + x² + 1, primitive: multiplying by x runs through all 31 elements that are not zero."""


def make(prefix: str, year: int, choose: Callable[[str], str]) -> str:
    """A new reference. `choose` picks one character of a string at random (`secrets.choice`).

    Raises ValueError for a prefix that is not two to six capital letters, or a year of more than four digits.
    """
    if not (PREFIX.fullmatch(prefix) and 0 <= year <= 9999):
        raise ValueError(f"no reference can be made of {prefix!r} and {year!r}")
    code = "".join(choose(ALPHABET) for _ in range(RANDOM_LENGTH))
    return f"{prefix}-{year:04d}-{code}{_check(prefix, f'{year:04d}', code)}"


def is_valid(reference: str) -> bool:
    """Whether this is a reference exactly as it is printed, check character included."""
    found = SHAPE.fullmatch(reference)
    return bool(found) and _check(*found.groups()[:3]) == found[4]


def read(typed: str) -> str | None:
    """The reference that a person typed: small letters, full width and spaces are forgiven. None if it is none."""
    reference = "".join(unicodedata.normalize("NFKC", typed).upper().split())
    return reference if is_valid(reference) else None


def _check(prefix: str, year: str, code: str) -> str:
    values = [*(ord(letter) - ord("A") for letter in prefix), *map(int, year), *map(ALPHABET.index, code)]
    return ALPHABET[_weighted_sum(values)]


def _weighted_sum(values: Iterable[int]) -> int:
    """Horner's scheme in GF(32): every value is multiplied by x once for each place behind it, and once more."""
    total = 0
    for value in values:
        total = (total ^ value) << 1
        if total & 0b100000:
            total ^= _MODULUS
    return total
