"""Whom an act on a request concerns, and what they are told. Called within the act, one line each."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from community.grants import grants_of, holders_of
from community.models import Channel
from community.notifications.kinds import register_kinds
from community.notifications.telling import row, tell, tell_contact, write
from community.records import Act

from ..kernel import Moved
from ..models import ApprovalStep, DutyAssignment, Fault, Objection, Seat
from ..querysets.waiting import PLEDGE, WORDING
from ..rules.faults import FaultState
from ..rules.renovation import ROLES_FOR
from ..rules.stages import State
from ..words import KINDS_OF_MESSAGES

# What the proposer reads when the request comes into a state; any other state is a step on the road.
OF_STATE = {
    State.RETURNED: "proposal_returned",
    State.DECLINED: "proposal_declined",
    State.MERGED: "proposal_merged",
    State.WITHDRAWN: "proposal_withdrawn",
    State.PAUSED: "proposal_paused",
    State.CLOSED: "proposal_closed",
}
DUTY_TOLD_FROM = 16  # o'clock on the day before
ON_SITE = (State.CO_CONSTRUCTION, State.JOINT_SUPERVISION)
WHERE_CODES_ARE_TYPED = "/f/"


def register() -> None:
    register_kinds(KINDS_OF_MESSAGES)


def tell_staff(a: Act, request, kind: str = "proposed") -> None:
    """A proposal came in, was completed or was taken back: those who may accept it."""
    _tell_roles(a, kind, "renovation.accept", request, "desk-request")


def tell_seats(a: Act, step: ApprovalStep) -> None:
    """A step opened: those who sit in it and still hold their post."""
    seats = Seat.objects.asked(step, timezone.localdate(a.recorded_at)).values_list("member__user", flat=True)
    tell(a, "decide", seats, **_thing(step.round.request, "desk-decide", step.reference))


def tell_second_person(a: Act, entered):
    """Something was entered that counts once somebody else has confirmed it. Returns it."""
    name = entered._meta.model_name
    kind, right = {"wordingchange": (WORDING, "renovation.edit"), "pledge": (PLEDGE, "")}.get(name, (name, ""))
    right = right or "renovation.confirm_evidence"
    _tell_roles(a, "second_look", right, entered.request, "desk-second-look", kind, str(entered.reference))
    return entered


def tell_answerers(a: Act, objection: Objection) -> Objection:
    """An objection came in: those who may answer it. Returns it."""
    right = "renovation.confirm_evidence"
    _tell_roles(a, "objection", right, objection.request, "desk-objection", objection.reference)
    return objection


def tell_of_fault(a: Act, fault: Fault) -> Fault:
    """A fault is open: those who may put it right. It was put right: those who may check that. Returns it."""
    if fault.state == FaultState.OPEN:
        _tell_roles(a, "fault", "renovation.rectify_fault", fault.request, "desk-fault", fault.reference)
    elif fault.state == FaultState.RECTIFIED:
        _tell_roles(a, "fault_check", "renovation.check_fault", fault.request, "desk-fault", fault.reference)
    return fault


def tell_proposer(a: Act, request, moved: Moved) -> None:
    """A request moved: its proposer. A resident without an account may have left an e-mail address."""
    kind = "proposal_accepted" if moved.source == State.SUBMITTED else "proposal_moved"
    kind = OF_STATE.get(moved.target, kind)
    user = request.proposer.user if request.proposer_id else None
    if user is not None:
        may_open = grants_of(user).cover(request.unit, *ROLES_FOR["renovation.view"])
        thing = _thing(request, "desk-request") if may_open else {"unit": request.community, "title": request.title}
        tell(a, kind, [user.pk], **thing)
    elif request.proposer_contact_id and not _by_receipt(a):
        where = {"unit": request.community, "title": request.title, "url": WHERE_CODES_ARE_TYPED}
        tell_contact(a, kind, request.proposer_contact, **where)


def _by_receipt(a: Act) -> bool:
    """Whether it was the resident, with the receipt and without an account, who acted."""
    return a.context.account is None and a.context.channel == Channel.WEB


def tell_of_duty(*, now: datetime | None = None) -> int:
    """In the afternoon, those who stand on tomorrow's rota; how many. The worker looks again and again, to no harm."""
    now = now or timezone.now()
    local = timezone.localtime(now)
    if local.hour < DUTY_TOLD_FROM:
        return 0
    day = local.date() + timedelta(days=1)
    places = DutyAssignment.objects.filter(
        duty_day__day=day, is_active=True, duty_day__request__state__in=ON_SITE, member__user__is_active=True
    ).select_related("duty_day__request__community", "member")
    return write([
        row("duty", now=now, recipient_id=place.member.user_id, once=f"duty:{place.duty_day_id}:{day}",
            **_thing(place.duty_day.request, "desk-site", query=f"?day={day:%Y-%m-%d}"))
        for place in places
    ])  # fmt: skip


def _tell_roles(a: Act, kind: str, right: str, request, url_name: str, *parts: str) -> None:
    users = holders_of(ROLES_FOR[right], request.unit).values_list("pk", flat=True)
    tell(a, kind, users, **_thing(request, url_name, *parts))


def _thing(request, url_name: str, *parts: str, query: str = "") -> dict:
    """The public title of a request, and the address of what is to be done about it."""
    url = reverse(url_name, args=[request.community.code, request.reference, *parts]) + query
    return {"unit": request.community, "title": request.title, "url": url}
