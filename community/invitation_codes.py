"""The code on an invitation: twelve letters and digits, read from paper and typed by hand, kept as a keyed hash."""

import hashlib
import hmac
import secrets
import unicodedata

from .sealed import master_key

# No 0, O, 1, I, L: thirty-one signs, so twelve of them are 59 bits; guessing by hand is bounded besides (see limits).
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH, GROUP = 12, 4
BETWEEN = " \t\r\n-–—_.·"


def new_code() -> str:
    """A code by chance, without groups: K7HMP2RT9WXY."""
    return "".join(secrets.choice(SIGNS) for _place in range(LENGTH))


def normal(typed: str) -> str:
    """What was typed as a code: capitals, without blanks and strokes; "" when it cannot be one."""
    code = "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign not in BETWEEN)
    return code if len(code) == LENGTH and set(code) <= set(SIGNS) else ""


def grouped(code: str) -> str:
    """The code as it is printed: K7HM-P2RT-9WXY."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def code_hash(code: str) -> str:
    """A keyed hash (HMAC-SHA-256 with the master key, in hexadecimal) by which the code is found again."""
    return hmac.new(master_key(), b"invitation" + code.encode(), hashlib.sha256).hexdigest()
