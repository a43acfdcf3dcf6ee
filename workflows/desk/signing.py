"""Writing down that a neighbour signs a proposal, at the door, by phone or from paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from community.grants import grants_for
from community.refusals import ActionRefused
from home.desk.shell import desk_view, draw

from ..actions.signing import sign_for
from ..querysets.receipts import signatures_of
from ..residents.signing import NeighbourForm
from ..rules.renovation import ROLES_FOR
from ..rules.signing import may_sign
from .requests import visible
from .site import FORM, refuse
from .written_down import WrittenDownForm


class NeighbourAtTheDoorForm(NeighbourForm, WrittenDownForm):
    """The same as a neighbour fills in alone, and how it was heard."""

    field_order = [
        "submission_key", "name", "building", "door", "phone", "channel", "heard_on", "heard_time", "confirmed",
    ]  # fmt: skip

    def __init__(self, *args, user, **options):
        self.user = user
        super().__init__(*args, **options)
        self.fields["name"].label = gettext_lazy("What is the neighbour called?")
        self.fields["building"].label = gettext_lazy("In which building?")
        for name in ("name", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


@sensitive_post_parameters()
@require_http_methods(FORM)
@desk_view
def sign(request, code, reference):
    """Enter the signature of a neighbour; they get a receipt with which they can withdraw it."""
    shown = visible(request.user, code, reference)
    if not grants_for(request.user).cover(shown.unit, *ROLES_FOR["renovation.propose"]):
        raise Http404
    sent = request.method == "POST"
    form, status = None, 200
    if may_sign(shown.state):
        form = NeighbourAtTheDoorForm(
            request.POST if sent else None, user=request.user, community=shown.community, label_suffix=""
        )
        if sent:
            if form.is_valid() and written(form, shown):
                messages.success(request, _("The signature is entered."))
                return redirect("follow-slip", form.cleaned_data["carried"])
            status = ActionRefused.status
    context = {"shown": shown, "form": form, "signatures": signatures_of(shown)}
    return draw(request, "workflows/desk/sign.html", context, status=status)


def written(form, shown) -> bool:
    """Whether the signature is entered; else the form says why not."""
    given = form.cleaned_data
    try:
        sign_for(
            form.heard(), request=shown, submission_key=given["submission_key"], code=given["carried"],
            neighbour=form.neighbour, confirmed=given["confirmed"],
        )  # fmt: skip
    except ActionRefused as refused:
        refuse(form, refused)
        return False
    return True
