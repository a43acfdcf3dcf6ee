"""Writes to members, their accounts and their appointments."""

import secrets
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Appointment, Home, Member, Partner, SealedContent, Unit, User
from ..permissions import appointers, require, require_over_account, require_right
from ..records import Act, Context, act
from ..refusals import ActionRefused
from ..sealed import Contact, reveal_contact, seal_contact
from .places import assign, delete_unbound, refuse_elsewhere

# No 0, O, 1, l, I: an initial password is read aloud and typed once.
LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def register_member(context: Context, *, unit: Unit, name: str, contact: Contact | None = None, **details) -> Member:
    """Add a natural person to the register of a unit, the contact sealed.

    `details`: source, number, user, home, partner. Raises NotAllowed unless the actor keeps the register there,
    ActionRefused for a home or partner of another place, or a number that is taken there.
    """
    require_right(context, "Member", "add", unit)
    refuse_foreign(unit, details)
    with act(context, "member.register", unit) as a:
        refuse_taken_number(unit, details.get("number"))
        sealed = seal_contact(a, unit, contact) if contact else None
        a.subject = member = a.save(Member(unit=unit, name=name, contact=sealed, **details))
    return member


def change_member(context: Context, *, member: Member, contact: Contact | None = None, **changes) -> Member:
    """Change name, number, source, home, partner or is_active; a new contact takes the place of the old, now erased.

    Raises NotAllowed, ActionRefused for a home or partner of another place, or a number that is taken.
    """
    refuse_foreign(member.unit, changes)
    with act(context, "member.change", member.unit, subject=member) as a:
        refuse_taken_number(member.unit, changes.get("number"), besides=member)
        locked = lock_member(a, context, member, "change")
        if not changes.get("is_active", True):
            require_over_account(context, locked, current_appointments(locked))
        assign(locked, changes)
        if contact:
            erase_contact(locked)
            locked.contact = seal_contact(a, locked.unit, contact)
        return a.save(locked)


def remove_member(context: Context, *, member: Member) -> None:
    """Delete a member who never held a post nor an account. The contact is erased, its stub stays.

    Raises NotAllowed, or ActionRefused when something hangs on the member.
    """
    with act(context, "member.remove", member.unit, subject=member) as a:
        locked = lock_member(a, context, member, "delete")
        if locked.user is not None:
            raise ActionRefused(_("This member has an account; close it and set the member inactive instead."))
        delete_unbound(locked)
        erase_contact(locked)


def reveal_member_contact(context: Context, *, member: Member) -> Contact:
    """Show a member's contact in clear, recorded with who and why.

    Raises NotAllowed, ActionRefused without a reason, without a contact, or once it is erased.
    """
    require_right(context, "Member", "reveal", member.unit)
    if member.contact is None:
        raise ActionRefused(_("No contact is entered."))
    return reveal_contact(context, member.contact)


def open_account(context: Context, *, member: Member, username: str) -> str:
    """Give a member an account; returns the initial password, which stands nowhere else.

    Raises NotAllowed, ActionRefused when the member has an account or the name is taken.
    """
    with act(context, "account.open", member.unit, subject=member) as a:
        locked = lock_member(a, context, member, "account")
        require_over_account(context, locked, current_appointments(locked))
        if locked.user is not None:
            raise ActionRefused(_("This member has an account already."))
        if User.objects.filter(username__iexact=username).exists():
            raise ActionRefused(_("This sign-in name is taken."), field="username")
        password = initial_password()
        locked.user = User.objects.create_user(username, password=password)
        a.save(locked)
        a.note(account=locked.user_id)
    return password


def reset_account(context: Context, *, member: Member) -> str:
    """Give a new initial password; returns it. Every session of the account ends.

    Raises NotAllowed, ActionRefused when there is no account.
    """
    with act(context, "account.reset", member.unit, subject=member) as a:
        user = lock_account(a, context, member)
        password = initial_password()
        user.set_password(password)
        user.save()
        a.note(account=user.pk)
    return password


def set_account_open(context: Context, *, member: Member, is_open: bool) -> None:
    """Close an account, or open it again; on the next request its sessions are over. Accounts are never deleted.

    Raises NotAllowed, ActionRefused when there is no account or nothing to change.
    """
    with act(context, "account.reopen" if is_open else "account.close", member.unit, subject=member) as a:
        user = lock_account(a, context, member)
        if user.is_active == is_open:
            raise ActionRefused(_("The account is open already.") if is_open else _("The account is closed already."))
        user.is_active = is_open
        user.save()
        a.note(account=user.pk)


