"""Who approves: the newest policy of each unit, its earlier versions, and a form that publishes the next."""

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from community.admin.forms import ScopedForm
from community.admin.menu import SETTINGS
from community.admin.scoped import ScopedCreateView, ScopedIndexView, ScopedModelViewSet, ScopedView, context_of
from community.models import Unit
from community.roles import POST_ROLES, Post, Role

from ..actions.approvals import publish_policy
from ..models import ApprovalPolicy

COMMITTEE_POSTS = [(post.value, post.label) for post in Post if Role.COMMITTEE in POST_ROLES[post]]
MOST_STEPS = 6


class StepForm(forms.Form):
    """One body: the posts at the nearest unit of this kind, and how many of them."""

    unit_kind = forms.ChoiceField(label=_("Kind of unit"), choices=[("", "—"), *Unit.Kind.choices])
    posts = forms.MultipleChoiceField(label=_("Posts"), choices=COMMITTEE_POSTS, widget=forms.CheckboxSelectMultiple)
    min_taking_part = forms.IntegerField(label=_("Must take part"), min_value=2, max_value=99)
    min_approvals = forms.IntegerField(label=_("Must agree"), min_value=2, max_value=99)
    days = forms.IntegerField(label=_("Days to decide"), min_value=1, max_value=90)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("min_approvals", 0) > cleaned.get("min_taking_part", 99):
            self.add_error("min_taking_part", _("No fewer can take part than must agree."))
        return cleaned


class Steps(BaseFormSet):
    """Steps in their order; empty ones are left out, one there must be."""

    def clean(self):
        if not any(self.errors) and not self.given():
            raise forms.ValidationError(_("A policy has at least one step."))

    def given(self) -> list[dict]:
        return [form.cleaned_data for form in self.forms if form.has_changed() and form.cleaned_data]


StepFormSet = formset_factory(StepForm, formset=Steps, extra=2, max_num=MOST_STEPS, absolute_max=MOST_STEPS)


class PolicyForm(ScopedForm):
    class Meta(ScopedForm.Meta):
        model = ApprovalPolicy
        fields = ["unit", "name", "publicity_days", "both_seats"]


class PolicyIndexView(ScopedIndexView):
    """The newest version of each unit."""

    def get_base_queryset(self):
        return super().get_base_queryset().newest()

    def address(self, url_name, row=None):
        return reverse(url_name, args=[row.unit.code]) if url_name else None


class PublishPolicyView(ScopedCreateView):
    """A new version: with `?unit=<code>` it begins with the steps of the present one."""

    template_name = "workflows/admin/policy_form.html"
    page_title = _("New version of a policy")

    def present(self) -> ApprovalPolicy | None:
        rows = self.rows(self.request.user).newest().prefetch_related("steps")
        return rows.filter(unit__code=self.request.GET.get("unit", "")).first()

    def get_initial(self):
        present = self.present()
        names = ("unit", "name", "publicity_days", "both_seats")
        return {name: getattr(present, name) for name in names} if present else {}

    def get_steps(self) -> Steps:
        if self.request.method == "POST":
            return StepFormSet(self.request.POST, prefix="steps")
        present = self.present()
        names = ("unit_kind", "posts", "min_taking_part", "min_approvals", "days")
        steps = [{name: getattr(step, name) for name in names} for step in present.steps.all()] if present else []
        return StepFormSet(prefix="steps", initial=steps)

    def is_valid(self, form):
        self.steps = self.get_steps()
        valid = all([super().is_valid(form), self.steps.is_valid()])
        if not valid:
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
        return valid

    def perform(self, form):
        data = form.cleaned_data
        options = {name: data[name] for name in ("unit", "name", "publicity_days", "both_seats")}
        return publish_policy(context_of(self.request, data["reason"]), steps=self.steps.given(), **options)

    def get_success_url(self):
        return reverse("policies:inspect", args=[self.object.unit.code])

    def get_context_data(self, **kwargs):
        return super().get_context_data(steps=getattr(self, "steps", None) or self.get_steps(), **kwargs)


class PolicyView(ScopedView, WagtailAdminTemplateMixin, TemplateView):
    """Every version of a unit's policy, the newest first."""

    model = ApprovalPolicy
    template_name = "workflows/admin/policy.html"
    page_title = _("Approval policy")
    header_icon = "list-ol"
    index_url_name = add_url_name = None

    def setup(self, request, *args, **kwargs):
        rows = self.rows(request.user).filter(unit__code=kwargs["unit"])
        self.versions = list(rows.select_related("entered_by", "unit").prefetch_related("steps").order_by("-version"))
        if not self.versions:
            raise Http404
        self.row = self.versions[0]
        super().setup(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        plural = self.model._meta.verbose_name_plural
        here = {"url": "", "label": str(self.row.unit)}
        return [*self.breadcrumbs_items, {"url": reverse(self.index_url_name), "label": plural}, here]

    def get_page_subtitle(self):
        return str(self.row.unit)

    def get_context_data(self, **kwargs):
        add = f"{reverse(self.add_url_name)}?unit={self.row.unit.code}" if self.may("add", self.row) else ""
        return super().get_context_data(versions=self.versions, add_url=add, **kwargs)


class PolicyViewSet(ScopedModelViewSet):
    model = ApprovalPolicy
    name = "policies"
    icon = "list-ol"
    menu_hook = SETTINGS
    menu_order = 30
    index_view_class = PolicyIndexView
    add_view_class = PublishPolicyView
    create_action = staticmethod(publish_policy)
    list_display = ["name", Column("unit", label=_("Organisation unit")), "version", "publicity_days"]
    list_export = ["unit", "name", "version", "publicity_days", "both_seats"]
    search_fields = ["name", "unit__name"]

    def get_form_class(self, for_update=False):
        return PolicyForm

    def get_common_view_kwargs(self, **kwargs):
        return {**super().get_common_view_kwargs(**kwargs), "history_url_name": None}

    def get_add_view_kwargs(self, **kwargs):
        return {**super().get_add_view_kwargs(**kwargs), "template_name": PublishPolicyView.template_name}

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("<slug:unit>/", self.construct_view(PolicyView), name="inspect"),
        ]
