"""The page about a community that was opened: what is done, what is next, the slips. It can be bookmarked."""

from django.http import Http404, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from community.admin.accounts import Paper, slip
from community.admin.scope import context_of
from community.refusals import ActionRefused
from home.admin.handing_in import hand_in_address
from home.models import CommunityPage, SecondPersonReview
from services.models import ServiceMenuPage, ServicePage

from .readiness import TASKS, done, facts_of, openings_for, said
from .slips import first_people, has_come, invite_first_people, may_be_invited, posts_of
from .views import OpeningView, community_address


class CommunityView(OpeningView):
    """Computed from what is there now, so it is true whenever somebody looks."""

    template_name = "opening/community.html"
    refusal = ""

    @cached_property
    def opening(self):
        found = openings_for(self.request.user).filter(unit__code=self.kwargs["code"]).first()
        if found is None:
            raise Http404
        return found

    @property
    def way(self):
        return [{"url": "", "label": self.opening.unit.name}]

    def get_context_data(self, **kwargs):
        unit, facts = self.opening.unit, facts_of(self.opening)
        page = CommunityPage.objects.filter(unit=unit).first()
        people = first_people(unit)
        standing = done(facts)
        addresses = self.addresses(unit, page)
        tasks = [(task, TASKS[task], said(facts, task), is_done, addresses[task]) for task, is_done in standing.items()]
        return super().get_context_data(
            unit=unit,
            page=page,
            opened_at=self.opening.opened_at,
            tasks=tasks,
            is_ready=all(standing.values()),
            people=[(one, posts_of(one), has_come(one)) for one in people],
            to_invite=sum(1 for one in people if may_be_invited(one)),
            services=services_below(page),
            papers=Paper.choices,
            refusal=self.refusal,
            **kwargs,
        )

    def addresses(self, unit, page) -> dict[str, str]:
        """Where each task is done."""
        menu = ServiceMenuPage.objects.child_of(page).first() if page else None
        return {
            "people": "#people",
            "page": review_address(page) if page else "",
            "services": reverse("wagtailadmin_explore", args=[menu.pk]) if menu else "",
            "phone": reverse("units:edit", args=[unit.code]),
            "homes": reverse("imports:add"),
            "notice": reverse("content_new", args=["notices"]),
        }


def services_below(page) -> list[ServicePage]:
    """The services of the menu with their state, in their order. One query."""
    if page is None:
        return []
    return list(ServicePage.objects.descendant_of(page).order_by("path"))


def review_address(page) -> str:
    """The review of the page that is under way; without one, where it is handed in (again)."""
    reviews = SecondPersonReview.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id=str(page.pk)
    )
    found = reviews.first()
    if found is not None:
        return reverse("page_review", args=[found.reference])
    return hand_in_address(page)


class SlipsView(CommunityView):
    """Prints a slip for each person who has not come yet; the codes stand on the answer itself, once."""

    def get(self, request, *args, **kwargs):
        return HttpResponseNotAllowed(["POST"])

    def post(self, request, *args, **kwargs):
        unit = self.opening.unit
        paper = request.POST.get("paper") if request.POST.get("paper") in Paper else Paper.A6
        try:
            issued = invite_first_people(context_of(request, _("Opening of the community")), unit=unit)
        except ActionRefused as refused:
            self.refusal = str(refused)
            return self.render_to_response(self.get_context_data(), status=refused.status)
        return TemplateResponse(request, "community/admin/slip.html", {
            "slips": [slip(request, invitation, code, member) for invitation, code, member in issued],
            "paper": paper,
            "back_url": community_address(unit),
        })  # fmt: skip
