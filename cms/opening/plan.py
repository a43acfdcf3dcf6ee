"""What an opening will make, in the order in which it is made. Nothing here reads or writes."""

from dataclasses import dataclass

from .rules import Person, Typed, alike, codes_of


@dataclass(frozen=True)
class NewUnit:
    """A level below the community; `above` is the code of the unit that it hangs on."""

    kind: str
    name: str
    code: str
    above: str


@dataclass(frozen=True)
class Plan:
    """A community with its office, its levels from above to below, its first people and its first services."""

    name: str
    code: str
    prefix: str
    parent: str
    office: tuple[tuple[str, str], ...]
    units: tuple[NewUnit, ...]
    people: tuple[Person, ...]
    services: tuple[str, ...]


def plan_of(typed: Typed) -> Plan:
    """The plan for what was typed. Call it with what the rules found no fault in."""
    codes = codes_of(typed)[1:]
    by_name = {alike(level.name): code for level, code in zip(typed.levels, codes, strict=True) if not level.above}
    units = [
        NewUnit(level.kind, level.name, code, by_name[alike(level.above)] if level.above else typed.code)
        for level, code in zip(typed.levels, codes, strict=True)
    ]
    return Plan(
        name=typed.name,
        code=typed.code,
        prefix=typed.prefix,
        parent=typed.parent,
        office=(("phone", typed.phone), ("address", typed.address), ("hours", typed.hours)),
        units=tuple(sorted(units, key=lambda unit: unit.above != typed.code)),
        people=typed.people,
        services=typed.services,
    )
