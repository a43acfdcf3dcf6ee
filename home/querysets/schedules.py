"""Which approved versions wait for their hour, and what the clock has to do about pages."""

from datetime import date, datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from community.grants import grants_for, within
from community.roles import Role

READERS = (Role.EDITOR, Role.STAFF, Role.ADMINISTRATOR, Role.SUPERVISOR)


class ScheduledPublicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's places: for who writes there, and for their supervisors."""
        return self.filter(within(grants_for(user).paths(*READERS), "unit__path"))

    def waiting(self):
        return self.filter(state="waiting")

    def to_settle(self, now: datetime):
        """Those whose hour has come, and those whose page was changed since."""
        changed = ~Q(page__latest_revision=F("revision"))
        return self.waiting().filter(Q(go_live_at__lte=now) | changed).order_by("go_live_at", "pk")


def notices_that_ended(today: date):
    """Notices that readers see, whose last day is over, and where that is not recorded yet."""
    from ..models import NoticePage, PageTrace

    recorded = PageTrace.objects.filter(page=OuterRef("pk"), revision=OuterRef("live_revision"), kind="expired")
    return NoticePage.objects.live().filter(~Exists(recorded), valid_until__lt=today, live_revision__isnull=False)
