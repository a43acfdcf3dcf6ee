"""Which members and appointments a person may see."""

from django.db import models
from django.db.models import Q

from ..grants import grants_for, within

KEEPERS = ("staff", "administrator", "supervisor")


class MemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Members registered at or below a node where the person keeps the register."""
        return self.filter(within(grants_for(user).paths(*KEEPERS), "unit__path"))

    def registered_below(self, unit):
        """Active members registered at a unit or at anything below it."""
        return self.filter(unit__path__startswith=unit.path, is_active=True)

    def by_source(self) -> dict[str, int]:
        """How many people came from each source; a person is one row, so nobody is counted twice. One query."""
        found = dict(self.order_by().values_list("source").annotate(models.Count("pk")))
        return {source: found.get(source, 0) for source in self.model.Source.values}


class AppointmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within(grants_for(user).paths(*KEEPERS), "unit__path"))

    def on_day(self, day):
        """Those in force on a day: begun, and not yet ended."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)

    def overlapping(self, starts_on, ends_on):
        """Those whose days meet [starts_on, ends_on), open-ended when ends_on is None."""
        meets = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))
        return meets if ends_on is None else meets.filter(starts_on__lt=ends_on)
