"""Which pages have to be looked at again, and which nobody has entered for it yet."""

from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page

from community.grants import grants_for, within
from community.roles import Role

READERS = (Role.EDITOR, Role.STAFF, Role.ADMINISTRATOR, Role.SUPERVISOR)


class PageUpkeepQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's places: for who writes there, and for their supervisors."""
        return self.filter(within(grants_for(user).paths(*READERS), "unit__path"))

    def in_use(self, today: date):
        """Pages that readers see, without notices whose last day is over."""
        return self.filter(page__live=True).exclude(page__noticepage__valid_until__lt=today)

    def due(self, today: date, *, within_days: int = 0):
        """Those to be checked by a day that has come, or comes within so many days."""
        return self.in_use(today).filter(review_by__lte=today + timedelta(days=within_days))


def kept_models() -> list[type]:
    """The page types that are looked at again."""
    from ..pages import SitePage

    return [model for model in _below(SitePage) if model.review_every]


def _below(model):
    for one in model.__subclasses__():
        if not one._meta.abstract:
            yield one
        yield from _below(one)


def unwatched_pages():
    """Live pages of those types that have no row yet."""
    kinds = ContentType.objects.get_for_models(*kept_models()).values()
    return Page.objects.live().filter(content_type__in=[kind.pk for kind in kinds], upkeep_row=None).order_by("pk")
