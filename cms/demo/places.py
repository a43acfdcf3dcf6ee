"""The organisation of the sample district, with its estates, buildings, homes and partners."""

from community.actions.places import add_building, add_estate, add_home, add_partner, open_unit
from community.models import Building, Estate, Unit
from community.models.places import Partner
from workflows.actions.approvals import publish_policy

from .finding import system, unit
from .places_data import BUILDINGS, DETAILS, DISTRICT, ESTATES, HOMES, PARTNERS, POLICIES, UNITS

OPENED = "2020-01-06"


def open_district(now) -> Unit:
    """The root of the sample district; the same one at every call."""
    found = Unit.objects.filter(code=DISTRICT["code"]).first()
    return found or open_unit(system(now), parent=None, **DISTRICT)


def add_places(timeline) -> None:
    """The tree, then what stands beside it, on the day that the district opened."""
    for code, kind, name, parent in UNITS:
        details = DETAILS.get(code, {})
        timeline.add(f"{OPENED} 09:00", _opening(code, kind, name, parent, details))
    for community, name, code, address in ESTATES:
        timeline.add(f"{OPENED} 10:00", _estate(community, name, code, address))
    for community, estate, code, names in BUILDINGS:
        for name in names:
            timeline.add(f"{OPENED} 10:10", _building(community, estate, code, name))
    for community, estate, building, entrance, number, area in HOMES:
        timeline.add(f"{OPENED} 10:20", _home(community, estate, building, entrance, number, area))
    for community, kind, name in PARTNERS:
        timeline.add(f"{OPENED} 10:30", _partner(community, kind, name))
    for code, name, steps in POLICIES:
        timeline.add(f"{OPENED} 10:40", _policy(code, name, steps))


def _opening(code, kind, name, parent, details):
    return lambda now: open_unit(system(now), parent=unit(parent), kind=kind, name=name, code=code, **details)


def _estate(community, name, code, address):
    return lambda now: add_estate(system(now), community=unit(community), name=name, unit=unit(code), address=address)


def _building(community, estate, code, name):
    return lambda now: add_building(
        system(now), estate=Estate.objects.get(community=unit(community), name=estate), name=name, unit=unit(code)
    )


def _home(community, estate, building, entrance, number, area):
    def add(now):
        found = Building.objects.get(community=unit(community), estate__name=estate, name=building)
        add_home(system(now), building=found, entrance=entrance, number=number, floor_area_centi=area)

    return add


def _partner(community, kind, name):
    return lambda now: add_partner(system(now), community=unit(community), name=name, kind=Partner.Kind(kind))


def _policy(code, name, steps):
    return lambda now: publish_policy(system(now), unit=unit(code), name=name, steps=steps)
