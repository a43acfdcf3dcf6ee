"""The rota on the site, what was seen, what was wrong and was put right."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.actions.people import hold
from community.models import Appointment, Member
from community.personal_numbers import require_public_wording
from community.photos import PreparedPhoto, store_photo
from community.records import Act, Context, act
from community.refusals import ActionRefused, NotAllowed

from ..kernel import decide
from ..models import DutyAssignment, DutyDay, Fault, RenovationRequest, SiteLog, SiteLogPhoto
from ..permissions import require, require_member
from ..rules.faults import FAULT, FaultFacts
from ..rules.stages import State
from .moving import allowed, locked_request
from .telling import tell_of_fault

SITE_OPEN_IN = frozenset({State.JOINT_SUPERVISION})
ROTA_PLANNED_IN = frozenset({State.CO_CONSTRUCTION, State.JOINT_SUPERVISION})


def _with_site(a: Act, request, states=SITE_OPEN_IN) -> RenovationRequest:
    locked = locked_request(a, request)
    if locked.state not in states:
        raise ActionRefused(_("There is no site to look at now."))
    return locked


def plan_duty(context: Context, *, request: RenovationRequest, day: date, members: Iterable[Member]) -> DutyDay:
    """Put members on the rota of a day, in place of whoever stood there; those who leave stay in the history.

    Raises NotAllowed, or ActionRefused when there is no site, nobody is named or somebody holds no post here.
    """
    require(context, "renovation.open_round", request)
    members = list(members)
    if not members:
        raise ActionRefused(_("Name at least one person."), field="members")
    with act(context, "duty.plan", request.community) as a:
        hold(members)  # nobody leaves while they are put on the rota
        locked = _with_site(a, request, ROTA_PLANNED_IN)
        hold_posts_here(members, locked, day)
        duty = DutyDay.objects.filter(request=locked, day=day).first() or a.save(
            DutyDay(request=locked, community=locked.community, day=day)
        )
        a.subject = duty
        existing = {row.member_id: row for row in duty.assignments.all()}
        wanted = {member.pk for member in members}
        for member in members:
            row = existing.get(member.pk) or DutyAssignment(
                duty_day=duty, community=locked.community, member=member, is_active=False
            )
            if not row.is_active:
                row.is_active = True
                a.save(row)
        for member_id, row in existing.items():
            if row.is_active and member_id not in wanted:
                row.is_active = False
                a.save(row)
        return duty


def hold_posts_here(members, request, day: date) -> None:
    """Raise ActionRefused unless each of these active members holds a post in the request's community on that day."""
    held = set(
        Appointment.objects.on_day(day)
        .filter(member__in=members, member__is_active=True, unit__path__startswith=request.community.path)
        .values_list("member_id", flat=True)
    )
    if any(member.pk not in held for member in members):
        raise ActionRefused(_("Only people with a post in this community stand on the rota."), field="members")


def explain_day(context: Context, *, duty_day: DutyDay, no_log: str, explanation: str) -> DutyDay:
    """Say why a duty day has no log.

    Raises NotAllowed for those neither on duty that day nor in charge, ActionRefused when it has a log, or without an
    explanation.
    """
    member = require_member(context)
    require_public_wording(explanation, field="explanation")
    if not explanation.strip():
        raise ActionRefused(_("Explain in one sentence."), field="explanation")
    with act(context, "duty.explain", duty_day.community) as a:
        request = _with_site(a, duty_day.request)
        _on_duty_or_in_charge(context, member, duty_day, request)
        row = a.lock(DutyDay, pk=duty_day.pk, request=request)
        if row.logs.exists():
            raise ActionRefused(_("There is a log of this day."))
        row.no_log, row.explanation, row.explained_by = no_log, explanation, member
        return a.save(row)


