"""Who may do what: the nodes, the posts of a node with what they allow, and going through them once a quarter."""

from dataclasses import dataclass

from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets.button import Button

from ..actions.rights import Answer, open_rows, review_rights
from ..grants import grants_for
from ..models import Appointment, Member, RightsAnswer, RightsReview, Unit
from ..permissions import may_appoint
from ..refusals import ActionRefused, NotAllowed
from ..rights import NONE, Holding, answered, holdings, in_node, list_digest, nodes_below
from ..role_words import sentences
from ..roles import Role
from ..rules.rights import DONE, DUE, OVERDUE, differences, quarter_of
from .exports import SafeExport
from .scope import ScopedView, context_of

STANDINGS = {DONE: _("Gone through"), DUE: _("Due by the end of the quarter"), OVERDUE: _("Overdue")}
WHAT_CHANGED = {"new": _("New"), "gone": _("Not there any more"), "changed": _("Changed")}


def reviewers(user, reviews) -> dict[int, str]:
    """Who went through a list: the name for those who keep the person's register, the post for others. Two queries."""
    keys = {review.reviewer_id for review in reviews}
    names = dict(Member.objects.visible_to(user).filter(pk__in=keys).values_list("pk", "name"))
    held = Appointment.objects.filter(member__in=keys - names.keys()).order_by("starts_on", "pk").select_related("unit")
    return (
        {key: str(_("An account without a post")) for key in keys} | {one.member_id: str(one) for one in held} | names
    )


class RightsView(ScopedView, WagtailAdminTemplateMixin, TemplateView):
    """The nodes of one's places: how many posts, when each was last gone through, what is overdue."""

    model = RightsReview
    template_name = "community/admin/rights.html"
    page_title = _("Who may do what")
    header_icon = "list-ul"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        paths = grants_for(self.request.user).paths(*self.policy.actions["view"])
        found = nodes_below(paths, timezone.localdate())
        who = reviewers(self.request.user, [node.last for node in found if node.last])
        nodes = [
            (node, STANDINGS[node.standing], node.standing == OVERDUE, who[node.last.reviewer_id] if node.last else "")
            for node in found
        ]
        return super().get_context_data(nodes=nodes, **kwargs)


class NodeView(ScopedView, WagtailAdminTemplateMixin):
    """A screen of one node, found among those of the person's places by its code."""

    model = RightsReview
    header_icon = "list-ul"

    def setup(self, request, *args, **kwargs):
        paths = grants_for(request.user).paths(*self.policy.actions["view"])
        self.unit = Unit.objects.filter(code=kwargs["code"]).first()
        reached = self.unit is not None and self.unit.path.startswith(tuple(paths)) and bool(paths)
        if not reached or self.unit.chain.pk != self.unit.pk:
            raise Http404
        super().setup(request, *args, **kwargs)

    def may(self, action, row=None):
        return grants_for(self.request.user).cover(self.unit, *self.policy.actions[action])

    @cached_property
    def today(self):
        return timezone.localdate()

    @cached_property
    def rows(self) -> list[Holding]:
        return holdings(self.unit, self.today)

    @cached_property
    def said(self) -> dict[int, RightsAnswer]:
        return answered(self.unit, self.today)

    def get_page_subtitle(self):
        return self.unit.name

    def get_breadcrumbs_items(self):
        """The last one is the heading of the screen."""
        above = [{"url": reverse("rights"), "label": RightsView.page_title}]
        here = {"url": "", "label": f"{self.page_title} · {self.unit.name}"}
        return [*self.breadcrumbs_items, *above, *self.between(), here]

    def between(self) -> list[dict]:
        return []


class FilterForm(forms.Form):
    """What of a long list is shown. What cannot be is left out."""

    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All")), *Role.choices])
    only = forms.ChoiceField(
        label=_("Only"),
        required=False,
        choices=[
            ("", _("All")),
            ("ends_soon", _("Ends within 30 days")),
            ("silent", _("No sign-in for 90 days")),
            ("no_account", _("Without an account")),
        ],
    )

    def holds(self, row: Holding, today) -> bool:
        wanted, role = self.cleaned_data.get("only"), self.cleaned_data.get("role")
        if role and role not in row.roles:
            return False
        return {
            "ends_soon": lambda: row.ends_soon(today),
            "silent": lambda: row.is_silent(today),
            "no_account": lambda: row.account_state == NONE,
        }.get(wanted, lambda: True)()


class NodeRightsView(SafeExport, SpreadsheetExportMixin, NodeView, TemplateView):
    """The posts of a node, grouped by role, each role with what it may do; as a table for office programs too."""

    template_name = "community/admin/rights_of.html"
    page_title = _("Who may do what")
    list_export = [
        "role", "person", "post", "unit", "since", "until", "account", "last_sign_in", "second_factor",
    ]  # fmt: skip
    export_headings = {
        "role": _("Role"), "person": _("Name"), "post": _("Post"), "unit": _("Unit"), "since": _("Since"),
        "until": _("Until"), "account": _("Account"), "last_sign_in": _("Last sign-in"),
        "second_factor": _("Second factor"),
    }  # fmt: skip

    def get_filename(self):
        return f"rights-{self.unit.code}-{self.today:%Y-%m-%d}"

    def get(self, request, *args, **kwargs):
        if self.is_export:
            return self.as_spreadsheet(self.shown, request.GET["export"])
        return super().get(request, *args, **kwargs)

    @cached_property
    def filter(self) -> FilterForm:
        form = FilterForm(self.request.GET)
        form.is_valid()
        return form

    @cached_property
    def shown(self) -> list[Holding]:
        return [row for row in self.rows if self.filter.holds(row, self.today)]

    @cached_property
    def header_more_buttons(self):
        review = [Button(_("Go through the list"), url=reverse("rights_review", args=[self.unit.code]), priority=10)]
        return [*super().header_more_buttons, *(review if self.may("add") else [])]

    def get_context_data(self, **kwargs):
        reviews = list(RightsReview.objects.filter(unit=self.unit)[:4])
        who = reviewers(self.request.user, reviews)
        groups = [(role, sentences(role), [row for row in self.shown if role in row.roles]) for role in Role]
        return super().get_context_data(
            unit=self.unit,
            groups=[group for group in groups if group[2]],
            filter=self.filter,
            number=len(self.shown),
            reviews=[(review, who[review.reviewer_id]) for review in reviews],
            review_url=reverse("rights_review", args=[self.unit.code]) if self.may("add") else "",
            **kwargs,
        )


