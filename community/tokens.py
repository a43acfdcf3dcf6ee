"""What opens something without an account: kept as a keyed hash only, so a copy of the database opens nothing.

The key is Django's SECRET_KEY; after it was changed, SECRET_KEY_FALLBACKS let older tokens open what they opened.
"""

import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "linli.token"


def new_token() -> str:
    """A hundred and sixty random bits for a cookie."""
    return secrets.token_urlsafe(20)


def token_hash(token: str) -> str:
    """The keyed hash under which a token is kept: 64 hexadecimal digits."""
    return _hash(token, settings.SECRET_KEY)


def token_hashes(token: str) -> list[str]:
    """The hashes under which a token may be kept: with today's key, and with the keys before it."""
    return [_hash(token, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _hash(token: str, key: str) -> str:
    return salted_hmac(SALT, token, secret=key, algorithm="sha256").hexdigest()
