"""Screens for sheets: choose a file, look at what it would change, confirm, see what came of it."""

from functools import cached_property

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from ..actions import imports as actions
from ..grants import within
from ..imports import workbooks
from ..imports.files import MAX_BYTES, MAX_ROWS, MEGABYTE, read_upload
from ..imports.keeping import unseal_rows
from ..imports.plans import KINDS, plan_import
from ..imports.wording import in_words
from ..models import Channel, RegisterImport, Unit
from ..querysets.imports import KEEPERS
from ..records import Context
from ..refusals import ActionRefused, NotAllowed
from .forms import ReasonForm, UnitChoiceField
from .scope import ScopedView
from .scoped import ActionFormMixin, ActView, ScopedIndexView, ScopedModelViewSet

STEPS_PER_PAGE, PROBLEMS_SHOWN = 50, 100
State = RegisterImport.State


def importing(request, reason: str = "") -> Context:
    """The context of an import from a screen."""
    return Context(user=request.user, channel=Channel.IMPORT, reason=reason)


def attachment(content: bytes, name: str, content_type: str = workbooks.XLSX) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def kinds_of(user) -> list[tuple[str, str]]:
    """The registers that the person keeps somewhere, each with its name."""
    return [
        (value, label)
        for value, label in RegisterImport.Kind.choices
        if all(policy_registry.get_by_type(KINDS[value].model).can(user, right) for right in KINDS[value].rights)
    ]