class ReviewForm(forms.Form):
    """For each row that waits: an answer, a note, and the row's fingerprint as it was shown."""

    digest = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Remark"), required=False, max_length=400, help_text=_("Stands in the history."))

    def __init__(self, *args, rows: list[Holding], context, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            may_end = may_appoint(context, row.appointment.post, row.appointment.unit)
            choices = [one for one in RightsAnswer.Choice.choices if may_end or one[0] != RightsAnswer.Choice.END]
            name = {"person": row.person, "post": row.post}
            self.fields[f"answer_{row.reference}"] = forms.ChoiceField(
                label=_("Answer for %(person)s, %(post)s") % name, choices=[("", _("Choose")), *choices]
            )
            self.fields[f"note_{row.reference}"] = forms.CharField(
                label=_("Note for %(person)s, %(post)s") % name,
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"placeholder": _("Note")}),
            )

    def answers(self) -> dict[str, Answer]:
        data = self.cleaned_data
        return {
            row.reference: Answer(data[f"answer_{row.reference}"], data[f"note_{row.reference}"]) for row in self.rows
        }


@dataclass
class Line:
    """A row on the screen: with its fields, or with why it has none."""

    row: Holding
    answer: object = None
    note: object = None
    said: RightsAnswer | None = None
    by: str = ""
    is_own: bool = False


class ReviewRightsView(NodeView, FormView):
    """The list once more, with an answer for each post; the answers count for the list as it was shown."""

    permission = "add"
    template_name = "community/admin/rights_review.html"
    page_title = _("Go through the list")
    form_class = ReviewForm
    changed = ()

    def between(self):
        return [{"url": reverse("rights_of", args=[self.unit.code]), "label": self.unit.name}]

    @cached_property
    def waiting(self) -> list[Holding]:
        member = getattr(self.request.user, "member", None)
        if member is None:
            raise NotAllowed(_("Your account belongs to no member; acts are signed by a person."))
        return open_rows(self.rows, self.said, member)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "rows": self.waiting, "context": context_of(self.request)}

    def post(self, request, *args, **kwargs):
        if request.POST.get("digest", "") != list_digest(self.rows):
            return self.list_changed()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        context = context_of(self.request, form.cleaned_data["reason"])
        try:
            review = review_rights(context, unit=self.unit, seen=form.cleaned_data["digest"], answers=form.answers())
        except NotAllowed:
            raise
        except ActionRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        sentence = _("%(unit)s: gone through. Kept %(kept)d, ended %(ended)d, noted %(noted)d.")
        messages.success(self.request, sentence % {"unit": self.unit, **vars(review)})
        if review.left_open:
            left = _("Your own posts are left to a second person: %(number)d.") % {"number": review.left_open}
            messages.warning(self.request, left)
        return redirect(reverse("rights_of", args=[self.unit.code]))

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def list_changed(self):
        """409: what changed, the list as it is now, and the answers that were typed already."""
        posted = self.request.POST
        seen = {key.removeprefix("row_"): posted[key] for key in posted if key.startswith("row_")}
        here = {row.reference: row for row in self.rows}
        found = differences(seen, {key: row.fingerprint for key, row in here.items()})
        gone = Appointment.objects.filter(in_node(self.unit), reference__in=found.keys() - here.keys())
        names = {one.reference: f"{one.member}，{one}" for one in gone.select_related("member", "unit")}
        names |= {key: f"{row.person}，{row.appointment}" for key, row in here.items()}
        self.changed = [(WHAT_CHANGED[what], names[key]) for key, what in sorted(found.items()) if key in names]
        form = self.get_form()
        form.is_valid()
        form.add_error(None, _("The list has changed since you opened it. Nothing was recorded; look at it again."))
        return self.render_to_response(self.get_context_data(form=form), status=409)

    def lines(self, form) -> list[Line]:
        wanted = {row.reference for row in self.waiting}
        who = reviewers(self.request.user, [said.review for said in self.said.values()])
        return [
            Line(row, form[f"answer_{row.reference}"], form[f"note_{row.reference}"])
            if row.reference in wanted
            else self.settled_line(row, who)
            for row in self.rows
        ]

    def settled_line(self, row: Holding, who: dict[int, str]) -> Line:
        said = self.said.get(row.appointment.pk)
        return Line(row, said=said, by=who[said.review.reviewer_id]) if said else Line(row, is_own=True)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "lines": self.lines(context["form"]),
            "is_open": bool(self.waiting),
            "digest": list_digest(self.rows),
            "quarter": quarter_of(self.today),
            "changed": self.changed,
            "back_url": reverse("rights_of", args=[self.unit.code]),
        }
