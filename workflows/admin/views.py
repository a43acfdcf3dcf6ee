"""What the screens of one request share: its address, its tabs, an act with its refusals."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from community.admin.forms import ReasonForm
from community.admin.scoped import ActView, ScopedView, context_of

from ..actions.moving import GateClosed
from ..models import RenovationRequest

TABS = {
    "inspect": _("Overview"),
    "rota": _("Rota and site"),
    "versions": _("Versions"),
    "history": _("History"),
}


def address_of(request_row: RenovationRequest, name: str = "inspect", *further) -> str:
    """The address of a screen of a request: the community's code, then the reference."""
    return reverse(f"renovation:{name}", args=[request_row.community.code, request_row.reference, *further])


class RemarkForm(ReasonForm):
    """A button with room for a remark."""

    reason = forms.CharField(
        label=_("Remark"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands in the history."),
    )  # fmt: skip


class RequestView(ScopedView):
    """Finds the request among those that the person may view; a reference is looked up together with its community."""

    model = RenovationRequest
    select_related = ("community", "estate")

    def setup(self, request, *args, **kwargs):
        community, reference = kwargs.pop("community"), kwargs.pop("reference")
        self.row = self.rows(request.user).filter(community__code=community, reference=reference).first()
        if self.row is None:
            raise Http404
        super().setup(request, *args, **kwargs)

    def address(self, url_name, row=None):
        return address_of(row or self.row, url_name.rpartition(":")[2]) if url_name else None

    def get_inspect_url(self, instance=None):
        return address_of(instance or self.row)

    def of_request(self, rows, **lookup):
        """The row of this request with a reference from the address; 404 for one of another request."""
        try:
            return rows.get(request=self.row, **lookup)
        except (rows.model.DoesNotExist, ValueError, ValidationError) as error:
            raise Http404 from error

    @cached_property
    def context(self):
        return context_of(self.request)


class RequestActView(RequestView, ActView):
    """One act on a request or on something that hangs on it."""

    template_name = "workflows/admin/act.html"
    index_url_name = "renovation:index"
    action_argument = "request"
    missing = ()

    def perform(self, form):
        try:
            return self.act(context_of(self.request, form.cleaned_data.get("reason", "")), form)
        except GateClosed as refusal:
            self.missing = refusal.missing
            raise

    def act(self, context, form):
        """Call the action; nothing need be returned."""
        raise TypeError(f"{type(self).__name__} names no action.")

    def success_sentence(self):
        return _("%(object)s: saved.") % {"object": self.row}

    def done(self):
        self.object = self.row
        return super().done()

    def get_context_data(self, **kwargs):
        return super().get_context_data(missing=self.missing, shown=self.row, **kwargs)


class RequestTab(RequestView, WagtailAdminTemplateMixin, TemplateView):
    """One of the tabs of a request."""

    tab = ""
    index_url_name = "renovation:index"
    header_icon = "clipboard-list"

    def get_page_title(self):
        return TABS[self.tab]

    def get_page_subtitle(self):
        return str(self.row)

    def get_breadcrumbs_items(self):
        plural = self.model._meta.verbose_name_plural
        here = [{"url": self.get_inspect_url(), "label": str(self.row)}, {"url": "", "label": self.get_page_title()}]
        return [*self.breadcrumbs_items, {"url": reverse(self.index_url_name), "label": plural}, *here]

    def get_context_data(self, **kwargs):
        tabs = [(label, address_of(self.row, name), name == self.tab) for name, label in TABS.items()]
        return super().get_context_data(shown=self.row, tabs=tabs, **kwargs)
