"""What other packages show on a community's home. They register here; nothing here imports them.

    neighbours.register(Component("workflows/running.html", running_projects), order=10)
    neighbours.register_door(follow_door, place=1)

`context(page, request)` gives the context of the template, or None when there is nothing to show.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Component:
    """A part of a community's home. `aside` puts it into the narrow column."""

    template: str
    context: Callable
    aside: bool = False
    order: int = 0


@dataclass(frozen=True)
class Shown:
    """A component with what it shows on one page."""

    template: str
    context: dict
    aside: bool


_components: list[Component] = []
_openings: list[tuple[int, Callable]] = []
_doors: list[tuple[int, Callable]] = []


def register(component: Component) -> Component:
    """Show the component on every community's home. Registering it twice changes nothing."""
    if component not in _components:
        _components.append(component)
        _components.sort(key=lambda known: known.order)
    return component


def components_for(page, request) -> list[Shown]:
    """What the neighbours show on this page, in their order."""
    shown = []
    for component in _components:
        context = component.context(page, request)
        if context is not None:
            shown.append(Shown(component.template, context, component.aside))
    return shown


def register_door(door: Callable, *, place: int) -> None:
    """Put a door between those of the sections, at this place counted from 0. `door(page, request)` may return None."""
    if (place, door) not in _doors:
        _doors.append((place, door))


def among_doors(doors: list, page, request) -> list:
    """The doors of the sections with those of the neighbours between them."""
    shown = list(doors)
    for place, make in sorted(_doors, key=lambda registered: registered[0]):
        door = make(page, request)
        if door is not None:
            shown.insert(place, door)
    return shown


def register_section(new_page: Callable, *, order: int) -> None:
    """Give each community that opens a section. `new_page(unit)` makes the unsaved page."""
    if (order, new_page) not in _openings:
        _openings.append((order, new_page))


def new_sections(unit) -> list:
    """The unsaved sections of a community that opens, in their order."""
    return [new_page(unit) for _order, new_page in sorted(_openings, key=lambda opening: opening[0])]
