"""What the inbox of the desk shows of renovation requests."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from home.desk.days import end_of_week
from home.desk.registry import Item, register_entry, register_source

from ..querysets import waiting
from ..rules.renovation import ROLES_FOR

DECIDE, DUTY, FAULT, SECOND, OBJECTION = "decide", "duty", "fault", "second", "objection"
KINDS = {
    DECIDE: gettext_lazy("To decide"),
    DUTY: gettext_lazy("Duty day"),
    FAULT: gettext_lazy("Fault"),
    SECOND: gettext_lazy("Second look"),
    OBJECTION: gettext_lazy("Objection"),
}
ON_SITE = ("serving", "grid_worker", "staff")


def register() -> None:
    """Make the desk show renovation requests."""
    register_source(KINDS, items, order=10)
    register_entry(gettext_lazy("Inbox"), "desk", lambda grants: True, order=0)
    register_entry(gettext_lazy("On site"), "desk-duty", lambda grants: bool(grants.paths(*ON_SITE)), order=20)
    register_entry(
        gettext_lazy("Propose"),
        "desk-propose",
        lambda grants: bool(grants.paths(*ROLES_FOR["renovation.propose"])),
        order=30,
    )


def items(user, today: date) -> list[Item]:
    return [*decisions(user, today), *duties(user, today), *faults(user), *second_looks(user), *objections(user)]


def decisions(user, today: date) -> list[Item]:
    """One line for each step that waits, also for a member who sits in it twice."""
    seats = waiting.seats_waiting(user, today)
    steps = {seat.step_id: seat.step for seat in seats}
    lacking = waiting.still_to_take_part(list(steps.values())) if steps else {}
    return [
        Item(
            kind=DECIDE,
            title=step.round.question,
            place=f"{step.round.request.community} · {step.unit}",
            state=step.round.request.stage.value,
            url=reverse("desk-decide", args=[*address(step.round.request), step.reference]),
            due=timezone.localdate(step.due_at) if step.due_at else None,
            note=people_missing(lacking[step.pk]),
        )
        for step in steps.values()
    ]


def people_missing(number: int) -> str:
    if not number:
        return ""
    return ngettext("%(number)d more must speak", "%(number)d more must speak", number) % {"number": number}


def duties(user, today: date) -> list[Item]:
    return [
        Item(
            kind=DUTY,
            title=day.request.title,
            place=str(day.request.community),
            state=day.request.stage.value,
            url=f"{reverse('desk-site', args=address(day.request))}?day={day.day:%Y-%m-%d}",
            due=day.day,
            note=_("Look at the site and write the log"),
        )
        for day in waiting.days_on_duty(user, end_of_week(today))
    ]


def faults(user) -> list[Item]:
    return [
        Item(
            kind=FAULT,
            title=fault.description[:60],
            place=f"{fault.request.community} · {fault.request.title}",
            state=fault.severity,
            url=reverse("desk-fault", args=[*address(fault.request), fault.reference]),
            due=fault.due_on,
            note=_("Put right by others: have a look") if to_check else _("To be put right"),
        )
        for fault, to_check in waiting.faults_waiting(user)
    ]


def second_looks(user) -> list[Item]:
    return [
        Item(
            kind=SECOND,
            title=look.title,
            place=look.community,
            state=look.stage,
            url=reverse("desk-second-look", args=[look.code, look.request, look.kind, look.reference]),
            note=_("Confirm: %(what)s") % {"what": waiting.SECOND_LOOKS[look.kind]._meta.verbose_name},
        )
        for look in waiting.second_looks(user)
    ]


def objections(user) -> list[Item]:
    return [
        Item(
            kind=OBJECTION,
            title=objection.summary[:60],
            place=f"{objection.request.community} · {objection.request.title}",
            state=objection.request.stage.value,
            url=reverse("desk-objection", args=[*address(objection.request), objection.reference]),
            due=objection.publicity.ends_on,
            note=_("Wants an answer with its reason"),
        )
        for objection in waiting.objections_open(user)
    ]


def address(request) -> list[str]:
    """The public address of a request, always both parts."""
    return [request.community.code, request.reference]
