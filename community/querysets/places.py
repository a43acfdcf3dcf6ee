"""Which places a person may see."""

from django.db import models
from treebeard.mp_tree import MP_NodeQuerySet

from ..grants import grants_for, within

SMALL_CELL = 5


class UnitQuerySet(MP_NodeQuerySet):
    def visible_to(self, user):
        """Units at or below a node where the person holds a post."""
        return self.filter(within(grants_for(user).paths(), "path"))

    def communities(self):
        return self.filter(kind=self.model.Kind.COMMUNITY)

    def at_or_below(self, unit):
        return self.filter(path__startswith=unit.path)

    def at_or_above(self, unit):
        """The unit and its ancestors, the root first."""
        step = self.model.steplen
        paths = [unit.path[:end] for end in range(step, len(unit.path) + 1, step)]
        return self.filter(path__in=paths)


class PlaceQuerySet(models.QuerySet):
    """Rows that carry their community."""

    def visible_to(self, user):
        """Rows of communities at or below a node where the person holds a post."""
        return self.filter(within(grants_for(user).paths(), "community__path"))

    def in_community(self, community):
        return self.filter(community=community)


class HomeQuerySet(PlaceQuerySet):
    def residents(self) -> tuple[int, int] | None:
        """(how many people, in how many homes) as far as their number is known; None when that is too few to tell.

        Of fewer than SMALL_CELL homes or people no sum is given: it would say who lives how.
        """
        people, homes = self.aggregate(people=models.Sum("residents"), homes=models.Count("residents")).values()
        return (people, homes) if min(people or 0, homes) >= SMALL_CELL else None

    def visible_to(self, user):
        """Homes are for those who work with them: staff, grid workers and administrators of the place."""
        paths = grants_for(user).paths("staff", "grid_worker", "administrator")
        return self.filter(within(paths, "community__path") | within(paths, "building__unit__path"))
