"""The second look: what somebody entered, with its paper, to be confirmed by another; objections to be answered."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from community.grants import grants_for, within
from community.personal_numbers import refuse_personal_numbers
from community.records import Context
from community.refusals import ActionRefused, Conflict, NotAllowed
from home.desk.shell import desk_view, draw
from home.formats import DAY, money, written

from ..actions.evidence import confirm_evidence
from ..actions.funding import confirm_pledge
from ..actions.objections import answer_objection
from ..actions.wording import settle_wording
from ..models import Objection
from ..presentation.versions import label_of
from ..querysets.waiting import PAPER_VOTE, PLEDGE, SECOND_LOOKS, WORDING
from ..rules.difference import sentences
from ..rules.renovation import ROLES_FOR

# What every piece of evidence has, and what is shown apart.
COMMON = {
    "id", "reference", "request", "community", "paper", "status", "entered_by", "entered_at", "confirmed_by",
    "confirmed_at", "event", "characters", "settled_by", "reverses", "submission_key",
}  # fmt: skip


class AnswerForm(forms.Form):
    """The answer to an objection; everyone can read it."""

    answer = forms.CharField(
        label=gettext_lazy("Answer, with its reason"),
        help_text=gettext_lazy("Everyone can read this: no names, no numbers."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[refuse_personal_numbers],
    )


def found_here(queryset, user, code: str, request: str, row):
    """A row of a request where the person may confirm, named by community, request and itself together."""
    paths = grants_for(user).paths(*ROLES_FOR["renovation.confirm_evidence"])
    here = queryset.filter(within(paths, "request__unit__path")).select_related("request__community", "request__unit")
    return get_object_or_404(here, request__community__code=code, request__reference=request, reference=row)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def second_look(request, code, reference, kind, row):
    """Look at what was entered, and confirm it."""
    if kind not in SECOND_LOOKS:
        raise Http404
    model = SECOND_LOOKS[kind]
    try:
        row = model._meta.get_field("reference").to_python(row)
    except forms.ValidationError:
        raise Http404 from None
    entered = found_here(model.objects.select_related("entered_by"), request.user, code, reference, row)
    if kind == PAPER_VOTE:
        return redirect("desk-paper", code, reference, entered.ballot.reference, entered.reference)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            return confirm(request, kind, entered)
        except (NotAllowed, Conflict):
            raise
        except ActionRefused as refused:
            refusal, status = str(refused), refused.status
    context = {
        "shown": entered.request,
        "kind": model._meta.verbose_name,
        "entered": entered,
        "is_wording": kind == WORDING,
        "waits": waits(kind, entered),
        "own": entered.entered_by_id == grants_for(request.user).member_id,
        "rows": wording_rows(entered) if kind == WORDING else field_rows(entered),
        "paper": getattr(entered, "paper", None),
        "refusal": refusal,
    }
    return draw(request, "workflows/desk/second_look.html", context, status=status)


def confirm(request, kind: str, entered):
    context = Context(user=request.user)
    if kind == PLEDGE:
        confirm_pledge(context, pledge=entered)
    elif kind == WORDING:
        settle_wording(context, change=entered, apply="dismiss" not in request.POST)
    else:
        confirm_evidence(context, evidence=entered)
    return redirect("desk")


def waits(kind: str, entered) -> bool:
    if kind == PLEDGE:
        return not hasattr(entered, "confirmation")
    return entered.status == ("waiting" if kind == WORDING else "entered")


def field_rows(entered) -> list[dict]:
    """The fields of a piece of evidence or a pledge, as people write them."""
    fields = [field for field in entered._meta.concrete_fields if field.name not in COMMON]
    return [{"label": capfirst(field.verbose_name), "value": words(entered, field)} for field in fields]


def words(entered, field) -> str:
    value = getattr(entered, field.name)
    if field.choices:
        return getattr(entered, f"get_{field.name}_display")()
    if value is None:
        return ""
    kind = field.get_internal_type()
    if kind == "DecimalField":
        return money(value)
    if kind == "DateField":
        return written(value, DAY)
    return str(value)


def wording_rows(change) -> list[dict]:
    names = ("title", "place", "problem", "plan")
    return [
        {
            "label": label_of(name),
            "before": getattr(change.request, name),
            "after": getattr(change, name),
            "sentences": sentences(getattr(change.request, name), getattr(change, name)),
        }
        for name in names
        if getattr(change.request, name) != getattr(change, name)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def objection(request, code, reference, row):
    """Answer an objection."""
    raised = found_here(Objection.objects.select_related("publicity"), request.user, code, reference, row)
    form = AnswerForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = ActionRefused.status
        if form.is_valid():
            try:
                answer_objection(Context(user=request.user), objection=raised, **form.cleaned_data)
                return redirect("desk")
            except (NotAllowed, Conflict):
                raise
            except ActionRefused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    context = {"shown": raised.request, "raised": raised, "form": form if raised.is_open else None}
    return draw(request, "workflows/desk/objection.html", context, status=status)
