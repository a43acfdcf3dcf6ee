"""The renovations of a community as an Atom feed: what moved last stands first."""

from django.utils.translation import gettext as _

from home.feeds import NEWEST, CommunityFeed

from .pages import ProjectPage


class ProjectFeed(CommunityFeed):
    def title(self, community):
        return f"{community.title} · {_('Renovation')}"

    def items(self, community):
        projects = ProjectPage.objects.descendant_of(community).live().select_related("request")
        return projects.order_by("-request__state_since", "-pk")[:NEWEST]

    def item_updateddate(self, page):
        return page.request.state_since
