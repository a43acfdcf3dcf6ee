"""Codes on receipts such as 7HKQ-4MNP-2XYZ: what opens a proposal for whoever made it, without an account.

Twelve random characters of 32 that cannot be taken for one another: sixty bits, too many to be guessed over the net.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable

from workflows.rules.references import ALPHABET

LENGTH, GROUP = 12, 4
SHAPE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def make(choose: Callable[[str], str]) -> str:
    """A new code. `choose` picks one character of a string at random (`secrets.choice`)."""
    return "".join(choose(ALPHABET) for _place in range(LENGTH))


def shown(code: str) -> str:
    """The code in groups, as it is printed and read aloud."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read(typed: str) -> str | None:
    """The code that a person typed: small letters, full width, hyphens and spaces are forgiven. None if it is none."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", typed).upper() if letter.isalnum())
    return plain if SHAPE.fullmatch(plain) else None


def for_neighbours(code: str) -> str:
    """The code by which neighbours sign a proposal: follows from that of its receipt, and does not lead back to it."""
    digest = hashlib.sha256(f"linli neighbours {code}".encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])
