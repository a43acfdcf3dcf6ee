"""The pages of the renovations of a community: the list, and one page per request."""

from django.db import models
from django.http import Http404
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import BodyBlocks
from home.pages import SitePage
from home.pages.base import Door

from .models import RenovationRequest
from .presentation import lists, project, versions


class ProjectIndexPage(SitePage):
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
        number = self.projects().filter(request__state__in=lists.RUNNING).count()
        text = ngettext("%(number)d under way", "%(number)d under way", number) % {"number": number}
        return Door(label=self.title, text=text, url=self.get_url(request), icon="propose", act=number > 0)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return {**context, **lists.index_context(self, request)}


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

    @path("log/", name="log")
    def log(self, request):
        """What was seen on the site, day by day."""
        shown = project.log_context(self, request)
        return self.render(request, template="workflows/project_log.html", context_overrides=shown)
