"""The answers of an opening as the page of checking shows them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from community.models import Unit
from community.roles import Post
from services.menu_template import BY_KEY

from .answers import LATER
from .draft import wanted
from .forms import NameForm, OfficeForm
from .reading import parents_for
from .rules import RANKS, Typed
from .wording import TITLES


@dataclass(frozen=True)
class Part:
    """The answers of one step: `rows` holds (label, value)."""

    step: str
    title: str
    url: str
    rows: list[tuple[str, str]]
    faults: list[str] = field(default_factory=list)


def summary(typed: Typed, given: dict, user, faults: dict[str, list[str]], address: Callable) -> list[Part]:
    """Each step with its answers, the way to change them, and what is wrong with them."""
    rows = {
        "name": named(NameForm, typed),
        "office": named(OfficeForm, typed),
        "place": [(_("Street or town"), parent_name(typed, user))],
        "levels": [(_("Levels"), levels_in_words(given))],
        "units": [(str(Unit.Kind(kind).label), units_in_words(typed, kind)) for kind in RANKS if kind in given["units"]]
        if "units" in given
        else [],
        "people": [(person.name, person_in_words(person)) for person in typed.people],
        "services": [("", BY_KEY[key].title) for key in typed.services if key in BY_KEY],
    }
    return [
        Part(step, str(TITLES[step]), address(step) + "?back=check", rows[step], faults.get(step, []))
        for step in wanted(given)
    ]


def named(form, typed: Typed) -> list[tuple[str, str]]:
    return [(str(one.label), getattr(typed, name)) for name, one in form.base_fields.items()]


def parent_name(typed: Typed, user) -> str:
    unit = parents_for(user).filter(code=typed.parent).first()
    return unit.name if unit else typed.parent


def levels_in_words(given: dict) -> str:
    chosen = given["levels"]["levels"]
    later = _("Later by spreadsheet, or there are none")
    return later if LATER in chosen else "、".join(str(Unit.Kind(kind).label) for kind in RANKS if kind in chosen)


def units_in_words(typed: Typed, kind: str) -> str:
    levels = [level for level in typed.levels if level.kind == kind]
    return "、".join(f"{level.above}/{level.name}" if level.above else level.name for level in levels)


def person_in_words(person) -> str:
    post = Post(person.post).label if person.post in Post else person.post
    return f"{post} · {person.phone[:3]}****{person.phone[-4:]}" if person.phone else str(post)
