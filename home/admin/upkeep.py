"""The report of pages that have to be looked at again, and the page where one says that one of them is still right."""

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page

from community.grants import grants_for
from community.records import Context
from community.refusals import ActionRefused

from ..actions.upkeep import check_page
from ..models import PageUpkeep
from ..pages import SitePage
from ..publishing import rules
from ..publishing.reviewers import WRITERS
from ..querysets.upkeep import kept_models
from ..status import STATUSES
from .listings import Below, DayColumn, PlaceFilterSet, ReportView, ReportViewSet, ScreenColumn

SOON = 30  # days


class CheckForm(forms.Form):
    review_by = forms.DateField(
        label=gettext_lazy("To be checked again by"),
        help_text=gettext_lazy("Sooner for what changes often: prices, hours, names of offices."),
        widget=AdminDateInput,
        required=False,
    )


class CheckView(Below, WagtailAdminTemplateMixin, FormView):
    """What readers see, when somebody looked last, and the button."""

    form_class = CheckForm
    template_name = "home/admin/check.html"
    header_icon = "check"
    above = ("page_upkeep:index", gettext_lazy("Pages to check"))

    @cached_property
    def page(self):
        page = get_object_or_404(Page, translation_key=self.kwargs["key"]).specific
        unit = getattr(page, "unit", None)
        if unit is None or not grants_for(self.request.user).cover(unit, *WRITERS) or not may_be_checked(page):
            raise Http404
        return page

    def get_page_title(self):
        return _("Is this page still right?")

    def get_page_subtitle(self):
        return self.page.title

    def get_initial(self):
        return {"review_by": rules.next_check(timezone.localdate(), self.page.review_every)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(page=self.page, upkeep=self.page.upkeep, **kwargs)

    def form_valid(self, form):
        try:
            context = Context(user=self.request.user)
            upkeep = check_page(context, page=self.page, review_by=form.cleaned_data["review_by"])
        except ActionRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        words = {"title": self.page.title, "day": upkeep.review_by}
        messages.success(self.request, _("“%(title)s” is still right. Next check by %(day)s.") % words)
        return HttpResponseRedirect(reverse("page_upkeep:index"))


def may_be_checked(page) -> bool:
    return isinstance(page, SitePage) and page.live and page.review_every > 0


def kinds_of_pages() -> list[tuple[str, str]]:
    return [(model._meta.model_name, model._meta.verbose_name) for model in kept_models()]


class PageUpkeepFilterSet(PlaceFilterSet):
    due = django_filters.ChoiceFilter(
        label=gettext_lazy("Check"),
        choices=[("overdue", gettext_lazy("Overdue")), ("soon", gettext_lazy("Due within 30 days"))],
        method="is_due",
    )
    kind = django_filters.ChoiceFilter(label=gettext_lazy("kind"), choices=kinds_of_pages, method="is_of_kind")

    class Meta:
        model = PageUpkeep
        fields = ["unit", "due", "kind"]

    def is_due(self, rows, name, value):
        found = PageUpkeep.objects.due(timezone.localdate(), within_days=SOON if value == "soon" else -1)
        return rows.filter(pk__in=found)

    def is_of_kind(self, rows, name, value):
        return rows.filter(page__content_type__in=ContentType.objects.filter(model=value))


class PageUpkeepView(ReportView):
    """Pages that readers see, those first that are due first."""

    def get_base_queryset(self):
        return super().get_base_queryset().in_use(timezone.localdate())


def standing_of(upkeep: PageUpkeep) -> str:
    return str(STATUSES[rules.check_standing(upkeep.review_by, timezone.localdate())].word)


class PageUpkeepViewSet(ReportViewSet):
    """Which pages have to be looked at, by when, and who looked last."""

    model = PageUpkeep
    name = "page_upkeep"
    icon = "check"
    menu_label = gettext_lazy("Pages to check")
    menu_order = 120
    index_view_class = PageUpkeepView
    select_related = ("page__content_type", "checked_by__member")
    filterset_class = PageUpkeepFilterSet
    default_ordering = ("review_by", "pk")
    list_display = [
        ScreenColumn("title", label=gettext_lazy("page")),
        Column("kind", label=gettext_lazy("kind"), accessor="kind"),
        Column("unit", label=gettext_lazy("Place"), accessor="unit.name"),
        DayColumn("review_by", label=gettext_lazy("to be checked by"), sort_key="review_by"),
        Column("standing", label=gettext_lazy("State"), accessor=standing_of),
        DayColumn("checked_on", label=gettext_lazy("last checked on"), sort_key="checked_on"),
        Column("checked_by", label=gettext_lazy("last checked by"), accessor="checker"),
    ]
    list_export = ["title", "kind", "unit.name", "review_by", "checked_on", "checker", "get_checked_as_display"]
    export_filename = "pages-to-check"


def check_address(page) -> str:
    return reverse("page_check", args=[page.translation_key])
