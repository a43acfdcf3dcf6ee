"""The pages of the places: the site, its areas, its communities."""

from django.db import models
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from community.models import Unit

from ..blocks import BodyBlocks, FactBlocks
from .base import SitePage


class HomePage(SitePage):
    """The front of the site: where a reader chooses a community. There is one."""

    unit = models.OneToOneField(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("unit")
    )
    intro = models.CharField(
        _("what this is, in one sentence"), max_length=200, blank=True, help_text=_("Stands below the heading.")
    )

    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.AreaPage", "home.CommunityPage"]
    max_count = 1
    search_fields = [*SitePage.search_fields, index.SearchField("intro")]
    content_panels = [*SitePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    @property
    def summary_line(self):
        return self.search_description or self.intro

    def route(self, request, path_components):
        """Find the page of a whole address by one look-up; what is left of it is the page's own sub-address."""
        if not path_components:
            return super().route(request, path_components)
        addresses = [f"{self.url_path}{'/'.join(path_components[:end])}/" for end in range(1, len(path_components) + 1)]
        found = Page.objects.filter(url_path__in=addresses, path__startswith=self.path).order_by("-depth").first()
        if found is None:
            raise Http404
        left = path_components[found.depth - self.depth :]
        if left and not issubclass(found.specific_class, RoutablePageMixin):
            raise Http404
        return found.specific.route(request, left)

    def serve(self, request, *args, **kwargs):
        """Nobody is asked to choose where there is one community only."""
        from ..frames import only_community

        only = only_community(self)
        return redirect(only.get_url(request)) if only else super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        from ..finding import front_context

        return {**super().get_context(request, *args, **kwargs), **front_context(self, request)}


class AreaPage(SitePage):
    """A district or a street with its communities."""

    unit = models.OneToOneField(
        Unit,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"kind__in": ["province", "city", "district", "street", "town"]},
        verbose_name=_("unit"),
    )
    intro = models.CharField(_("what this is, in one sentence"), max_length=200, blank=True)

    template = "home/area_page.html"
    parent_page_types = ["home.HomePage", "home.AreaPage"]
    subpage_types = ["home.AreaPage", "home.CommunityPage"]
    slug_stem = "area"
    is_creatable = False
    search_fields = [*SitePage.search_fields, index.SearchField("intro")]
    content_panels = [*SitePage.content_panels, FieldPanel("unit", read_only=True), FieldPanel("intro")]

    class Meta:
        verbose_name = _("page of an area")
        verbose_name_plural = _("pages of areas")

    @property
    def summary_line(self):
        return self.search_description or self.intro

    def get_context(self, request, *args, **kwargs):
        from ..finding import listing

        return {**super().get_context(request, *args, **kwargs), **listing(self, request)}


class CommunityPage(SitePage):
    """The home of a community: four doors, what is being done, what is new, whom to call."""

    unit = models.OneToOneField(
        Unit, models.PROTECT, related_name="+", limit_choices_to={"kind": "community"}, verbose_name=_("unit")
    )
    intro = models.CharField(
        _("the community in one sentence"),
        max_length=120,
        blank=True,
        help_text=_("Stands below the name, for example: 4 estates · 1,800 residents."),
    )
    picture = models.ForeignKey(
        "home.LinliImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("A picture of the place itself, no stock photo."),
    )
    facts = StreamField(
        FactBlocks(),
        blank=True,
        verbose_name=_("facts"),
        help_text=_("At most four figures about the community, each with its day."),
    )
    body = StreamField(BodyBlocks(), blank=True, verbose_name=_("more about the community"))

    review_every = 365
    template = "home/community_page.html"
    parent_page_types = ["home.HomePage", "home.AreaPage"]
    slug_stem = "community"
    is_creatable = False
    search_fields = [*SitePage.search_fields, index.SearchField("intro"), index.SearchField("body")]
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("unit", read_only=True),
        MultiFieldPanel(
            [FieldPanel("intro"), FieldPanel("picture"), FieldPanel("facts")],
            heading=_("What does a reader see first?"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("page of a community")
        verbose_name_plural = _("pages of communities")

    @property
    def summary_line(self):
        return self.search_description or self.intro

    @cached_property
    def sections(self) -> list[Page]:
        """The live sections below this page in their order: menus, notices, projects."""
        return list(self.get_children().live().specific())

    def get_context(self, request, *args, **kwargs):
        from ..frames import community_context

        return {**super().get_context(request, *args, **kwargs), **community_context(self, request)}
