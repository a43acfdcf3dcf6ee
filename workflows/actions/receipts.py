"""Receipts: the code that a resident keeps, and what it opens."""

import secrets

from community.tokens import token_hash

from ..models import Receipt, RenovationRequest
from ..rules import codes


def new_code() -> str:
    """The code of a receipt, to be handed to the resident and to the act that gives the receipt."""
    return codes.make(secrets.choice)


def give_receipt(request: RenovationRequest, code: str, *, neighbours: bool) -> None:
    """Let the code open the request, within an act; and let the code that follows from it be signed by neighbours."""
    opened = {Receipt.Opens.PROPOSAL: code}
    if neighbours:
        opened[Receipt.Opens.SIGNING] = codes.for_neighbours(code)
    Receipt.objects.bulk_create([
        Receipt(code_hash=token_hash(value), opens=opens, request=request, community=request.community)
        for opens, value in opened.items()
    ])  # fmt: skip
