"""A table between the day it is handed in and the moment it counts: sealed under a key of its own."""

import json
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from ..models import RegisterImport
from ..refusals import ActionRefused
from ..rules.sheets import Row
from ..sealed import decrypt, encrypt, master_key


def seal_rows(row: RegisterImport, rows: tuple[Row, ...]) -> None:
    """Put the table into an import that is not saved yet."""
    key, label = AESGCM.generate_key(256), row.reference.encode()
    row.cells = encrypt(key, zlib.compress(json.dumps(rows, ensure_ascii=False).encode()), label)
    row.wrapped_key = encrypt(master_key(), key, label)


def unseal_rows(row: RegisterImport) -> tuple[Row, ...]:
    """The table. Raises ActionRefused when it is gone, or the master key has changed since: hand it in once more."""
    label = row.reference.encode()
    try:
        packed = decrypt(decrypt(master_key(), row.wrapped_key, label), row.cells, label)
    except (InvalidTag, ValueError):
        raise ActionRefused(_("This sheet is no longer kept. Choose the file once more.")) from None
    return tuple((number, tuple(texts)) for number, texts in json.loads(zlib.decompress(packed)))


def forget_rows(row: RegisterImport) -> None:
    """Take the table out of an import; the caller saves it."""
    row.cells, row.wrapped_key = b"", b""
