"""Screens for the accounts of members: a slip with a code, an initial password, closing, opening again."""

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..actions import invitations
from ..actions import people as actions
from ..invitation_codes import grouped
from ..models import Invitation, Member
from .forms import ReasonForm
from .scoped import ActView


class PasswordView(ActView):
    """An act whose result is an initial password: shown on the answer itself, once, and kept nowhere."""

    permission = "account"

    def done(self):
        self.row.refresh_from_db()
        context = {**self.get_context_data(), "password": self.object, "username": self.row.user.get_username()}
        return TemplateResponse(self.request, "community/admin/password.html", context)


class AccountForm(ReasonForm):
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=30,
        validators=[RegexValidator(r"^[A-Za-z0-9._-]{3,30}$", _("3 to 30 letters, digits, dots or hyphens."))],
    )
    field_order = ["username", "reason"]


class Paper(models.TextChoices):
    A6 = "a6", _("Small (A6, like a postcard)")
    A4 = "a4", _("Large (A4)")


class SlipForm(AccountForm):
    paper = forms.ChoiceField(
        label=_("Size of the paper"), choices=Paper.choices, initial=Paper.A6, widget=forms.RadioSelect
    )
    field_order = ["username", "paper", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.user_id is not None:
            del self.fields["username"]

    def changes(self):
        changes = super().changes()
        del changes["paper"]
        return changes


class SlipView(ActView):
    """An act whose result is a slip of paper: the code stands on the answer itself, once, and nowhere else."""

    permission = "account"
    page_title = _("Print a slip with a code")
    explanation = _(
        "With the code on the slip the person chooses a password; you never see it. It works once: 14 days for the "
        "first sign-in, 24 hours for a new password. An earlier slip does not count any more."
    )
    submit_label = _("Make the slip")
    form_class = SlipForm
    action = staticmethod(invitations.invite)

    @staticmethod
    def is_offered(row):
        return row.is_active and (row.user_id is None or row.user.is_active)

    def done(self):
        invitation, code = self.object
        return TemplateResponse(self.request, "community/admin/slip.html", {
            "slips": [slip(self.request, invitation, code, self.row)],
            "paper": self.form.cleaned_data["paper"],
            "back_url": self.get_success_url(),
        })  # fmt: skip


def slip(request, invitation: Invitation, code: str, member: Member) -> dict:
    """What stands on a slip: for which post, the code, where to go. No name: slips lie on tables."""
    posts = list(invitations.current_appointments(member))
    return {
        "invitation": invitation,
        "post": str(posts[0]) if posts else str(member.unit),
        "code": grouped(code),
        "link": request.build_absolute_uri(reverse("invited", args=[code])),
        "page": request.build_absolute_uri(reverse("invitation")),
        "phone": member.unit.chain.phone,
    }


class RevokeSlipView(ActView):
    permission = "account"
    page_title = _("Revoke the slip")
    explanation = _("The code on the slip opens nothing any more.")
    action = staticmethod(invitations.revoke_invitation)

    @staticmethod
    def is_offered(row):
        return row.invitations.open_at(timezone.now()).exists()


class OpenAccountView(PasswordView):
    page_title = _("Open an account")
    explanation = _("An initial password is shown once. Hand it over in person; what it opens follows from the posts.")
    form_class = AccountForm
    action = staticmethod(actions.open_account)

    @staticmethod
    def is_offered(row):
        return row.user_id is None


class ResetAccountView(PasswordView):
    page_title = _("New initial password")
    explanation = _("The old password and every open session end at once.")
    action = staticmethod(actions.reset_account)

    @staticmethod
    def is_offered(row):
        return row.user_id is not None and row.user.is_active


class CloseAccountView(ActView):
    permission = "account"
    page_title = _("Close the account")
    explanation = _("The account stays, since the history rests on it; nobody can sign in with it.")
    action = staticmethod(actions.close_account)
    is_grave = True
    is_offered = ResetAccountView.is_offered


class ReopenAccountView(ActView):
    permission = "account"
    page_title = _("Open the account again")
    action = staticmethod(actions.reopen_account)

    @staticmethod
    def is_offered(row):
        return row.user_id is not None and not row.user.is_active
