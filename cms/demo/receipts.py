"""The receipts of the residents' proposals of the demo: their codes follow from this installation's secret key, so that
a later load finds them again, and nobody else's demo has the same.
"""

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from workflows.rules.codes import LENGTH, shown
from workflows.rules.references import ALPHABET

# Name of the proposal → what its receipt shows.
PROPOSALS = {
    "hall-light": _("Handed in, signed by neighbours"),
    "downpipe": _("Came back with a question"),
    "flower-bed": _("Taken back"),
    "roof-garden": _("Declined, with the reason"),
    "entrance-seat": _("Accepted"),
}


def code_of(name: str) -> str:
    """The code of a receipt of the demo."""
    digest = salted_hmac("linli.demo.receipt", name, algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])


def listing() -> list[str]:
    """The codes as lines of plain text."""
    return [f"  {shown(code_of(name)):<22}{'/f/':<9}{what}" for name, what in PROPOSALS.items()]
