"""Writing down what somebody proposes, at the door, by phone or from paper."""

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from community.grants import grants_for, within
from community.models import Unit
from community.personal_numbers import refuse_personal_numbers
from community.refusals import ActionRefused, NotAllowed
from community.sealed import Contact
from home.desk.shell import desk_view, draw

from ..actions.requests import WrittenDown
from ..actions.requests import propose as propose_action
from ..admin.uploads import PaperField
from ..models import RenovationRequest
from ..rules.renovation import ROLES_FOR
from .photo_fields import PhotosForm
from .site import FORM, refuse
from .site_forms import text_area
from .written_down import WrittenDownForm

CONTENT = ("title", "place", "category", "problem", "plan", "budget")


def public_line(label, length: int, **options) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, validators=[refuse_personal_numbers], **options)


class ProposalForm(PhotosForm, WrittenDownForm):
    """A proposal in the grid worker's public wording; the person's own words and contact are sealed."""

    least = 1
    title = public_line(gettext_lazy("What is it about?"), 60)
    place = public_line(gettext_lazy("Where?"), 80, help_text=gettext_lazy("Building and side, never a door number."))
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Who is responsible on the spot?"), queryset=Unit.objects.none(), to_field_name="code"
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Category"), choices=RenovationRequest.Category.choices, widget=forms.RadioSelect
    )
    problem = text_area(gettext_lazy("What is wrong?"), rows=4, max_length=2000)
    plan = text_area(gettext_lazy("What is to be done?"), rows=4, max_length=4000, required=False)
    budget = forms.DecimalField(
        label=gettext_lazy("Rough cost (¥)"), min_value=0, max_digits=12, decimal_places=2, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("In the person's own words"),
        help_text=gettext_lazy("Kept sealed; only those who handle the request can read it."),
        max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    contact_name = forms.CharField(label=gettext_lazy("Name of the person"), max_length=40, required=False)
    contact_phone = forms.CharField(
        label=gettext_lazy("Phone of the person"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    paper = PaperField(
        label=gettext_lazy("Photo or scan of the paper"), required=False,
        help_text=gettext_lazy("Kept for the staff alone. After an error choose it once more."),
    )  # fmt: skip
    neighbours = forms.BooleanField(
        label=gettext_lazy("Neighbours may sign it: print the link on the receipt"), required=False
    )
    field_order = [
        "submission_key", "token", "title", "place", "unit", "category", "problem", "plan", "budget", "keep", "photos",
        "channel", "heard_on", "heard_time", "words", "contact_name", "contact_phone", "confirmed", "paper",
        "neighbours", "carried",
    ]  # fmt: skip

    def __init__(self, *args, units, **options):
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units


def places(user):
    """Communities in which the person may enter proposals."""
    paths = grants_for(user).paths(*ROLES_FOR["renovation.propose"])
    above = [path[:end] for path in paths for end in range(Unit.steplen, len(path) + 1, Unit.steplen)]
    return Unit.objects.communities().filter(within(paths, "path") | Q(path__in=above))


@require_safe
@desk_view
def choose(request):
    """In which community; straight on when there is only one."""
    found = list(places(request.user).order_by("path"))
    if not found:
        raise NotAllowed(_("Proposals are entered by grid workers and staff."))
    if len(found) == 1:
        return redirect("desk-propose-in", found[0].code)
    return draw(request, "workflows/desk/propose_where.html", {"places": found})


@require_http_methods(FORM)
@desk_view
def propose(request, code):
    """Enter a proposal."""
    community = get_object_or_404(places(request.user), code=code)
    paths = grants_for(request.user).paths(*ROLES_FOR["renovation.propose"])
    units = Unit.objects.at_or_below(community).filter(within(paths, "path"))
    sent = request.method == "POST"
    form = ProposalForm(
        request.POST if sent else None, request.FILES or None, user=request.user, units=units,
        initial={"unit": units[0].code if len(units) == 1 else ""},
    )  # fmt: skip
    status = 200
    if sent:
        made = enter(request, community, form) if form.is_valid() else None
        if made is not None:
            messages.success(request, _("Proposal %(reference)s is entered.") % {"reference": made.reference})
            return redirect("follow-slip", form.cleaned_data["carried"])
        form, status = form.again(), ActionRefused.status
    return draw(request, "workflows/desk/propose.html", {"community": community, "form": form}, status=status)


def enter(request, community: Unit, form: ProposalForm) -> RenovationRequest | None:
    """Enter the proposal; None when the action refused."""
    given = form.cleaned_data
    contact = Contact(given["contact_name"], given["contact_phone"])
    try:
        made = propose_action(
            form.heard(), community=community, unit=given["unit"],
            submission_key=given["submission_key"], values={name: given[name] for name in CONTENT},
            photos=[(photo, "before", given["place"]) for photo in form.prepared],
            contact=contact if contact.name or contact.phone else None, words=given["words"],
            written_down=WrittenDown(given["carried"], given["neighbours"], given["confirmed"], given["paper"]),
        )  # fmt: skip
    except ActionRefused as refused:
        refuse(form, refused)
        return None
    form.done()
    return made
