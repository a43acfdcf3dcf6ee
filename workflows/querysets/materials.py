"""The papers of a request: every kind of evidence and the pledges, read together."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast
from django.urls import reverse

from ..models import Pledge, RenovationRequest, RequestPhoto, ResidentPhoto
from .waiting import EVIDENCE, PLEDGE, SECOND_LOOKS


@dataclass(frozen=True)
class Material:
    """A piece of evidence that stands: entered, or confirmed by a second person."""

    kind: str
    reference: str
    confirmed: bool
    entered_at: datetime
    paper: str | None

    @property
    def name(self) -> str:
        return SECOND_LOOKS[self.kind]._meta.verbose_name

    @property
    def state(self) -> str:
        """A key of the vocabulary of states."""
        return "confirmed" if self.confirmed else "entered"

    @property
    def paper_url(self) -> str:
        return reverse("media", args=[self.paper, "full"]) if self.paper else ""


def materials(request: RenovationRequest) -> list[Material]:
    """All evidence and pledges that stand, the newest first: one query."""
    parts = [
        model.objects.standing()
        .filter(request=request)
        .order_by()
        .values_list(_kind(kind), "reference", Cast("confirmed_by", CharField()), "entered_at", "paper__reference")
        for kind, model in EVIDENCE.items()
    ]
    pledges = (
        Pledge.objects.filter(request=request)
        .annotate(second=Cast("confirmation__confirmed_by", CharField()), at=F("event__recorded_at"))
        .order_by()
        .values_list(_kind(PLEDGE), "reference", "second", "at", "paper__reference")
    )
    rows = pledges.union(*parts, all=True)
    found = [Material(kind, reference, bool(second), at, paper) for kind, reference, second, at, paper in rows]
    return sorted(found, key=lambda material: material.entered_at, reverse=True)


def _kind(kind: str) -> Value:
    return Value(kind, output_field=CharField())


def resident_photos(request: RenovationRequest) -> list[ResidentPhoto]:
    """What residents handed in, each with `is_released`: whether everybody sees a copy of it. One query."""
    copies = RequestPhoto.objects.filter(released_from=OuterRef("pk"))
    rows = ResidentPhoto.objects.filter(request=request).annotate(is_released=Exists(copies))
    return list(rows.select_related("file").order_by("pk"))


def photos(request: RenovationRequest) -> list[RequestPhoto]:
    return list(RequestPhoto.objects.filter(request=request).select_related("file").order_by("pk"))
