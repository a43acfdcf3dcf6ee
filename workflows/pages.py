"""The pages of the renovations of a community: the list, and one page per request."""

from django.db import models
from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import BodyBlocks
from home.pages import NoticePage, SitePage
from home.pages.base import Door

from .models import RenovationRequest
from .presentation import ballots, lists, notices, project, versions
from .words import OCCASION_WORDS


class ProjectIndexPage(RoutablePageMixin, SitePage):
    """All renovations of a community that have been accepted for discussion."""

    intro = models.CharField(_("what is found here, in one sentence"), max_length=200, blank=True)

    template = "workflows/project_index_page.html"
    parent_page_types = ["home.CommunityPage"]
    subpage_types = ["workflows.ProjectPage"]
    max_count_per_parent = 1
    slug_stem = "projects"
    feed = "projects-feed"
    show_in_menus_default = True
    search_fields = [*SitePage.search_fields, index.SearchField("intro")]
    content_panels = [*SitePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("list of renovations")
        verbose_name_plural = _("lists of renovations")

    @property
    def summary_line(self):
        return self.search_description or self.intro

    @classmethod
    def opened(cls, unit):
        """The section as a new community gets it."""
        return cls(title=gettext("Renovation"), slug="projects", show_in_menus=True)

    def projects(self):
        """The published pages of requests, the one that moved last first."""
        pages = ProjectPage.objects.child_of(self).live().select_related("request")
        return pages.order_by("-request__state_since", "-pk")

    def as_door(self, request) -> Door:
        return lists.index_door(self, request)

    @path("")
    def overview(self, request):
        return self.render(request, context_overrides=lists.index_context(self, request))

    @path("propose/", name="propose")
    def propose(self, request):
        """Where a resident begins to propose."""
        from .residents import propose

        return propose.start(self, request)

    @path("propose/similar/", name="propose-similar")
    def propose_similar(self, request):
        from .residents import propose

        return propose.similar(self, request)

    @path("propose/check/", name="propose-check")
    def propose_check(self, request):
        from .residents import propose

        return propose.check(self, request)

    @path("propose/<slug:key>/", name="propose-step")
    def propose_step(self, request, key):
        from .residents import propose

        return propose.step(self, request, key)


class ProjectPage(RoutablePageMixin, SitePage):
    """A request as everyone may see it. The facts are read live from the request; only the words are the editors'."""

    request = models.OneToOneField(
        RenovationRequest, models.PROTECT, related_name="page", editable=False, verbose_name=_("request")
    )
    lead = models.CharField(
        _("the project in one sentence"), max_length=120, blank=True, help_text=_("Stands below the heading.")
    )
    body = StreamField(BodyBlocks(), blank=True, verbose_name=_("more about the project"))

    template = "workflows/project_page.html"
    parent_page_types = ["workflows.ProjectIndexPage"]
    subpage_types = []
    is_creatable = False
    slug_stem = "project"
    search_fields = [*SitePage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    content_panels = [*SitePage.content_panels, FieldPanel("lead"), FieldPanel("body")]

    class Meta:
        verbose_name = _("page of a renovation")
        verbose_name_plural = _("pages of renovations")

    @property
    def summary_line(self):
        return self.search_description or self.lead

    @path("")
    def overview(self, request):
        return self.render(request, context_overrides=project.overview_context(self, request))

    @path("versions/", name="versions")
    def versions(self, request):
        """Every version, the newest first."""
        shown = versions.list_context(self, request)
        return self.render(request, template="workflows/project_versions.html", context_overrides=shown)

    @re_path(r"^versions/(\d{1,4})-(\d{1,4})/$", name="difference")
    def difference(self, request, old, new):
        """What changed between two versions."""
        shown = versions.difference_context(self, request, int(old), int(new))
        if shown is None:
            raise Http404
        return self.render(request, template="workflows/project_difference.html", context_overrides=shown)

    @path("votes/<slug:reference>/", name="vote")
    def vote(self, request, reference):
        """An owners' vote: who took part, and once it is counted the result and the list to check it by."""
        shown = ballots.ballot_context(self, request, reference)
        return self.render(request, template="workflows/project_vote.html", context_overrides=shown)

    @path("votes/<slug:reference>/list/", name="vote-list")
    def vote_list(self, request, reference):
        """The published list as a plain text, for whoever wants to count again."""
        response = HttpResponse(ballots.list_text(self, reference), content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'inline; filename="{reference}.txt"'
        return response

    @path("log/", name="log")
    def log(self, request):
        """What was seen on the site, day by day."""
        shown = project.log_context(self, request)
        return self.render(request, template="workflows/project_log.html", context_overrides=shown)


class ProjectNoticePage(NoticePage):
    """The notice that announces a stage of a request, drafted for the editor when the stage begins.

    Its words are the editor's; its facts are the request's, read each time somebody reads the notice.
    """

    request = models.ForeignKey(
        RenovationRequest, models.PROTECT, related_name="notices", editable=False, verbose_name=_("request")
    )
    occasion = models.CharField(_("occasion"), max_length=20, choices=list(OCCASION_WORDS.items()), editable=False)
    version = models.PositiveIntegerField(_("version of the request it was written for"), editable=False)

    template = "workflows/project_notice_page.html"
    parent_page_types = ["home.NoticeIndexPage"]
    subpage_types = []
    is_creatable = False
    search_fields = [*NoticePage.search_fields]

    class Meta:
        verbose_name = _("notice about a renovation")
        verbose_name_plural = _("notices about renovations")
        constraints = [
            models.UniqueConstraint(
                fields=["request", "occasion", "version"], name="one_notice_per_occasion_and_version"
            )
        ]

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), **notices.live_facts(self, request)}
