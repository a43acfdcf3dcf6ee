"""Which estates and buildings lie within the units that notices are meant for."""

from django.db.models import Count, F, Q

from community.grants import within
from community.models import Building, Unit

from ..publishing.reach import BuildingFact, Reach, reach


def reaches_of(units: list[Unit]) -> dict[int, Reach]:
    """{key of a unit: whom it reaches}. One query for any number of units of one community, none without any."""
    if not units:
        return {}
    paths = [unit.path for unit in units]
    touched = Building.objects.filter(within(paths, "unit__path") | within(paths, "estate__unit__path"))
    rows = (
        Building.objects.filter(estate__in=touched.values("estate"))
        .annotate(homes_known=Count("homes"), own=F("unit__path"), above=F("estate__unit__path"))
        .order_by("estate__name", "estate", "pk")
        .values_list("estate__name", "name", "own", "above", "homes_known")
    )
    facts = list(rows)
    return {unit.pk: reach(_seen_from(unit, facts)) for unit in units}


def _seen_from(unit: Unit, facts) -> list[BuildingFact]:
    def lies_within(path) -> bool:
        return bool(path) and path.startswith(unit.path)

    return [
        BuildingFact(estate, name, lies_within(own) or lies_within(above), homes)
        for estate, name, own, above, homes in facts
    ]


def targets_within(community: Unit):
    """The units of a community that a notice can be meant for: everything below it but single households."""
    units = Unit.objects.at_or_below(community).exclude(pk=community.pk).exclude(kind=Unit.Kind.HOUSEHOLD)
    return units.order_by("path")


def reaching(notices, unit: Unit):
    """Of these notices those that reach a unit: meant for all, for it, or for what it is a part of."""
    above = Unit.objects.at_or_above(unit).values("pk")
    return notices.filter(Q(target__isnull=True) | Q(target__in=above))
