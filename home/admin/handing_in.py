"""From the writer to the second person: buttons in the editor and in lists, a page that asks what was corrected."""

from django import forms
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from community.grants import grants_for
from community.records import Context
from community.refusals import ActionRefused

from ..actions.publishing import submit_for_review
from ..actions.versions import NOTE_LENGTH, must_say
from ..forms import HAND_IN, URGENT
from ..pages import SitePage
from ..publishing.reviewers import WRITERS
from .reviews import changes


class HandInMenuItem(ActionMenuItem):
    """Save what stands in the editor, and hand it to a second person."""

    name = HAND_IN
    label = gettext_lazy("Hand to a second person")
    icon_name = "glasses"
    order = -10  # the first of all: the button that one sees

    def is_shown(self, context):
        page = context.get("page")
        if context["view"] == "create" or page is None:
            return context["view"] == "create"
        return (
            not context["locked_for_user"]
            and not page.workflow_in_progress
            and may_hand_in(context["request"].user, page)
        )


def leave_ours(menu_items, request, context) -> None:
    """Wagtail's own button hands in without a record."""
    menu_items[:] = [item for item in menu_items if not isinstance(item, SubmitForModerationMenuItem)]


def may_hand_in(user, page) -> bool:
    return isinstance(page, SitePage) and page.permissions_for_user(user).can_edit()


def hand_in_address(page) -> str:
    return reverse("page_hand_in", args=[page.translation_key])


def after_saving(request, page):
    """After the editor has saved: hand in when that was the button; where a sentence is wanted, ask for it first."""
    if isinstance(page, SitePage) and request.POST.get(URGENT):
        return HttpResponseRedirect(reverse("page_urgent", args=[page.translation_key]))
    if not request.POST.get(HAND_IN) or not isinstance(page, SitePage):
        return None
    if must_say(page):
        return HttpResponseRedirect(hand_in_address(page))
    try:
        submit_for_review(Context(user=request.user), page=page)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return handed_in(request, page)


def handed_in(request, page):
    """Say so, and go back to the list that the page stands in."""
    title = page.latest_revision.content["title"]
    messages.success(request, _("“%(title)s” waits for a second person now.") % {"title": title})
    return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


class HandInForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What was corrected"),
        help_text=gettext_lazy(
            "One sentence for readers. It stands on the page: the water is off until six, not three."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=NOTE_LENGTH,
        error_messages={"required": gettext_lazy("Please say in one sentence what was corrected.")},
    )


class HandInView(WagtailAdminTemplateMixin, FormView):
    """What changes for readers, the sentence about it where one is needed, and the button."""

    form_class = HandInForm
    template_name = "home/admin/hand_in.html"
    header_icon = "glasses"
    roles = WRITERS
    explanation = gettext_lazy(
        "Somebody who wrote none of it reads the page and publishes it, or sends it back to you."
    )
    submit_label = gettext_lazy("Hand to a second person")

    @cached_property
    def page(self):
        page = get_object_or_404(Page, translation_key=self.kwargs["key"]).specific
        unit = getattr(page, "unit", None)
        if unit is None or not grants_for(self.request.user).cover(unit, *self.roles):
            raise Http404
        return page

    def get_page_title(self):
        return _("Hand to a second person")

    def get_page_subtitle(self):
        return self.title

    def get_breadcrumbs_items(self):
        edit = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.title}
        return [*super().get_breadcrumbs_items(), edit, {"url": "", "label": self.get_page_title()}]

    @property
    def title(self) -> str:
        return self.version.title

    @cached_property
    def version(self):
        """The page as it was saved last."""
        return self.page.get_latest_revision_as_object()

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if not must_say(self.page):
            del form.fields["note"]
        return form

    def get_context_data(self, **kwargs):
        found = changes(self.page, self.version, self.request)
        words = {"explanation": self.explanation, "submit_label": self.submit_label}
        return super().get_context_data(page=self.page, changes=found, **words, **kwargs)

    def form_valid(self, form):
        try:
            self.act(form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        return self.done()

    def act(self, data):
        submit_for_review(Context(user=self.request.user), page=self.page, note=data.get("note", ""))

    def done(self):
        return handed_in(self.request, self.page)
