"""From the menu straight to the work: a community's section, or the empty form of a page in it.

Whoever writes for one community never sees the tree; whoever writes for several chooses once.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from community.admin.menu import RoleMenuItem
from community.grants import grants_for

from ..pages import SitePage
from ..publishing.reviewers import WRITERS

PER_PAGE = 50


@dataclass(frozen=True)
class Section:
    """A kind of section: `index` is its page type, `page` the type of what is written in it."""

    name: str
    index: type
    page: type
    listing: str | Promise
    writing: str | Promise
    icon: str


_sections: dict[str, Section] = {}


def register_section(section: Section) -> Section:
    """Make a kind of section reachable by its name. Call this where the entries of the menu are registered."""
    return _sections.setdefault(section.name, section)


def writing_item(section: Section, *, order: int) -> RoleMenuItem:
    """The entry of the menu that leads to an empty form."""
    address, name = reverse("content_new", args=[section.name]), f"{section.name}-new"
    return RoleMenuItem(section.writing, address, name=name, icon_name="plus", order=order, roles=WRITERS)


def listing_item(section: Section, *, order: int) -> RoleMenuItem:
    """The entry of the menu that leads to what is there."""
    address = reverse("content_section", args=[section.name])
    return RoleMenuItem(section.listing, address, name=section.name, icon_name=section.icon, order=order, roles=WRITERS)


def sections_of(user, section: Section):
    """The pages of a kind of section where the person writes, in the order of the tree. One query beside the rights."""
    policy = policy_registry.get_by_type(SitePage)
    mine = policy.instances_user_has_permission_for(user, "change")
    return section.index.objects.filter(pk__in=mine.values("pk")).order_by("path")


class SectionView(WagtailAdminTemplateMixin, TemplateView):
    """Goes to the one section that the person has; asks which when there are several."""

    template_name = "home/admin/sections.html"
    header_icon = "folder-open-inverse"
    writes = False

    def dispatch(self, request, *args, **kwargs):
        if kwargs["section"] not in _sections:
            raise Http404
        self.section = _sections[kwargs["section"]]
        if not grants_for(request.user).paths(*WRITERS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        self.found = sections_of(request.user, self.section)
        only = list(self.found[:2])
        if len(only) == 1:
            return HttpResponseRedirect(self.address(only[0]))
        return super().get(request, *args, **kwargs)

    @property
    def address(self) -> Callable:
        """Where a section page leads: to its list, or to an empty form below it."""
        if not self.writes:
            return lambda page: reverse("wagtailadmin_explore", args=[page.pk])
        meta = self.section.page._meta
        return lambda page: reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, page.pk])

    def get_page_title(self):
        return self.section.writing if self.writes else self.section.listing

    def get_page_subtitle(self):
        return _("For which community?")

    def get_context_data(self, **kwargs):
        page_obj = Paginator(self.found, PER_PAGE).get_page(self.request.GET.get("page"))
        rows = [(page.get_parent().title, self.address(page)) for page in page_obj]
        return super().get_context_data(rows=rows, page_obj=page_obj, **kwargs)
