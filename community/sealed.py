"""Sealing, reading and erasing what residents type.

A key per text, wrapped by the master key of the environment (AES-256-GCM both). The commitment in the stub is
SHA-256(salt + plaintext): it proves what was said as long as the text is kept, and says nothing once it is erased.
"""

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Channel, SealedContent, SealedText, Unit
from .records import Act, Context, act
from .refusals import ActionRefused

NONCE = 12


@dataclass(frozen=True)
class Contact:
    """How a person can be reached. `masked_*` is what screens show until someone reveals it with a reason."""

    name: str = ""
    phone: str = ""
    email: str = ""

    @property
    def masked_name(self) -> str:
        return self.name[:1] + "**" if self.name else ""

    @property
    def masked_phone(self) -> str:
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) >= 11 else "*" * len(self.phone)

    @property
    def masked_email(self) -> str:
        return f"{self.email[:1]}***@{self.email.partition('@')[2]}" if self.email else ""


def master_key() -> bytes:
    return bytes.fromhex(settings.LINLI_MASTER_KEY)


def key_id(key: bytes) -> str:
    """A fingerprint of a master key: tells which one wrapped a row, and nothing else."""
    return hashlib.sha256(b"linli key id" + key).hexdigest()[:16]


def encrypt(key: bytes, plaintext: bytes, label: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, label)


def decrypt(key: bytes, box: bytes, label: bytes) -> bytes:
    """Raises InvalidTag when the key or the label is another, or the text was altered."""
    box = bytes(box)
    return AESGCM(key).decrypt(box[:NONCE], box[NONCE:], label)


def phone_hash(phone: str) -> str:
    """A keyed hash by which the same phone number is recognised without being kept in clear."""
    digits = re.sub(r"\D", "", phone)[-11:]
    return hmac.new(master_key(), b"phone" + digits.encode(), hashlib.sha256).hexdigest() if digits else ""


def commitment(salt: bytes, plaintext: bytes) -> str:
    return hashlib.sha256(salt + plaintext).hexdigest()


def seal_text(a: Act, unit: Unit, text: str, *, expires_at: datetime | None = None) -> SealedText:
    """Seal a resident's own words within an act."""
    return _seal(a, unit, SealedText.Purpose.STATEMENT, text.encode(), expires_at=expires_at)


def seal_contact(a: Act, unit: Unit, contact: Contact, *, expires_at: datetime | None = None) -> SealedText:
    """Seal a name, a phone number and an e-mail address within an act."""
    plaintext = json.dumps(asdict(contact), ensure_ascii=False).encode()
    return _seal(a, unit, SealedText.Purpose.CONTACT, plaintext, phone=contact.phone, expires_at=expires_at)


def seal_address(a: Act, unit: Unit, address: str) -> SealedText:
    """Seal, within an act, where a person wants to hear of messages."""
    return _seal(a, unit, SealedText.Purpose.ADDRESS, address.encode())


def _seal(a, unit, purpose, plaintext, *, phone="", expires_at=None) -> SealedText:
    salt, key, wrapping = secrets.token_bytes(16), AESGCM.generate_key(256), master_key()
    stub = a.append(SealedText(unit=unit, purpose=purpose, commitment=commitment(salt, plaintext)))
    label = stub.reference.bytes
    SealedContent.objects.create(
        stub=stub,
        ciphertext=encrypt(key, plaintext, label),
        salt=salt,
        wrapped_key=encrypt(wrapping, key, label),
        master_key_id=key_id(wrapping),
        phone_hash=phone_hash(phone),
        expires_at=expires_at,
    )
    return stub


def unseal(stub: SealedText) -> bytes | None:
    """The plaintext; None once erased. Raises InvalidTag when it was altered or the master key is another."""
    content = SealedContent.objects.filter(stub=stub).first()
    if content is None:
        return None
    label = stub.reference.bytes
    plaintext = decrypt(decrypt(master_key(), content.wrapped_key, label), content.ciphertext, label)
    if commitment(bytes(content.salt), plaintext) != stub.commitment:
        raise InvalidTag
    return plaintext


def unseal_text(stub: SealedText) -> str | None:
    """A resident's own words; None once erased."""
    plaintext = unseal(stub)
    return None if plaintext is None else plaintext.decode()


def unseal_contact(stub: SealedText) -> Contact | None:
    """The contact, for masking or for a reveal; None once erased."""
    plaintext = unseal(stub)
    return None if plaintext is None else Contact(**json.loads(plaintext))


def reveal_contact(context: Context, stub: SealedText) -> Contact:
    """Show a contact in clear. Recorded with who and why; raises ActionRefused without a reason or once erased."""
    if not str(context.reason).strip():
        raise ActionRefused(_("Say why you need this contact."), field="reason")
    with act(context, "contact.reveal", stub.unit, subject=stub):
        contact = unseal_contact(stub)
        if contact is None:
            raise ActionRefused(_("This contact has been erased."))
        return contact


def erase(context: Context, stub: SealedText) -> None:
    """Delete ciphertext, salt and key, and record that it was done and why. Raises ActionRefused when done already."""
    if not str(context.reason).strip():
        raise ActionRefused(_("Say why this is erased."), field="reason")
    with act(context, "sealed.erase", stub.unit, subject=stub):
        if not erase_content(stub):
            raise ActionRefused(_("This has been erased already."))


def erase_content(stub: SealedText) -> bool:
    """Delete ciphertext, salt and key within the act under way, which says why; False when they are gone already."""
    deleted, _by_model = SealedContent.objects.filter(stub=stub).delete()
    return bool(deleted)


def erase_expired(*, limit: int = 200) -> int:
    """Erase what is past its day, each with an event; returns how many. Safe to call again, by two workers too."""
    context, erased = Context(channel=Channel.SYSTEM, reason=_("Its time of keeping is over.")), 0
    for stub in SealedText.objects.filter(content__expires_at__lte=timezone.now()).select_related("unit")[:limit]:
        try:
            erase(context, stub)
        except ActionRefused:  # another worker was faster
            continue
        erased += 1
    return erased


def rewrap(old_key: bytes, new_key: bytes, *, batch: int = 500, on_progress=lambda done: None) -> int:
    """Wrap every key of texts anew when the master key changes; returns how many. The texts stay as they are."""
    done = 0
    while wrapped := _rewrap_some(old_key, new_key, batch):
        done += wrapped
        on_progress(done)
    return done


@transaction.atomic
def _rewrap_some(old_key: bytes, new_key: bytes, batch: int) -> int:
    contents = SealedContent.objects.select_for_update(of=("self",)).select_related("stub")
    found = list(contents.filter(master_key_id=key_id(old_key))[:batch])
    for content in found:
        label = content.stub.reference.bytes
        key = decrypt(old_key, content.wrapped_key, label)
        content.wrapped_key, content.master_key_id = encrypt(new_key, key, label), key_id(new_key)
        content.save(update_fields=["wrapped_key", "master_key_id"])
    return len(found)
