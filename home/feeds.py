"""What can be followed from outside: the notices of a community as an Atom feed. Nothing in it is about persons."""

from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from .pages import CommunityPage, NoticePage

NEWEST = 20


class CommunityFeed(Feed):
    """The newest pages of one kind in a community; its address names the community by its code."""

    feed_type = Atom1Feed

    def get_object(self, request, code):
        return get_object_or_404(CommunityPage.objects.live(), unit__code=code)

    def link(self, community):
        return community.url

    def subtitle(self, community):
        return community.intro

    def item_title(self, page):
        return page.title

    def item_description(self, page):
        return page.lead

    def item_link(self, page):
        return page.url

    def item_pubdate(self, page):
        return page.first_published_at

    def item_updateddate(self, page):
        return page.last_published_at


class NoticeFeed(CommunityFeed):
    def title(self, community):
        return f"{community.title} · {_('Notices')}"

    def items(self, community):
        notices = NoticePage.objects.descendant_of(community).live()
        return notices.order_by("-published_on", "-pk")[:NEWEST]
