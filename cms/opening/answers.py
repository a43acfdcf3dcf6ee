"""From the answers of the form to what the rules judge."""

from community.rules.cells import tidy

from .rules import RANKS, Level, Person, Typed

LATER = "later"
SLASHES = str.maketrans({"／": "/", "＞": "/", ">": "/"})


def typed_of(answers: dict) -> Typed:
    """What was typed so far; what was not asked yet is empty."""
    name, office = answers.get("name", {}), answers.get("office", {})
    return Typed(
        name=name.get("name", ""),
        code=name.get("code", ""),
        prefix=name.get("prefix", ""),
        parent=answers.get("place", {}).get("parent", ""),
        phone=office.get("phone", ""),
        address=office.get("address", ""),
        hours=office.get("hours", ""),
        levels=levels_of(answers),
        people=tuple(Person(**one) for one in answers.get("people", {}).get("people", ())),
        services=tuple(answers.get("services", {}).get("services", ())),
    )


def levels_of(answers: dict) -> tuple[Level, ...]:
    """The units of those levels that are chosen, in the order of the levels and of their lines."""
    chosen, texts = answers.get("levels", {}).get("levels", ()), answers.get("units", {})
    return tuple(level for kind in RANKS if kind in chosen for level in lines_of(kind, texts.get(kind, "")))


def lines_of(kind: str, text: str) -> list[Level]:
    """One unit on each line: 第一网格, or 第一网格/东院党小组 for one that hangs on another."""
    levels = []
    for line in filter(None, map(tidy, text.splitlines())):
        above, slash, name = line.translate(SLASHES).partition("/")
        levels.append(Level(kind, tidy(name), tidy(above)) if slash else Level(kind, line))
    return levels
