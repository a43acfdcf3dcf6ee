"""Whom a notice reaches, as people read it."""

from django.utils.translation import gettext, ngettext

from .publishing.reach import MOST_BUILDINGS, Reach


def short(reach: Reach) -> str:
    """The estates and buildings in one line: 平安小区 1号楼、2号楼. Empty when the register knows none."""
    return gettext("; ").join(_place(estate, names) for estate, names in reach.places)


def in_words(reach: Reach) -> str:
    """The places, and about how many homes they hold as far as that may be said."""
    places = short(reach)
    if reach.homes is None:
        return places
    homes = ngettext("about %(count)d home", "about %(count)d homes", reach.homes) % {"count": reach.homes}
    return gettext("%(places)s, %(homes)s") % {"places": places, "homes": homes}


def _place(estate: str, names: tuple[str, ...]) -> str:
    if not names:
        return estate
    shown = gettext(", ").join(names[:MOST_BUILDINGS])
    if len(names) > MOST_BUILDINGS:
        number = {"names": shown, "count": len(names)}
        shown = gettext("%(names)s and others, %(count)d buildings") % number
    return f"{estate} {shown}"
