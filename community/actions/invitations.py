"""Invitations: issued by those who could have given the posts, used once by the member, or revoked."""

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..invitation_codes import code_hash, new_code, normal
from ..models import Invitation, Member, User
from ..permissions import require_over_account, require_right
from ..records import Act, Context, act
from ..refusals import ActionRefused, NotAllowed
from .people import current_appointments, lock_member

VALID_FOR = {Invitation.Purpose.FIRST: timedelta(days=14), Invitation.Purpose.RESET: timedelta(hours=24)}


def invite(context: Context, *, member: Member, username: str = "") -> tuple[Invitation, str]:
    """Issue a code with which the member sets a password; returns the invitation and the code, which stands nowhere.

    A member without an account gets one that nobody can sign in with yet; that needs `username`. An earlier code ends.
    Valid for 14 days before the first sign-in, for 24 hours afterwards. Raises NotAllowed unless the actor may give
    accounts there and could have given each post of the member; ActionRefused for a closed account, an inactive
    member, a name that is missing or taken.
    """
    with act(context, "invitation.issue", member.unit, subject=member) as a:
        locked = lock_member(a, context, member, "account")
        require_over_account(context, locked, current_appointments(locked))
        refuse_closed(locked)
        if locked.user is None:
            locked.user = add_account(username)
            a.save(locked)
        revoke_open(a, locked)
        invitation, code = new_invitation(a, locked)
        a.note(account=locked.user_id, invitation=invitation.reference)
    return invitation, code


def new_invitation(a: Act, member: Member) -> tuple[Invitation, str]:
    """Write an invitation for a member with an account, within the act under way."""
    code = new_code()
    has_come = member.user.has_usable_password()
    purpose = Invitation.Purpose.RESET if has_come else Invitation.Purpose.FIRST
    row = Invitation(
        member=member, purpose=purpose, token_hash=code_hash(code), issued_by=a.context.account,
        issued_at=a.recorded_at, expires_at=a.recorded_at + VALID_FOR[purpose],
    )  # fmt: skip
    return a.save(row), code


def add_account(username: str) -> User:
    """An account without a password. Raises ActionRefused for a name that is missing or taken."""
    if not username:
        raise ActionRefused(_("Choose the name with which this person signs in."), field="username")
    if User.objects.filter(username__iexact=username).exists():
        raise ActionRefused(_("This sign-in name is taken."), field="username")
    return User.objects.create_user(username)


def refuse_closed(member: Member) -> None:
    if not member.is_active or (member.user is not None and not member.user.is_active):
        raise ActionRefused(_("This account is closed; open it again first."))


def revoke_invitation(context: Context, *, member: Member) -> None:
    """End the open code of a member. Raises NotAllowed, ActionRefused when there is none."""
    with act(context, "invitation.revoke", member.unit, subject=member) as a:
        locked = lock_member(a, context, member, "account")
        require_over_account(context, locked, current_appointments(locked))
        if not revoke_open(a, locked):
            raise ActionRefused(_("There is no invitation that could still be used."))


def revoke_open(a: Act, member: Member) -> int:
    """Revoke what a member could still use, within the act under way; returns how many (one at most)."""
    found = list(Invitation.objects.unspent().filter(member=member).select_for_update())
    for invitation in found:
        invitation.revoked_at = a.recorded_at
        a.save(invitation)
    return len(found)


def find_invitation(code: str) -> Invitation | None:
    """The invitation of a code as it was typed, whatever became of it. Reads only."""
    known = normal(code)
    if not known:
        return None
    rows = Invitation.objects.select_related("member__user", "member__unit", "issued_by")
    return rows.filter(token_hash=code_hash(known)).first()


def require_usable(invitation: Invitation, moment) -> None:
    """Raise ActionRefused, with what to do instead, for a code that opens nothing at a moment (aware datetime).

    Also when whoever issued it could not do so any more: a code must not outlive the rights that it came from, nor
    open an account that has been given more since.
    """
    if invitation.used_at is not None:
        raise ActionRefused(_("This code has been used. If that was not you, call us at once."))
    if invitation.revoked_at is not None:
        raise ActionRefused(_("This code does not count any more. Ask for a new slip."))
    if invitation.expires_at <= moment:
        raise ActionRefused(_("The time of this code is over. Ask for a new slip."))
    member = invitation.member
    if not member.is_active or member.user is None or not member.user.is_active:
        raise ActionRefused(_("This account is closed. Call us if that surprises you."))
    if invitation.issued_by is not None:
        issuer = Context(user=User.objects.get(pk=invitation.issued_by_id))
        try:
            require_right(issuer, "Member", "account", member.unit)
            require_over_account(issuer, member, current_appointments(member))
        except NotAllowed as refusal:
            raise ActionRefused(_("This code does not count any more. Ask for a new slip.")) from refusal


def use_invitation(context: Context, *, invitation: Invitation, password: str) -> User:
    """Set the password of the member's account and spend the code; every session of the account ends.

    The actor is the account itself, whatever the context says. Raises ActionRefused for a code that opens nothing
    (another may have been faster) and, beside the field "password", for a password that is too easy.
    """
    person = User.objects.get(pk=invitation.member.user_id)
    own = Context(user=person, channel=context.channel, now=context.now)
    with act(own, "invitation.use", invitation.member.unit, subject=invitation.member) as a:
        a.lock(Member, pk=invitation.member_id)
        locked = a.lock(Invitation, pk=invitation.pk)
        require_usable(locked, a.recorded_at)
        user = a.lock(User, pk=person.pk)
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise ActionRefused(" ".join(error.messages), field="password") from error
        user.set_password(password)
        user.save()
        locked.used_at = a.recorded_at
        a.save(locked)
        a.note(account=user.pk, invitation=locked.reference)
    return user
