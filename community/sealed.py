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

from .models import Channel, SealedContent, SealedDraft, SealedText, Unit
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
    return keyed_hash("phone", digits) if digits else ""


def keyed_hash(label: str, value: str) -> str:
    """A hash by which only this house recognises a value, and only under the same label: 64 hexadecimal digits."""
    return hmac.new(master_key(), f"{label}{value}".encode(), hashlib.sha256).hexdigest()


def commitment(salt: bytes, plaintext: bytes) -> str:
    return hashlib.sha256(salt + plaintext).hexdigest()


@dataclass(frozen=True)
class Plain:
    """Something to be sealed: what it is, its bytes, and the phone number by which it is recognised, if any."""

    purpose: str
    plaintext: bytes
    phone: str = ""


def words(text: str) -> Plain:
    """A resident's own words."""
    return Plain(SealedText.Purpose.STATEMENT, text.encode())


def reach(contact: Contact) -> Plain:
    """A name, a phone number and an e-mail address."""
    plaintext = json.dumps(asdict(contact), ensure_ascii=False).encode()
    return Plain(SealedText.Purpose.CONTACT, plaintext, contact.phone)


def seal_text(a: Act, unit: Unit, text: str, *, expires_at: datetime | None = None) -> SealedText:
    """Seal a resident's own words within an act."""
    return seal_all(a, unit, [words(text)], expires_at=expires_at)[0]


def seal_contact(a: Act, unit: Unit, contact: Contact, *, expires_at: datetime | None = None) -> SealedText:
    """Seal a name, a phone number and an e-mail address within an act."""
    return seal_all(a, unit, [reach(contact)], expires_at=expires_at)[0]


def seal_address(a: Act, unit: Unit, address: str) -> SealedText:
    """Seal, within an act, where a person wants to hear of messages."""
    return seal_all(a, unit, [Plain(SealedText.Purpose.ADDRESS, address.encode())])[0]


def seal_all(a: Act, unit: Unit, plains: list[Plain], *, expires_at: datetime | None = None) -> list[SealedText]:
    """Seal several texts within an act, each under a key of its own, in two statements; their stubs in order."""
    salts = [secrets.token_bytes(16) for _plain in plains]
    stubs = a.append_all([
        SealedText(unit=unit, purpose=plain.purpose, commitment=commitment(salt, plain.plaintext))
        for plain, salt in zip(plains, salts, strict=True)
    ])  # fmt: skip
    SealedContent.objects.bulk_create([
        SealedContent(
            stub=stub, salt=salt, phone_hash=phone_hash(plain.phone), expires_at=expires_at,
            **locked(plain.plaintext, stub.reference.bytes),
        )
        for plain, salt, stub in zip(plains, salts, stubs, strict=True)
    ])  # fmt: skip
    return stubs


def locked(plaintext: bytes, label: bytes) -> dict:
    """`ciphertext` under a new key, `wrapped_key` and `master_key_id`, as the rows of sealed things keep them."""
    key, wrapping = AESGCM.generate_key(256), master_key()
    return {
        "ciphertext": encrypt(key, plaintext, label),
        "wrapped_key": encrypt(wrapping, key, label),
        "master_key_id": key_id(wrapping),
    }


def unlocked(row, label: bytes) -> bytes:
    """The plaintext of such a row. Raises InvalidTag when it was altered or the master key is another."""
    return decrypt(decrypt(master_key(), row.wrapped_key, label), row.ciphertext, label)


def unseal(stub: SealedText) -> bytes | None:
    """The plaintext; None once erased. Raises InvalidTag when it was altered or the master key is another."""
    content = SealedContent.objects.filter(stub=stub).first()
    if content is None:
        return None
    plaintext = unlocked(content, stub.reference.bytes)
    if commitment(bytes(content.salt), plaintext) != stub.commitment:
        raise InvalidTag
    return plaintext


def unseal_all(stubs: list[SealedText]) -> dict[int, bytes]:
    """{key of a stub: plaintext} of several, in one statement. What was erased is missing. Raises InvalidTag."""
    contents = SealedContent.objects.in_bulk([stub.pk for stub in stubs])
    found = {}
    for stub in stubs:
        content = contents.get(stub.pk)
        if content is None:
            continue
        found[stub.pk] = unlocked(content, stub.reference.bytes)
        if commitment(bytes(content.salt), found[stub.pk]) != stub.commitment:
            raise InvalidTag
    return found


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
    found = [(row, row.stub.reference.bytes) for row in contents.filter(master_key_id=key_id(old_key))[:batch]]
    drafts = SealedDraft.objects.select_for_update().filter(master_key_id=key_id(old_key))[: batch - len(found)]
    found += [(row, row.reference.bytes) for row in drafts]
    for row, label in found:
        key = decrypt(old_key, row.wrapped_key, label)
        row.wrapped_key, row.master_key_id = encrypt(new_key, key, label), key_id(new_key)
        row.save(update_fields=["wrapped_key", "master_key_id"])
    return len(found)
