"""The review page: what changed, who wrote it, and the decision of the second person."""

from django.contrib.auth import get_user_model
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import TaskState

from community.grants import grants_for
from community.records import Context
from community.refusals import ActionRefused

from ..actions.publishing import approve_review, send_back
from ..actions.site import appears_first, untouched_sections
from ..publishing.models import SecondPersonReview
from ..publishing.reviewers import authors_of, may_see_review, require_second_person
from ..querysets.reviews import reviews_for


class ReviewListView(WagtailAdminTemplateMixin, TemplateView):
    """Everything that waits for a second person in one's places."""

    template_name = "home/admin/review_list.html"
    header_icon = "glasses"

    def get_page_title(self):
        return _("Pages to look over")

    def get_context_data(self, **kwargs):
        return super().get_context_data(reviews=list(reviews_for(self.request.user)), **kwargs)


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    """One version of one page: approve it, or send it back with a reason.

    The address names the review; the page is the one of this review, whatever else was sent along.
    """

    template_name = "home/admin/review.html"
    header_icon = "glasses"

    @cached_property
    def review(self) -> SecondPersonReview:
        found = SecondPersonReview.objects.filter(reference=self.kwargs["reference"]).first()
        if found is None or not may_see_review(self.request.user, found.page):
            raise Http404
        return found

    def get_page_title(self):
        return _("Look over")

    def get_page_subtitle(self):
        return self.version.title

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse_lazy("page_reviews"), "label": _("Pages to look over")},
            {"url": "", "label": self.version.title},
        ]

    @cached_property
    def version(self):
        """The page as it was submitted."""
        return self.review.revision.as_object()

    def get_context_data(self, **kwargs):
        page = self.review.page
        return super().get_context_data(
            review=self.review,
            page=page,
            version=self.version,
            changes=changes(page, self.version, self.request),
            authors=get_user_model().objects.filter(pk__in=authors_of(page)).select_related("member"),
            is_open=self.review.status == TaskState.STATUS_IN_PROGRESS,
            hindrance=hindrance(self.request.user, page),
            preview_url=preview_address(self.request.user, page, self.review),
            **(what_appears_with(page) if appears_first(page) else {}),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        reason = request.POST.get("reason", "").strip()
        act = {"approve": approve_review, "send_back": send_back}.get(request.POST.get("decision"))
        if act is None:
            return self.again(_("Please choose: publish, or send back."), 422)
        page = self.review.page
        try:
            act(Context(user=request.user, reason=reason), review=self.review)
        except ActionRefused as refusal:
            return self.again(refusal.reason, refusal.status)
        done = _("“%(title)s” is published.") if act is approve_review else _("“%(title)s” was sent back.")
        messages.success(request, done % {"title": page.title})
        return HttpResponseRedirect(reverse("page_reviews"))

    def again(self, refusal: str, status: int):
        """The page once more, with the sentence and with what was typed."""
        self.__dict__.pop("review", None)
        context = self.get_context_data(refusal=refusal, typed=self.request.POST.get("reason", ""))
        return self.render_to_response(context, status=status)


def what_appears_with(place) -> dict:
    """What readers get to see with the page of a new community: its office, and the sections that nobody wrote in."""
    unit = place.unit
    office = [(unit._meta.get_field(name).verbose_name, getattr(unit, name)) for name in ("phone", "address", "hours")]
    return {"office": office, "sections": [section.title for section in untouched_sections(place)]}


def changes(page, version, request, *, before=None) -> list:
    """The fields that differ from what readers see now (or from `before`), each as Wagtail compares it. All filled ones
    of a new page."""
    panels = version.get_edit_handler().get_bound_panel(instance=version, request=request, form=None)
    before = before or (page if page.live else type(page)())
    found = [compare(before, version) for compare in panels.get_comparison()]
    return [change for change in found if change.is_field and change.has_changed()]


def hindrance(user, page) -> str:
    """Why this person may not decide; empty when they may."""
    try:
        require_second_person(user, page)
    except ActionRefused as refusal:
        return str(refusal.reason)
    return ""


def preview_address(user, page, review) -> str:
    """Where the version is drawn as readers will see it; for those who may write here."""
    if not grants_for(user).may_enter_admin or not page.permissions_for_user(user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:revisions_view", args=[page.pk, review.revision_id])
