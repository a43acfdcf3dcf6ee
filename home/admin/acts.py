"""What an administrator does with pages: open those of a unit, withdraw one from its readers."""

from django import forms
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from community.grants import grants_for, within
from community.models import Unit
from community.records import Context
from community.refusals import ActionRefused
from community.roles import Role

from ..actions.publishing import open_for_review, withdraw_page
from ..actions.site import AREA_KINDS, open_page
from ..actions.versions import REASON_LENGTH
from ..querysets.places import units_with_pages


class OpenPageForm(forms.Form):
    unit = forms.ModelChoiceField(label=gettext_lazy("Community or area"), queryset=Unit.objects.none())


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is withdrawn"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=REASON_LENGTH,
        error_messages={"required": gettext_lazy("Please say why the page is withdrawn.")},
    )


class AdministratorsActView(WagtailAdminTemplateMixin, FormView):
    """A form that ends in one action; a refusal comes back beside what was typed."""

    template_name = "home/admin/act.html"

    def dispatch(self, request, *args, **kwargs):
        if not grants_for(request.user).paths(Role.ADMINISTRATOR):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(explanation=self.explanation, submit_label=self.submit_label, **kwargs)

    def form_valid(self, form):
        try:
            page = self.act(form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.reason))
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        messages.success(self.request, self.done % {"title": page.title})
        return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


class OpenPageView(AdministratorsActView):
    """Open the page of a community or an area, with its sections."""

    form_class = OpenPageForm
    page_title = gettext_lazy("Open the page of a unit")
    header_icon = "home"
    explanation = gettext_lazy(
        "The page of an area appears at once: it shows nothing but the name. The page of a community appears, with its"
        " sections, once a second person of the community has looked over name, phone and hours."
    )
    submit_label = gettext_lazy("Open the page")

    @property
    def done(self):
        if self.waits:
            return _("The page of %(title)s waits for a second person now.")
        return _("The page of %(title)s is open.")

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        paths = grants_for(self.request.user).paths(Role.ADMINISTRATOR)
        mine = Unit.objects.filter(within(paths, "path"), kind__in=[*AREA_KINDS, Unit.Kind.COMMUNITY])
        form.fields["unit"].queryset = mine.exclude(pk__in=units_with_pages())
        return form

    def act(self, data):
        self.waits = data["unit"].is_community
        open_it = open_for_review if self.waits else open_page
        return open_it(Context(user=self.request.user), unit=data["unit"])


class WithdrawView(AdministratorsActView):
    """Take a page from its readers, with a reason."""

    form_class = WithdrawForm
    header_icon = "download"
    explanation = gettext_lazy(
        "The text disappears at once from the page, from lists and from search engines. The address stays, with the"
        " title, today's date and the reason that you write here. Everybody can read it."
    )
    submit_label = gettext_lazy("Withdraw the page")
    done = gettext_lazy("“%(title)s” is withdrawn.")

    @cached_property
    def page(self):
        page = get_object_or_404(Page, translation_key=self.kwargs["key"]).specific
        unit = getattr(page, "unit", None)
        if unit is None or not grants_for(self.request.user).cover(unit, Role.ADMINISTRATOR):
            raise Http404
        return page

    def get_page_title(self):
        return _("Withdraw")

    def get_page_subtitle(self):
        return self.page.title

    def act(self, data):
        withdraw_page(Context(user=self.request.user, reason=data["reason"]), page=self.page)
        return self.page
