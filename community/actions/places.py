"""Writes to the organisation tree, to estates, buildings, homes and partners."""

from django.apps import apps
from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from ..models import Building, Estate, Home, Partner, Unit
from ..models.events import HistoryRow
from ..permissions import require, require_right
from ..records import Act, Context, act
from ..refusals import ActionRefused
from ..roles import Role


def open_unit(context: Context, *, parent: Unit | None, kind: str, name: str, code: str, **details) -> Unit:
    """Add a node to the organisation, at the root when there is no parent.

    `details`: initials, reference_prefix, phone, address, hours. Recorded in the chain of the new unit's community, or
    of the new unit itself. Raises NotAllowed unless the actor administers the parent, ActionRefused for a code that is
    taken or a community without a prefix.
    """
    require(context, Role.ADMINISTRATOR, parent)
    unit = Unit(kind=kind, name=name, code=code, **details)
    refuse_without_prefix(unit)
    try:
        with act(context, "unit.open") as a:
            refuse_taken_code(code)
            if parent is None:
                Unit.add_root(instance=unit)
            else:
                a.lock(Unit, pk=parent.pk).add_child(instance=unit)
            a.unit = a.subject = unit
    except IntegrityError:
        refuse_taken_code(code)  # somebody was faster, below another unit
        raise
    return unit


def refuse_taken_code(code: str) -> None:
    if Unit.objects.filter(code=code).exists():
        raise ActionRefused(_("This code is taken."), field="code")


def change_unit(context: Context, *, unit: Unit, **changes) -> Unit:
    """Change name, initials, reference_prefix, phone, address or hours. Raises NotAllowed, or ActionRefused."""
    with act(context, "unit.change", unit, subject=unit) as a:
        locked = a.lock(Unit, pk=unit.pk)
        require(context, Role.ADMINISTRATOR, locked)
        assign(locked, changes)
        refuse_without_prefix(locked)
        return a.save(locked)


def refuse_without_prefix(unit: Unit) -> None:
    if unit.is_community and not unit.reference_prefix:
        raise ActionRefused(_("A community needs letters for its references."), field="reference_prefix")


def move_unit(context: Context, *, unit: Unit, parent: Unit) -> Unit:
    """Hang a node, with all that is below it, under another. The event holds both places; history keeps no paths.

    Recorded in the chains of both. Raises NotAllowed unless the actor administers both, ActionRefused for a move below
    itself, or to another community while rows of the old one stand at it: they would be out of reach there.
    """
    require(context, Role.ADMINISTRATOR, unit)
    require(context, Role.ADMINISTRATOR, parent)
    if parent.path.startswith(unit.path):
        raise ActionRefused(_("A unit cannot hang below itself."), field="parent")
    if not unit.is_community and unit.community != parent.community and stands_at(unit):
        raise ActionRefused(
            _("Estates, buildings or requests of the community stand at this unit; give them another one first."),
            field="parent",
        )
    with act(context, "unit.move", unit, subject=unit) as a:
        before = unit.get_parent()
        a.other_units += [place for place in (before, parent) if place is not None]
        a.lock(Unit, pk=unit.pk).move(a.lock(Unit, pk=parent.pk), pos="last-child")
        unit.refresh_from_db()
        a.note(unit=unit.pk, from_parent=before.pk if before else None, to_parent=parent.pk)
    return unit


def stands_at(unit: Unit) -> bool:
    """Whether a row that belongs to a community stands at the unit or below it."""
    belonging = [
        model for model in apps.get_models()
        if not issubclass(model, HistoryRow) and {"community", "unit"} <= {one.name for one in model._meta.fields}
    ]  # fmt: skip
    return any(model._base_manager.filter(unit__path__startswith=unit.path).exists() for model in belonging)


def add_estate(context: Context, *, community: Unit, name: str, **details) -> Estate:
    """Enter an estate of a community. `details`: unit, address.

    Raises NotAllowed, ActionRefused for a name that is taken, a node that is no community, a unit of another one.
    """
    require_right(context, "Estate", "add", community)
    if not community.is_community:
        raise ActionRefused(_("Choose a community."), field="community")
    refuse_elsewhere(community, details.get("unit"))
    return _add(context, "estate.add", Estate(community=community, name=name, **details), community)


def change_estate(context: Context, *, estate: Estate, **changes) -> Estate:
    """Change name, unit or address. Raises NotAllowed, or ActionRefused as `add_estate`."""
    return _change(context, "estate.change", estate, changes)


def remove_estate(context: Context, *, estate: Estate) -> None:
    """Delete an estate that no building hangs on. Raises NotAllowed, or ActionRefused when one does."""
    _remove(context, "estate.remove", estate)


def add_building(context: Context, *, estate: Estate, name: str, **details) -> Building:
    """Enter a building of an estate. `details`: unit (its grid). Raises NotAllowed, or ActionRefused."""
    require_right(context, "Building", "add", estate.community)
    refuse_elsewhere(estate.community, details.get("unit"))
    building = Building(community=estate.community, estate=estate, name=name, **details)
    return _add(context, "building.add", building, estate.community)


def change_building(context: Context, *, building: Building, **changes) -> Building:
    """Change name or grid. Raises NotAllowed, or ActionRefused as `add_building`."""
    return _change(context, "building.change", building, changes)


def remove_building(context: Context, *, building: Building) -> None:
    """Delete a building without homes. Raises NotAllowed, or ActionRefused when it has some."""
    _remove(context, "building.remove", building)


