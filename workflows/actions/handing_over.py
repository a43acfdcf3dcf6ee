"""What becomes of the days on duty of somebody who leaves. Within the act of leaving, which holds both people."""

from community.models import Member
from community.open_matters import Outlook, register_matters
from community.records import Act
from community.refusals import ActionRefused

from ..models import DutyAssignment, RenovationRequest
from ..querysets.in_hand import duty, duty_ahead, proposals, seats
from .supervising import hold_posts_here


def register() -> None:
    """Tell what a person has in hand of requests."""
    register_matters("seats", seats, order=10)
    register_matters("duty", duty, settle_duty, order=20)
    register_matters("proposals", proposals, order=30)


def settle_duty(a: Act, view: Outlook, successor: Member | None) -> dict:
    """Take the person off the rota; the successor stands there instead. How many days were handed over, or lapsed.

    Raises ActionRefused, beside “successor”, when the successor holds no post there on one of the days.
    """
    requests = duty_ahead(view).values("duty_day__request")
    # The rota of a request is planned under its lock.
    list(RenovationRequest.objects.select_for_update(of=("self",)).filter(pk__in=requests).order_by("pk"))
    rows = list(duty_ahead(view).select_related("duty_day__request__community").order_by("pk"))
    if not rows:
        return {}
    days = [row.duty_day_id for row in rows]
    there = {} if successor is None else {
        row.duty_day_id: row for row in DutyAssignment.objects.filter(duty_day__in=days, member=successor)
    }  # fmt: skip
    for row in rows:
        row.is_active = False
        a.save(row)
        if successor is not None:
            _stand_in(a, row, successor, there.get(row.duty_day_id))
    return {"handed_over" if successor else "lapsed": len(rows)}


def _stand_in(a: Act, row: DutyAssignment, successor: Member, known: DutyAssignment | None) -> None:
    try:
        hold_posts_here([successor], row.duty_day.request, row.duty_day.day)
    except ActionRefused as refusal:
        raise ActionRefused(f"{row.duty_day.day}: {refusal}", field="successor") from refusal
    place = known or DutyAssignment(duty_day=row.duty_day, community_id=row.community_id, member=successor)
    if known is None or not known.is_active:
        place.is_active = True
        a.save(place)
