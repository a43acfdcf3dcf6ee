"""A person leaves: posts, account, slips and messages end in one act, and what they had in hand is settled."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..grants import holders_of
from ..models import Appointment, Member, MessageRoute, Unit, User
from ..notifications.telling import tell
from ..open_matters import open_matters, outlook, settle_matters
from ..permissions import appointers, may_appoint, require_right
from ..records import Act, Context, act
from ..refusals import ActionRefused, Conflict, NotAllowed
from ..roles import ADMIN_ROLES, POST_ROLES, Role
from ..rules.leaving import began_later, over_from
from ..sealed import erase_content
from .invitations import revoke_open
from .people import current_appointments, end_within, hold


class Why(models.TextChoices):
    """Why somebody leaves. Nothing about health, nothing about blame."""

    MOVED = "moved", gettext_lazy("Moved away")
    RESIGNED = "resigned", gettext_lazy("Resigned")
    TERM = "term", gettext_lazy("Term of office over")
    TRANSFERRED = "transferred", gettext_lazy("Transferred to another office")
    DIED = "died", gettext_lazy("Died")
    OTHER = "other", gettext_lazy("Something else")


@dataclass
class Posts:
    """The posts of a person, today or to come, as the actor stands to them."""

    mine: list[Appointment] = field(default_factory=list)
    elsewhere: list[Appointment] = field(default_factory=list)
    higher: list[Appointment] = field(default_factory=list)


@dataclass(frozen=True)
class Left:
    """What came of it: the posts that ended, and those that others have to end. `again`: nothing was left to do."""

    member: Member
    ended: tuple[Appointment, ...] = ()
    elsewhere: tuple[Appointment, ...] = ()
    again: bool = False


class _NothingLeft(Exception):
    """There is nothing to write: the act is undone before it records anything."""


def posts_of(context: Context, member: Member) -> Posts:
    """Which posts the actor may end, which belong to others, and which are offices above what the actor could give."""
    found = Posts()
    for held in current_appointments(member).order_by("pk"):
        if may_appoint(context, held.post, held.unit):
            found.mine.append(held)
        elif POST_ROLES[held.post] & ADMIN_ROLES and _is_over(context, held.unit):
            found.higher.append(held)
        else:
            found.elsewhere.append(held)
    return found


def _is_over(context: Context, unit: Unit) -> bool:
    """Whether a unit lies where the actor keeps the register, or above that: not beside it."""
    paths = context.grants.paths(Role.STAFF, Role.ADMINISTRATOR)
    return any(unit.path.startswith(path) or path.startswith(unit.path) for path in paths)


def who_ends(appointment: Appointment) -> str:
    """Who may end a post, in words."""
    roles = _(" or ").join(str(role.label) for role in appointers(appointment.post))
    return _("%(roles)s of %(unit)s") % {"roles": roles, "unit": appointment.unit}


def refuse_higher(context: Context, member: Member, posts: Posts) -> None:
    """Raise NotAllowed for a person whose office, or whose account, is above what the actor could give."""
    if context.user is None:
        return
    if member.user is not None and member.user.is_superuser:
        raise NotAllowed(_("This account is kept by those who run the server."))
    if posts.higher:
        held = posts.higher[0]
        raise NotAllowed(
            _("This person is %(post)s. Only this can end it: %(who)s.") % {"post": held, "who": who_ends(held)}
        )


def leave(
    context: Context, *, member: Member, why: str, last_day: date, successor: Member | None = None
) -> Left:  # fmt: skip
    """Record that a person leaves: end the posts that the actor may end, hand over or take away what is in hand.

    Without a post elsewhere the account is closed for good (its password goes too), slips and ways of messages end,
    and the member is set inactive. Decisions that were made stay. Once more changes and records nothing.

    `last_day`: the last day in office, today or earlier. Raises NotAllowed without the right or for a higher office,
    ActionRefused for a day that cannot be, the last administrator of a node, a successor who does not fit, Conflict
    when the posts changed at that very moment.
    """
    require_right(context, "Member", "leave", member.unit)
    told = replace(context, reason=_worded(Why(why), context.reason))
    try:
        with act(told, "member.leave", member.unit, subject=member) as a:
            return _leave(a, context, member, Why(why), last_day, successor)
    except _NothingLeft:
        return Left(member, elsewhere=tuple(posts_of(context, member).elsewhere), again=True)


def _worded(why: Why, words: str) -> str:
    """The reason as it is kept, in the site's language. Raises ActionRefused for “something else” without words."""
    if why == Why.OTHER and not str(words).strip():
        raise ActionRefused(_("Say in a few words why."), field="reason")
    with translation.override(settings.LANGUAGE_CODE):
        return f"{why.label}：{words}" if str(words).strip() else str(why.label)