def close_account(context: Context, *, member: Member) -> None:
    """See `set_account_open`."""
    set_account_open(context, member=member, is_open=False)


def reopen_account(context: Context, *, member: Member) -> None:
    """See `set_account_open`."""
    set_account_open(context, member=member, is_open=True)


def lock_member(a: Act, context: Context, member: Member, action: str) -> Member:
    locked = a.lock(Member, pk=member.pk)
    require_right(context, "Member", action, locked.unit)
    return locked


def hold(people: Iterable[Member]) -> dict[int, Member]:
    """The rows of people as they are now, locked in the order of their keys until the end of the act.

    So nobody leaves while something is put into their hands, or while they decide. Others may go on to refer to them.
    """
    keys = {person.pk for person in people}
    rows = Member.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    # Nothing joined: what others wrote while this waited is read by the statements that follow.
    return {row.pk: row for row in rows}


def lock_account(a: Act, context: Context, member: Member) -> User:
    locked = lock_member(a, context, member, "account")
    require_over_account(context, locked, current_appointments(locked))
    if locked.user is None:
        raise ActionRefused(_("This member has no account."))
    return a.lock(User, pk=locked.user_id)


def current_appointments(member: Member):
    """Those in force today or later."""
    return member.appointments.overlapping(timezone.localdate(), None).select_related("unit")


def refuse_foreign(unit: Unit, details: dict) -> None:
    """Raise ActionRefused for a home or a partner that is not of the unit's place."""
    home: Home | None = details.get("home")
    partner: Partner | None = details.get("partner")
    for field, row in (("home", home), ("partner", partner)):
        if row is not None:
            refuse_elsewhere(unit.chain, row.community, field=field)


def refuse_taken_number(unit: Unit, number: str | None, *, besides: Member | None = None) -> None:
    """Raise ActionRefused when another member of the unit has the number. Locks the unit, so that it stays so."""
    if not number:
        return
    # Others may go on to refer to the unit meanwhile.
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    taken = Member.objects.filter(unit=unit, number=number)
    if (taken.exclude(pk=besides.pk) if besides else taken).exists():
        raise ActionRefused(_("Another member here has this number."), field="number")


def erase_contact(member: Member) -> None:
    SealedContent.objects.filter(stub=member.contact_id).delete()


def initial_password() -> str:
    """Twelve letters and digits, about 69 bits; tried against the project's own password rules."""
    while True:
        password = "".join(secrets.choice(LETTERS) for _place in range(12))
        try:
            validate_password(password)
        except ValidationError:
            continue
        return password


def appoint(
    context: Context, *, member: Member, unit: Unit, post: str, starts_on: date, ends_on: date | None = None,
    basis: str = "",
) -> Appointment:  # fmt: skip
    """Appoint a member to a post at a node, from a day (inclusive) until a day (exclusive, None for open-ended).

    Raises NotAllowed unless the actor may appoint there and keeps the member's register, ActionRefused for days in the
    wrong order or a second, overlapping appointment to the same post at the same node.
    """
    require(context, appointers(post), unit)
    require_right(context, "Member", "view", member.unit)
    if ends_on is not None and ends_on < starts_on:
        raise ActionRefused(_("The last day must not lie before the first."), field="ends_on")
    with act(context, "appointment.begin", unit) as a:
        a.lock(Member, pk=member.pk)
        same = Appointment.objects.filter(member=member, unit=unit, post=post)
        if same.overlapping(starts_on, ends_on).exists():
            raise ActionRefused(_("This person already holds this post here in that time."), field="post")
        a.subject = appointment = a.save(
            Appointment(member=member, unit=unit, post=post, starts_on=starts_on, ends_on=ends_on, basis=basis)
        )
    return appointment


def end_appointment(context: Context, *, appointment: Appointment, on: date) -> Appointment:
    """End an appointment: from that day on its rights are gone, for today's date on the very next request.

    Raises NotAllowed, or ActionRefused when it ended before or would end before it began.
    """
    require(context, appointers(appointment.post), appointment.unit)
    with act(context, "appointment.end", appointment.unit, subject=appointment) as a:
        return end_within(a, appointment, on)


def end_within(a: Act, appointment: Appointment, on: date) -> Appointment:
    """See `end_appointment`; within the act under way, whose actor has the right."""
    locked = a.lock(Appointment, pk=appointment.pk)
    if locked.ends_on is not None and locked.ends_on <= on:
        raise ActionRefused(_("This appointment has ended already."), field="on")
    if on < locked.starts_on:
        raise ActionRefused(_("The last day must not lie before the first."), field="on")
    locked.ends_on = on
    return a.save(locked)
