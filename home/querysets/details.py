"""Whose particulars stand at the foot of whose pages."""

from django.db import models

from community.grants import grants_for, within

FIELDS = ("host", "operator", "icp_number", "police_number", "site_code", "complaints")


class SiteDetailsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of units at or below a node where the person holds a post."""
        return self.filter(within(grants_for(user).paths(), "unit__path"))

    def shown_for(self, unit) -> dict[str, str]:
        """Each particular from the nearest unit at or above that has it; empty ones are left out. One query."""
        steps = range(unit.steplen, len(unit.path) + 1, unit.steplen)
        above = self.filter(unit__path__in=[unit.path[:end] for end in steps]).order_by("unit__path")
        shown: dict[str, str] = {}
        for values in above.values(*FIELDS):
            shown |= {name: value for name, value in values.items() if value}
        return shown
