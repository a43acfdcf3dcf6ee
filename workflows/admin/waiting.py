"""What renovation requests put on the first screen of the admin; each row leads to the screen where it is done."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.grants import grants_for, within
from home.admin.waiting import DUE, WAITING, Row, register_rows

from ..models import RenovationRequest
from ..querysets import waiting
from ..rules.gates import ENDED
from ..rules.renovation import ROLES_FOR
from ..rules.stages import State
from .views import address_of

SOON = timedelta(days=14)
MOST = 50


def register() -> None:
    """Make the first screen of the admin show renovation requests."""
    register_rows(WAITING, proposals, order=20)
    register_rows(WAITING, decisions, order=30)
    register_rows(WAITING, second_looks, order=40)
    register_rows(WAITING, objections, order=50)
    register_rows(WAITING, faults, order=60)
    register_rows(DUE, due, order=10)


def proposals(user, today: date) -> list[Row]:
    """Requests that nobody has answered yet, for those who may accept them."""
    here = within(grants_for(user).paths(*ROLES_FOR["renovation.accept"]), "unit__path")
    found = RenovationRequest.objects.filter(here, state=State.SUBMITTED).select_related("community")
    return [
        Row(
            title=request.title,
            url=address_of(request),
            place=request.community.name,
            note=_("A new request: accept it, send it back or decline it"),
        )
        for request in found.order_by("proposed_at", "pk")[:MOST]
    ]


def decisions(user, today: date) -> list[Row]:
    """Steps in which the person sits; they are decided on the desk."""
    steps = {seat.step_id: seat.step for seat in waiting.seats_waiting(user, today)}
    return [
        Row(
            title=step.round.request.title,
            url=reverse("desk-decide", args=[*at(step.round.request), step.reference]),
            place=step.round.request.community.name,
            note=_("Your decision is asked for"),
            due=timezone.localdate(step.due_at) if step.due_at else None,
        )
        for step in steps.values()
    ]


def second_looks(user, today: date) -> list[Row]:
    """What others entered, on the screen where it is confirmed."""
    return [
        Row(
            title=look.title,
            url=confirming_address(look),
            place=look.community,
            note=_("Confirm: %(what)s") % {"what": waiting.SECOND_LOOKS[look.kind]._meta.verbose_name},
        )
        for look in waiting.second_looks(user)
    ]


def confirming_address(look: waiting.SecondLook) -> str:
    request = [look.code, look.request]
    if look.kind == waiting.WORDING:
        return reverse("renovation:inspect", args=request)
    if look.kind == waiting.PLEDGE:
        return reverse("renovation:pledge_confirm", args=[*request, look.reference])
    if look.kind == waiting.PAPER_VOTE:
        return reverse("desk-second-look", args=[*request, look.kind, look.reference])
    return reverse("renovation:evidence", args=[*request, look.kind, look.reference])


def objections(user, today: date) -> list[Row]:
    return [
        Row(
            title=objection.summary[:60],
            url=address_of(objection.request, "objection_answer", objection.reference),
            place=objection.request.community.name,
            note=_("An objection that wants an answer with its reason"),
            due=objection.publicity.ends_on,
        )
        for objection in waiting.objections_open(user)
    ]


def faults(user, today: date) -> list[Row]:
    """Faults on a site; what was put right is checked on the desk, on the spot."""
    return [
        Row(
            title=fault.description[:60],
            url=reverse("desk-fault", args=[*at(fault.request), fault.reference]),
            place=fault.request.community.name,
            note=_("A fault put right by others: have a look") if to_check else _("A fault to be put right"),
            due=fault.due_on,
        )
        for fault, to_check in waiting.faults_waiting(user)
    ]


def due(user, today: date) -> list[Row]:
    """Requests with a last day within two weeks or behind us, for all who follow requests in the admin."""
    found = RenovationRequest.objects.visible_to(user).with_due().filter(due_on__lte=today + SOON)
    found = found.exclude(state__in=ENDED).select_related("community").order_by("due_on", "pk")
    return [
        Row(
            title=request.title,
            url=address_of(request),
            place=request.community.name,
            note=request.get_state_display(),
            due=request.due_on,
        )
        for request in found[:MOST]
    ]


def at(request) -> list[str]:
    """The public address of a request, always both parts."""
    return [request.community.code, request.reference]
