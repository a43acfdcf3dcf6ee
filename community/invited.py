"""Where an invitation is taken up: type the code or follow its link, set a password. Nobody is signed in here.

Opening a link changes nothing, so programs that look at links in messages spend no code. The code is masked in logs,
kept by no cache, and named to no other site (the referrer stays within this one; without any, the check against
forged forms would fail).
"""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.generic import FormView

from .actions.invitations import find_invitation, require_usable, use_invitation
from .actions.people import current_appointments
from .invitation_codes import normal
from .limits import Limit, require_within
from .records import Context
from .refusals import ActionRefused

QUARTER = 15 * 60
# A whole office may sit behind one address. Each look at a code counts, right or wrong: none tells more than others.
TYPED = Limit(per_address=12, per_unit=None, seconds=QUARTER)
OPENED = Limit(per_address=40, per_unit=None, seconds=QUARTER)


def require_known(code: str):
    """The invitation of a code that can be used now. Raises ActionRefused with a sentence when there is none."""
    invitation = find_invitation(code)
    if invitation is None:
        raise ActionRefused(gettext("This code is not known. Look again: 12 letters and digits, no 0 and no 1."))
    require_usable(invitation, timezone.now())
    return invitation


class CodeForm(forms.Form):
    """The code as it is typed from paper."""

    code = forms.CharField(
        label=_("Code on the slip"),
        max_length=40,
        help_text=_("12 letters and digits. Capitals and strokes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class NewPasswordForm(forms.Form):
    """A password, twice."""

    password = forms.CharField(
        label=_("Your new password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "At least 8 characters. Good: three or four words that belong to nobody, Chinese ones too. "
            "Bad: a phone number, a birthday, a name in pinyin."
        ),
    )
    again = forms.CharField(
        label=_("The same once more"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            raise ValidationError({"again": _("The two are not the same. Type both again.")})
        return cleaned


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class InvitedView(FormView):
    """What both pages share: no copy anywhere, no robot; a refusal is a sentence in the page."""

    http_method_names = ["get", "head", "post"]
    refused_template = ""
    invitation = None

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class CodeView(InvitedView):
    """The code by hand."""

    form_class = CodeForm

    def form_valid(self, form):
        try:
            require_within(TYPED, "an invitation typed", self.request)
            require_known(form.cleaned_data["code"])
        except ActionRefused as refusal:
            form.add_error("code", str(refusal))
            response = self.form_invalid(form)
            response.status_code = refusal.status
            return response
        return redirect("invited", code=normal(form.cleaned_data["code"]))


@method_decorator(sensitive_variables(), name="form_valid")
class PasswordView(InvitedView):
    """The password, for whoever holds the code."""

    form_class = NewPasswordForm
    done_template = ""

    def dispatch(self, request, *args, **kwargs):
        try:
            require_within(OPENED, "an invitation opened", request)
            self.invitation = require_known(kwargs["code"])
        except ActionRefused as refusal:
            return self.refuse(refusal)
        return super().dispatch(request, *args, **kwargs)

    def refuse(self, refusal: ActionRefused):
        status = 410 if refusal.status == 422 else refusal.status
        response = self.response_class(self.request, [self.refused_template], {"refusal": str(refusal)}, status=status)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def form_valid(self, form):
        try:
            user = use_invitation(Context(), invitation=self.invitation, password=form.cleaned_data["password"])
        except ActionRefused as refusal:
            if refusal.field is None:
                return self.refuse(refusal)
            form.add_error(refusal.field, str(refusal))
            return self.form_invalid(form)
        return self.response_class(self.request, [self.done_template], {"username": user.get_username()})

    def get_context_data(self, **kwargs):
        member = self.invitation.member
        posts = [str(one) for one in current_appointments(member)]
        return super().get_context_data(
            username=member.user.get_username(),
            posts=posts,
            invitation=self.invitation,
            rules=password_validators_help_texts(),
            **kwargs,
        )
