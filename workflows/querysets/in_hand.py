"""What somebody has in hand of renovation requests: seats, days on duty, proposals of their own."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from community.open_matters import Matter, Outlook

from ..models import DutyAssignment, RenovationRequest, Seat
from ..rules.gates import ENDED

MOST = 50


def seats(view: Outlook) -> list[Matter]:
    """Seats in which nothing is decided yet, one line for each request."""
    waiting = Seat.objects.waiting_for(view.member.pk, view.today).filter(view.within("appointment__unit__path"))
    becomes = _("The seat falls away. Decisions stay; if too few are left to decide, the request comes back")
    requests = [seat.step.round.request for seat in waiting[:MOST]]
    return [_of_request("seats", _("Open seat: %(title)s"), one, becomes, "inspect") for one in _once(requests)]


def duty_ahead(view: Outlook) -> QuerySet:
    """Days from today on, on which the member stands on the rota and nobody has been there yet."""
    return DutyAssignment.objects.filter(
        view.within("duty_day__request__unit__path"), member=view.member, is_active=True,
        duty_day__day__gte=view.today, duty_day__no_log="", duty_day__logs=None,
    ).exclude(duty_day__request__state__in=ENDED)  # fmt: skip


def duty(view: Outlook) -> list[Matter]:
    rows = duty_ahead(view).select_related("duty_day__request__community").order_by("duty_day__day", "pk")
    requests = [row.duty_day.request for row in rows]
    becomes = _("Goes to the successor; without one, nobody stands there")
    return [
        _of_request(
            "duty", _("Duty on the site: %(title)s"), one, becomes, "rota", number=requests.count(one), can_pass=True
        )
        for one in _once(requests)
    ]


def proposals(view: Outlook) -> list[Matter]:
    rows = RenovationRequest.objects.filter(view.within("unit__path"), proposer=view.member).exclude(state__in=ENDED)
    becomes = _("Stays as it is; the staff of the place carry it on")
    found = rows.select_related("community").order_by("pk")[:MOST]
    return [_of_request("proposals", _("Proposed: %(title)s"), one, becomes, "inspect") for one in found]


def _once(requests: Iterable[RenovationRequest]) -> list[RenovationRequest]:
    return list({one.pk: one for one in requests}.values())


def _of_request(kind, label, request, becomes, screen, *, number=1, can_pass=False) -> Matter:
    url = reverse(f"renovation:{screen}", args=[request.community.code, request.reference])
    return Matter(kind, label % {"title": request.title}, number, becomes, url, can_pass)
