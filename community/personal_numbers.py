"""Numbers of persons that have no place in public wording."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .refusals import ActionRefused

GAP = r"[\s\-‐-―−.·]{0,2}"
SPLIT = r"[\s\-‐-―−.·]{1,2}"

# A mobile number of the mainland: in one piece, in the groups that people write, or digit by digit.
MOBILE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)?86{GAP})?1(?:"
    rf"[3-9]\d{GAP}\d{{4}}{GAP}\d{{4}}|[3-9]\d{GAP}\d{{3}}{GAP}\d{{5}}|[3-9]\d\d{GAP}\d{{3}}{GAP}\d{{4}}"
    rf"|{SPLIT}[3-9](?:{SPLIT}\d){{9}})(?!\d)"
)
# An identity number: six digits of a place, a date of birth, three digits and a check character.
IDENTITY = re.compile(
    rf"(?<!\d)[1-9]\d{{5}}{GAP}(?:18|19|20)\d\d{GAP}(?:0[1-9]|1[0-2]){GAP}(?:0[1-9]|[12]\d|3[01])"
    rf"{GAP}\d{{3}}{GAP}[\dXx](?!\d)"
)


def holds_personal_number(text: str) -> bool:
    """Whether a text holds a mobile or an identity number, in half-width or full-width digits, grouped or not."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(MOBILE.search(plain) or IDENTITY.search(plain))


def refuse_personal_numbers(text: str) -> None:
    """Validator for words that everyone may read. Raises ValidationError for a mobile or identity number."""
    if holds_personal_number(str(text)):
        raise ValidationError(
            _("Everyone can read this: leave out mobile numbers and identity numbers."), code="personal_number"
        )


def require_public_wording(text: str, *, field: str) -> None:
    """The same for actions: raises ActionRefused, so that the sentence stands beside the field."""
    try:
        refuse_personal_numbers(text)
    except ValidationError as error:
        raise ActionRefused(error.messages[0], field=field) from None
