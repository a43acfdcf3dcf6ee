"""The first people of a community, and the slips of paper with which they come."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.actions.invitations import invite
from community.models import Invitation, Member, Unit, User
from community.records import Context
from community.refusals import ActionRefused


def first_people(unit: Unit) -> list[Member]:
    """Active members registered at the community itself who hold a post, in the order of the register. Two queries."""
    members = Member.objects.filter(unit=unit, is_active=True).select_related("user", "unit").order_by("pk")
    return [one for one in members.prefetch_related("appointments") if posts_of(one)]


def posts_of(member: Member) -> list[str]:
    """The posts that a member holds today or later, in words."""
    today = timezone.localdate()
    held = member.appointments.all()
    return [str(one.get_post_display()) for one in held if one.ends_on is None or one.ends_on > today]


def has_come(member: Member) -> bool:
    """Whether the person has set a password of their own."""
    return member.user is not None and member.user.has_usable_password()


def may_be_invited(member: Member) -> bool:
    return not has_come(member) and (member.user is None or member.user.is_active)


@transaction.atomic
def invite_first_people(context: Context, *, unit: Unit) -> list[tuple[Invitation, str, Member]]:
    """A code for each person of the community who has not come yet, all or none; earlier codes of theirs end.

    Who has no account gets one, under a name made of the community's code and a number. Raises what `invite` raises,
    ActionRefused when everybody has come.
    """
    waiting = [one for one in first_people(unit) if may_be_invited(one)]
    if not waiting:
        raise ActionRefused(_("Everybody here has set a password already."))
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)  # one at a time names the accounts
    issued = []
    for member in waiting:
        invitation, code = invite(context, member=member, username="" if member.user_id else free_name(unit))
        issued.append((invitation, code, Member.objects.select_related("unit", "user").get(pk=member.pk)))
    return issued


def free_name(unit: Unit) -> str:
    """The next sign-in name of the community: linfeng-1, linfeng-2, …"""
    used = set(User.objects.filter(username__istartswith=f"{unit.code}-").values_list("username", flat=True))
    lower = {name.lower() for name in used}
    return next(name for number in range(1, len(used) + 2) if (name := f"{unit.code}-{number}") not in lower)