def write_log(
    context: Context, *, duty_day: DutyDay, submission_key, weather: str, finding: str, text: str,
    photos: Iterable[tuple[PreparedPhoto, str]] = (), severity: str = "", due_on: date | None = None,
) -> SiteLog:  # fmt: skip
    """Write down what was seen on the site; a repeat with the same submission key returns the first log.

    `photos`: (prepared, caption). With finding "problem" a fault is opened with its severity and day to be put right
    by. Raises NotAllowed for those neither on duty that day nor in charge, ActionRefused for a day to come.
    """
    known = SiteLog.objects.filter(submission_key=submission_key, duty_day=duty_day).first()
    if known is not None:
        return known
    member = require_member(context)
    require_public_wording(text, field="text")
    if not text.strip():
        raise ActionRefused(_("Say in a few words what you saw."), field="text")
    try:
        with act(context, "site_log.write", duty_day.community) as a:
            request = _with_site(a, duty_day.request)
            _on_duty_or_in_charge(context, member, duty_day, request)
            if duty_day.day > timezone.localdate(a.recorded_at):
                raise ActionRefused(_("This day is still to come."))
            log = a.append(
                SiteLog(
                    submission_key=submission_key, request=request, community=request.community, duty_day=duty_day,
                    member=member, seen_at=a.occurred_at, weather=weather, finding=finding, text=text,
                )
            )  # fmt: skip
            a.subject = log
            for prepared, caption in photos:
                stored = store_photo(a, request.community, prepared, name=caption or request.title, public=True)
                a.append(SiteLogPhoto(log=log, file=stored, caption=caption))
            if finding == SiteLog.Finding.PROBLEM:
                _open_fault(a, request, member, log=log, severity=severity, description=text, due_on=due_on)
            return log
    except IntegrityError:
        known = SiteLog.objects.filter(submission_key=submission_key, duty_day=duty_day).first()
        if known is None:
            raise
        return known


def _on_duty_or_in_charge(context: Context, member: Member, duty_day: DutyDay, request) -> None:
    on_duty = duty_day.assignments.filter(member=member, is_active=True).exists()
    if not on_duty and not context.grants.cover(request.unit, "staff", "grid_worker"):
        raise NotAllowed(_("You are not on duty on this day."))


def _open_fault(a: Act, request, member, *, severity, description, due_on, log=None) -> Fault:
    if not severity:
        raise ActionRefused(_("Say how serious it is."), field="severity")
    if due_on is None or due_on < timezone.localdate(a.recorded_at):
        raise ActionRefused(_("Give a day by which it is to be put right, today or later."), field="due_on")
    fault = a.save(
        Fault(
            request=request, community=request.community, log=log, severity=severity, description=description,
            due_on=due_on, found_by=member, found_at=a.occurred_at,
        )
    )  # fmt: skip
    return tell_of_fault(a, fault)


def rectify_fault(context: Context, *, fault: Fault, text: str, photo: PreparedPhoto | None) -> Fault:
    """Say what was done about a fault, with a photo; somebody else checks it. Raises GateClosed without either."""
    require_public_wording(text, field="text")

    def put_right(a: Act, row: Fault, member: Member) -> None:
        row.rectification, row.rectified_by = text, member
        row.rectified_photo = store_photo(a, row.community, photo, name=text[:80], public=True)

    facts = FaultFacts(described=bool(text.strip()), photos=int(photo is not None))
    return _settle_fault(context, fault, "rectify", lambda row, member: facts, put_right)


def check_fault(context: Context, *, fault: Fault, put_right: bool) -> Fault:
    """Somebody else looked: it is put right, or not (with a reason). Raises GateClosed for one's own repair."""

    def checked(a: Act, row: Fault, member: Member) -> None:
        if put_right:
            row.closed_by = member

    event = "close_fault" if put_right else "reject_rectification"
    return _settle_fault(
        context, fault, event, lambda row, member: FaultFacts(own_work=row.rectified_by_id == member.pk), checked
    )


def _settle_fault(context: Context, fault: Fault, event: str, facts_of, assign) -> Fault:
    member = require_member(context)
    with act(context, f"fault.{event}", fault.community) as a:
        request = _with_site(a, fault.request)
        row = a.lock(Fault, pk=fault.pk, request=request)
        transition = FAULT.transition(row.state, event)
        if transition is not None:
            require(context, transition.permission, request)
        moved = allowed(decide(FAULT, row.state, event, facts_of(row, member), reason=str(context.reason)))
        assign(a, row, member)
        row.state = moved.target.value
        a.subject = row
        return tell_of_fault(a, a.save(row))
