"""What everyone may read about a request: its way so far, its money, its site, its decisions. No person in it.

Each reader is one query, whatever the number of versions, logs and neighbours.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..models import (
    ApprovalRound,
    Cosignature,
    DutyDay,
    Objection,
    OwnersVote,
    Pledge,
    PublicityPeriod,
    RenovationRequest,
    SharedResult,
    SiteLog,
    SiteLogPhoto,
    WorksPlan,
)
from ..rules.stages import Stage, stage_of
from ..rules.votes import Matter, Verdict, verdict
from .facts import vote_figures


@dataclass(frozen=True)
class FundingLine:
    """Confirmed money of one payer, in yuan; reversals are taken off."""

    label: str
    amount: Decimal


def stage_dates(request: RenovationRequest) -> dict[Stage, date]:
    """The day on which each stage was reached for the last time."""
    rows = request.history.order_by("history_id").values_list("state", "resume_to", "history_date")
    reached: dict[Stage, date] = {}
    before = None
    for state, resume_to, moment in rows:
        stage = stage_of(state, resume_to or None)
        if stage != before:
            reached[stage] = timezone.localdate(moment)
            before = stage
    return reached


def funding_lines(request: RenovationRequest) -> list[FundingLine]:
    """Who pays how much, the largest first."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    lines = Pledge.objects.filter(request=request, confirmation__isnull=False).order_by("pk")
    for label, amount in lines.values_list("label", "amount"):
        sums[label] += amount
    found = [FundingLine(label, amount) for label, amount in sums.items() if amount > 0]
    return sorted(found, key=lambda line: -line.amount)


def site_logs(request: RenovationRequest):
    """Site logs with their photos, the newest first."""
    photos = Prefetch("photos", SiteLogPhoto.objects.select_related("file").order_by("pk"))
    return SiteLog.objects.filter(request=request).prefetch_related(photos, "faults").order_by("-seen_at", "-pk")


def with_its_figures(request_id: int) -> RenovationRequest:
    """The request with its unit, `log_days` (on how many days somebody looked at the site) and `signatures` (how many
    neighbours sign it). One query.
    """
    days = DutyDay.objects.filter(request=OuterRef("pk"), logs__isnull=False).order_by()
    counted = days.values("request").annotate(number=Count("pk", distinct=True)).values("number")
    found = RenovationRequest.objects.select_related("unit", "community")
    signed = Cosignature.objects.filter(request=OuterRef("pk"), withdrawn_at__isnull=True).order_by()
    signed = signed.values("request").annotate(number=Count("pk")).values("number")
    figures = {"log_days": Coalesce(Subquery(counted), 0), "signatures": Coalesce(Subquery(signed), 0)}
    return found.annotate(**figures).get(pk=request_id)


def latest_round(request: RenovationRequest) -> ApprovalRound | None:
    """The newest round of approval that still counts; `asked` and `agreed` are its bodies. One query."""
    rounds = ApprovalRound.objects.filter(request=request).exclude(state="void")
    agreed = Count("steps", filter=Q(steps__state="passed"))
    return rounds.annotate(asked=Count("steps"), agreed=agreed).order_by("-number").first()


def current_publicity(request: RenovationRequest) -> PublicityPeriod | None:
    """The confirmed publicity period that counts, with `raised` and `answered` objections. One query."""
    periods = PublicityPeriod.objects.confirmed().filter(request=request, version__gte=request.substance_version)
    counted = periods.annotate(
        raised=Count("objections"), answered=Count("objections", filter=Q(objections__answered_by__isnull=False))
    )
    return counted.order_by("-entered_at", "-pk").first()


def with_next_days(pages, today: date):
    """Project pages with `displayed_until` (the end of the display that runs today) and `works_end` (as planned)."""
    displays = PublicityPeriod.objects.confirmed().filter(
        request=OuterRef("request"),
        version__gte=OuterRef("request__substance_version"),
        starts_on__lte=today,
        ends_on__gte=today,
    )
    plans = WorksPlan.objects.confirmed().filter(request=OuterRef("request"))
    return pages.annotate(
        displayed_until=Subquery(displays.order_by("-entered_at", "-pk").values("ends_on")[:1]),
        works_end=Subquery(plans.order_by("-entered_at", "-pk").values("ends_on")[:1]),
    )


def objections(request: RenovationRequest) -> list[Objection]:
    """Every objection that was ever raised, of earlier periods too, the oldest first."""
    return list(Objection.objects.filter(request=request).order_by("received_on", "pk"))


def vote_verdict(request: RenovationRequest) -> tuple[OwnersVote, Verdict] | None:
    """The confirmed owners' vote and its arithmetic; None when none was held or needed."""
    vote = OwnersVote.objects.confirmed().filter(request=request).order_by("-entered_at", "-pk").first()
    if vote is None or vote.matter == Matter.NONE:
        return None
    judged = verdict(Matter(vote.matter), vote_figures(vote))
    return (vote, judged) if isinstance(judged, Verdict) else None


def works_plan(request: RenovationRequest) -> WorksPlan | None:
    plans = WorksPlan.objects.confirmed().filter(request=request).select_related("contractor")
    return plans.order_by("-entered_at", "-pk").first()


def shared_result(request: RenovationRequest) -> SharedResult | None:
    results = SharedResult.objects.confirmed().filter(request=request)
    return results.select_related("upkeep", "before_photo", "after_photo").order_by("-entered_at", "-pk").first()