def _leave(a: Act, context: Context, member: Member, why: Why, last_day: date, successor: Member | None) -> Left:
    today = timezone.localdate(a.recorded_at)
    guarded = _lock_administered(member, today)
    people = hold([member, successor] if successor else [member])
    locked = people[member.pk]
    posts = posts_of(context, locked)
    refuse_higher(context, locked, posts)
    if not posts.mine and _is_gone(locked, posts):
        raise _NothingLeft
    _refuse_days(posts.mine, last_day, today)
    _refuse_last_administrator(locked, posts.mine, guarded, today)
    if successor is not None:
        refuse_unfit(people[successor.pk], locked, today)
    view = outlook(context, locked, a.recorded_at)
    lying = Counter()
    for matter in open_matters(view, closes=not posts.elsewhere):
        lying[matter.kind] += matter.number
    settled = settle_matters(a, view, people[successor.pk] if successor else None)
    ended = [end_within(a, held, over_from(last_day, held.starts_on, today)) for held in posts.mine]
    a.other_units += [held.unit for held in ended]
    if not posts.elsewhere:
        _close(a, locked)
    if successor is not None and settled and successor.user_id:
        tell(a, "handed_over", [successor.user_id], unit=locked.unit.chain, title=_title(), url=reverse("desk"))
    a.note(
        why=why.value, last_day=last_day.isoformat(), ended=[str(held.reference) for held in ended],
        still_held_elsewhere=len(posts.elsewhere), account=locked.user_id, open=dict(lying), settled=settled,
        successor=str(successor.reference) if successor else None,
    )  # fmt: skip
    return Left(locked, tuple(ended), tuple(posts.elsewhere))


def _title() -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return _("What a colleague who left had in hand")


def _is_gone(member: Member, posts: Posts) -> bool:
    """Whether nothing is left to do: inactive and shut out, or still needed elsewhere."""
    closed = member.user is None or not member.user.is_active
    return bool(posts.elsewhere) or (not member.is_active and closed)


def _lock_administered(member: Member, today: date) -> set[int]:
    """Lock the nodes that the person administers: of two administrators who leave at once, the second sees the first.

    Nodes come before members, as where a number is given to a member.
    """
    held = member.appointments.on_day(today).filter(post__in=_administering()).values("unit")
    rows = Unit.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=held).order_by("pk")
    return {unit.pk for unit in rows}


def _administering() -> list[str]:
    return [post for post, roles in POST_ROLES.items() if Role.ADMINISTRATOR in roles]


def _refuse_last_administrator(member: Member, ending: list[Appointment], guarded: set[int], today: date) -> None:
    """Raise ActionRefused when a node, and all above it, would be left without an administrator who can sign in."""
    for held in ending:
        if Role.ADMINISTRATOR not in POST_ROLES[held.post] or held.starts_on > today:
            continue
        if held.unit_id not in guarded:
            raise Conflict(_("The posts of this person have just changed. Look at them again."))
        if not holders_of([Role.ADMINISTRATOR], held.unit).exclude(pk=member.user_id).exists():
            raise ActionRefused(
                _("This is the last administrator of %(unit)s. Appoint another one first, with an account.")
                % {"unit": held.unit}
            )


def _refuse_days(ending: list[Appointment], last_day: date, today: date) -> None:
    if last_day > today:
        raise ActionRefused(
            _("This day is still to come. Enter it on the day, or end the single appointments for that day now."),
            field="last_day",
        )
    late = next((held for held in ending if began_later(last_day, held.starts_on, today)), None)
    if late is not None:
        raise ActionRefused(
            _("%(post)s began on %(day)s only.") % {"post": late, "day": late.starts_on}, field="last_day"
        )


def refuse_unfit(successor: Member, member: Member, today: date) -> None:
    """Raise ActionRefused unless the successor serves in the same community today."""
    here = Appointment.objects.on_day(today).filter(
        member=successor, member__is_active=True, unit__path__startswith=member.unit.chain.path
    )
    if successor.pk == member.pk or not here.exists():
        raise ActionRefused(_("Choose somebody else who holds a post in the same community today."), field="successor")


def _close(a: Act, member: Member) -> None:
    """Shut the account and every way to the person. Without its password no session of it lives on, not even later."""
    revoke_open(a, member)
    if member.user_id is not None:
        user = a.lock(User, pk=member.user_id)
        user.is_active = False
        user.set_unusable_password()
        user.save()
        for route in MessageRoute.objects.filter(user=user).select_related("address"):
            erase_content(route.address)
            route.delete()
    member.is_active = False
    a.save(member)