class RegisterForm(forms.Form):
    """Which register of which unit. Only units where the person keeps registers are offered."""

    kind = forms.ChoiceField(label=_("What it holds"), choices=RegisterImport.Kind.choices)
    unit = UnitChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        help_text=_("Whose register it is; for places a community. Rows of other places are refused."),
    )

    def __init__(self, *args, for_user=None, instance=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_of(for_user)
        self.fields["unit"].queryset = Unit.objects.filter(within(for_user.grants.paths(*KEEPERS), "path"))


class UploadForm(RegisterForm):
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
        help_text=_("An .xlsx or a CSV file, at most %(megabytes)s MB and %(rows)s rows.")
        % {"megabytes": MAX_BYTES // MEGABYTE, "rows": MAX_ROWS},
    )


class ExportForm(RegisterForm):
    format = forms.ChoiceField(label=_("Format"), choices=[("xlsx", "xlsx"), ("csv", "CSV")])


class UploadView(ScopedView, ActionFormMixin, WagtailAdminTemplateMixin, FormView):
    """Choose a file. Nothing is written into a register here."""

    model = RegisterImport
    permission = "add"
    form_class = UploadForm
    template_name = "community/admin/import_new.html"
    page_title = _("Import from a sheet")

    def get_breadcrumbs_items(self):
        items = [{"url": reverse("imports:index"), "label": RegisterImport._meta.verbose_name_plural}]
        return [*self.breadcrumbs_items, *items, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    def perform(self, form):
        typed = form.cleaned_data
        rows = read_upload(typed["file"])
        return actions.hand_in(importing(self.request), kind=typed["kind"], unit=typed["unit"], rows=rows)

    def done(self):
        response = super().done()
        list(self.request._messages)  # the next page says where things stand; a message would say it twice
        return response

    def get_success_url(self):
        return reverse("imports:inspect", args=[self.object.reference])

    def get_context_data(self, **kwargs):
        export = ExportForm(for_user=self.request.user)
        return super().get_context_data(kinds=export.fields["kind"].choices, export=export, **kwargs)


class ConfirmForm(ReasonForm):
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.fields["reason"].label = _("Where the figures come from (optional)")


class SheetView(ActView):
    """Where a sheet stands: what it would change and a button, or how far it is, or what came of it."""

    model = RegisterImport
    form_class = ConfirmForm
    template_name = "community/admin/import.html"
    page_title = _("Import from a sheet")
    permission = "view"

    def get_breadcrumbs_items(self):
        items = [{"url": reverse("imports:index"), "label": RegisterImport._meta.verbose_name_plural}]
        return [*self.breadcrumbs_items, *items, {"url": "", "label": str(self.row)}]

    def perform(self, form):
        context = importing(self.request, form.cleaned_data["reason"])
        return actions.confirm_import(context, sheet=self.row, digest=form.cleaned_data["digest"])

    def success_sentence(self):
        self.row.refresh_from_db()
        return {
            State.DONE: _("Imported."),
            State.QUEUED: _("Confirmed. The computer is at work."),
        }.get(self.row.state, _("Nothing was imported."))

    def get_success_url(self):
        return reverse("imports:inspect", args=[self.row.reference])

    def get_inspect_url(self, instance=None):
        return None if instance is None else super().get_inspect_url(instance)

    @cached_property
    def plan(self):
        """What the sheet would change now, or None; `unread` says why there is none."""
        try:
            return plan_import(importing(self.request), self.row.kind, self.row.unit, unseal_rows(self.row))
        except NotAllowed:
            raise
        except ActionRefused as refusal:
            self.unread = str(refusal)
            return None

    unread = ""

    def get_context_data(self, **kwargs):
        self.row.refresh_from_db()
        context = super().get_context_data(sheet=self.row, state=self.row.state, **kwargs)
        if self.row.state == State.PREVIEW and (plan := self.plan):
            page = Paginator(plan.steps, STEPS_PER_PAGE).get_page(self.request.GET.get("p"))
            problems = [in_words(one) for one in plan.problems[:PROBLEMS_SHOWN]]
            context |= {"plan": plan, "page_obj": page, "problems": problems, "problem_total": len(plan.problems)}
        elif self.row.state == State.QUEUED:
            done, total = actions.progress_of(self.row)
            context |= {"written": done, "total": total, "percent": 100 * done // total if total else 0}
        return context | {"unread": self.unread, "back_url": reverse("imports:index")}


class DiscardView(ActView):
    model = RegisterImport
    permission = "delete"
    page_title = _("Throw the sheet away")
    explanation = _("Only this sheet goes. What was imported stays.")
    form_class = forms.Form
    submit_label = _("Throw away")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return {name: kwargs[name] for name in kwargs if name not in ("for_user", "instance")}

    def perform(self, form):
        actions.discard_import(importing(self.request), sheet=self.row)
        return self.row

    def success_sentence(self):
        return _("The sheet is thrown away.")

    def get_success_url(self):
        gone = hasattr(self, "object")
        return reverse("imports:index") if gone else reverse("imports:inspect", args=[self.row.reference])


class FaultsView(ScopedView, View):
    """The wrong rows of a sheet, to put right."""

    model = RegisterImport
    select_related = ("unit",)

    def get(self, request, *args, **kwargs):
        try:
            rows = unseal_rows(self.row)
            plan = plan_import(importing(request), self.row.kind, self.row.unit, rows)
        except NotAllowed:
            raise
        except ActionRefused as refusal:
            raise Http404 from refusal
        title = str(self.row.get_kind_display())
        return attachment(workbooks.faults_workbook(title, rows, plan.problems), f"{self.row.kind}-faults.xlsx")


class TemplateFileView(ScopedView, View):
    """An empty sheet to fill in."""

    model = RegisterImport
    permission = "add"

    def get(self, request, kind, *args, **kwargs):
        if kind not in KINDS:
            raise Http404
        return attachment(workbooks.template_workbook(KINDS[kind]), f"{kind}-template.xlsx")


class ExportView(ScopedView, View):
    """A register in the columns of its sheet."""

    model = RegisterImport
    permission = "add"

    def get(self, request, *args, **kwargs):
        form = ExportForm(request.GET, for_user=request.user)
        if not form.is_valid():
            raise Http404
        kind, unit = form.cleaned_data["kind"], form.cleaned_data["unit"]
        try:
            register = KINDS[kind](importing(request), unit)
        except NotAllowed:
            raise
        except ActionRefused as refusal:
            raise NotAllowed(str(refusal)) from refusal
        name = f"{kind}-{unit.code}-{timezone.localdate():%Y%m%d}"
        if form.cleaned_data["format"] == "csv":
            return attachment(workbooks.register_csv(register), f"{name}.csv", "text/csv; charset=utf-8")
        return attachment(workbooks.register_workbook(register), f"{name}.xlsx")


class ImportIndexView(ScopedIndexView):
    page_subtitle = _("Your own of the last 24 hours")

    def get_edit_url(self, instance=None):
        return self.get_inspect_url(instance)

    def get_list_more_buttons(self, instance):
        return []


class ImportViewSet(ScopedModelViewSet):
    model = RegisterImport
    name = "imports"
    icon = "upload"
    menu_label = _("Import from a sheet")
    add_to_reference_index = False
    lookup_field = "reference"
    index_view_class = ImportIndexView
    select_related = ("unit",)
    ordering = ["-pk"]
    list_display = [
        Column("kind", label=_("What it holds"), accessor="get_kind_display"),
        "unit",
        "state",
        "new",
        "changed",
        "same",
        DateColumn("created_at", label=_("Handed in at")),
    ]

    def get_common_view_kwargs(self, **kwargs):
        named = super().get_common_view_kwargs(**kwargs)
        return named | {"history_url_name": None, "add_url_name": self.get_url_name("add")}

    def get_urlpatterns(self):
        rows = {"inspect": SheetView, "faults": FaultsView, "discard": DiscardView}
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.construct_view(UploadView), name="add"),
            path("template/<str:kind>/", self.construct_view(TemplateFileView), name="template"),
            path("export/", self.construct_view(ExportView), name="export"),
            *(path(f"{name}/<str:pk>/", self.construct_view(view), name=name) for name, view in rows.items()),
        ]