def add_home(
    context: Context, *, building: Building, number: str, floor_area_centi: int, entrance: str = "",
    **details,
) -> Home:  # fmt: skip
    """Enter a home. `floor_area_centi`: its exclusive floor area in 0.01 m². `details`: residents (how many, None: not
    known), area_source, owner_code, unsold.

    Raises NotAllowed, ActionRefused for an area that is not above 0, a number that is taken, or an unsold home with an
    owner.
    """
    require_right(context, "Home", "add", building.community)
    refuse_without_area(floor_area_centi)
    refuse_two_owners(details.get("unsold"), details.get("owner_code"))
    home = Home(
        community=building.community,
        building=building,
        entrance=entrance,
        number=number,
        floor_area_centi=floor_area_centi,
        **details,
    )
    return _add(context, "home.add", home, building.community)


def change_home(context: Context, *, home: Home, **changes) -> Home:
    """Change entrance, number, floor_area_centi (0.01 m²) or the `details` of `add_home`. Raises what that raises."""
    refuse_without_area(changes.get("floor_area_centi", home.floor_area_centi))
    refuse_two_owners(changes.get("unsold", home.unsold), changes.get("owner_code", home.owner_code))
    return _change(context, "home.change", home, changes)


def remove_home(context: Context, *, home: Home) -> None:
    """Delete a home that nothing hangs on. Raises NotAllowed, or ActionRefused when something does."""
    _remove(context, "home.remove", home)


def add_partner(context: Context, *, community: Unit, name: str, **details) -> Partner:
    """Enter a partner of a community. `details`: kind, is_active. Raises NotAllowed, or ActionRefused."""
    require_right(context, "Partner", "add", community)
    if not community.is_community:
        raise ActionRefused(_("Choose a community."), field="community")
    return _add(context, "partner.add", Partner(community=community, name=name, **details), community)


def change_partner(context: Context, *, partner: Partner, **changes) -> Partner:
    """Change name, kind or is_active. Raises NotAllowed, or ActionRefused for a name that is taken."""
    return _change(context, "partner.change", partner, changes)


def remove_partner(context: Context, *, partner: Partner) -> None:
    """Delete a partner that nothing hangs on. Raises NotAllowed, or ActionRefused when something does."""
    _remove(context, "partner.remove", partner)


def remove_unit(context: Context, *, unit: Unit) -> None:
    """Delete a node that nothing hangs on and that no act is recorded for but its own. Recorded above it.

    Raises NotAllowed unless the actor administers the parent, ActionRefused when something hangs on it.
    """
    parent = unit.get_parent()
    require(context, Role.ADMINISTRATOR, parent)
    with act(context, "unit.close", parent, subject=unit) as a:
        locked = a.lock(Unit, pk=unit.pk)
        if locked.numchild:
            raise ActionRefused(_("Something still hangs on it, so it stays."))
        delete_unbound(locked)


# The three shapes that estates, buildings, homes and partners share: below which row they are told apart, and by what.
NAMED_BY = {
    Estate: ("community", "name"),
    Building: ("estate", "name"),
    Home: ("building", "entrance", "number"),
    Partner: ("community", "name"),
}


def _add(context: Context, verb: str, row: models.Model, community: Unit):
    with act(context, verb, community) as a:
        lock_parent(a, row)
        refuse_taken(row)
        a.subject = a.save(row)
    return row


def _change(context: Context, verb: str, row: models.Model, changes: dict):
    with act(context, verb, row.community, subject=row) as a:
        lock_parent(a, row)
        locked = a.lock(type(row), pk=row.pk)
        require_right(context, type(row).__name__, "change", locked.community)
        refuse_elsewhere(locked.community, changes.get("unit"))
        assign(locked, changes)
        refuse_taken(locked)
        return a.save(locked)


def _remove(context: Context, verb: str, row: models.Model) -> None:
    with act(context, verb, row.community, subject=row) as a:
        locked = a.lock(type(row), pk=row.pk)
        require_right(context, type(row).__name__, "delete", locked.community)
        delete_unbound(locked)


def delete_unbound(row: models.Model) -> None:
    """Delete the row, or raise ActionRefused when something hangs on it."""
    try:
        row.delete()
    except (models.ProtectedError, models.RestrictedError) as error:
        raise ActionRefused(_("Something still hangs on it, so it stays.")) from error


def assign(row: models.Model, changes: dict) -> None:
    for name, value in changes.items():
        setattr(row, name, value)


def lock_parent(a: Act, row: models.Model) -> None:
    """Lock the row above, so that two people cannot enter the same name below it at once."""
    parent = getattr(row, NAMED_BY[type(row)][0])
    a.lock(type(parent), pk=parent.pk)


def refuse_taken(row: models.Model) -> None:
    """Raise ActionRefused when another row of the same place has the same name."""
    names = NAMED_BY[type(row)]
    same = type(row).objects.filter(**{name: getattr(row, name) for name in names})
    if same.exclude(pk=row.pk).exists():
        raise ActionRefused(_("This is entered already."), field=names[-1])


def refuse_elsewhere(place: Unit, unit: Unit | None, *, field: str = "unit") -> None:
    """Raise ActionRefused for a unit that is not at or below the place."""
    if unit is not None and not unit.path.startswith(place.path):
        raise ActionRefused(_("This belongs to another community."), field=field)


def refuse_without_area(floor_area_centi: int) -> None:
    if floor_area_centi <= 0:
        raise ActionRefused(_("The floor area must be above 0."), field="floor_area")


def refuse_two_owners(unsold: bool | None, owner_code: str | None) -> None:
    if unsold and owner_code:
        raise ActionRefused(
            _("A home that is not sold belongs to the developer: leave the code empty."), field="owner_code"
        )
