"""What must hold before a community is opened. Pure: what was typed and what is there already come as arguments."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

CODE = re.compile(r"[a-z][a-z0-9-]{0,22}[a-z0-9]")
PREFIX = re.compile(r"[A-Z]{2,4}")
LONGEST_NAME, LONGEST_PERSON = 60, 40
FEWEST_PEOPLE, MOST_PEOPLE, MOST_LEVELS = 2, 6, 60

EDITOR, STAFF = "editor", "staff"
PUBLISHERS = frozenset({EDITOR, STAFF})
"""Roles that look over the texts of others (`home.publishing.reviewers.REVIEWERS`)."""

COMMUNITIES_STAND_BELOW = ("street", "town")
RANKS = {"grid": 1, "estate": 1, "courtyard": 2, "building_group": 2}
"""The levels below a community and their order: a level of rank 2 hangs on one of rank 1, or on the community."""


@dataclass(frozen=True)
class Level:
    """A unit below the community. `above`: the name of the unit that it hangs on; empty for the community itself."""

    kind: str
    name: str
    above: str = ""


@dataclass(frozen=True)
class Person:
    """One of the first people. `phone` is a mobile number of eleven digits, or empty."""

    name: str
    post: str
    phone: str = ""


@dataclass(frozen=True)
class Typed:
    """All that was typed, step by step. `parent`: the code of the unit above; `services`: keys of the template."""

    name: str
    code: str
    prefix: str
    parent: str
    phone: str = ""
    address: str = ""
    hours: str = ""
    levels: tuple[Level, ...] = ()
    people: tuple[Person, ...] = ()
    services: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What is there already, read under the lock of the unit above.

    `parent_kind` is empty when that unit is gone or not the actor's; `posts` maps the posts that a community opens with
    to their roles.
    """

    parent_kind: str
    names_there: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    posts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    phones: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fault:
    """What is wrong: `key` names the sentence, `field` the question, `row` the line of it counted from 0."""

    key: str
    field: str
    row: int | None = None
    about: str = ""


def alike(name: str) -> str:
    """The form in which names are compared: full and half width, white space and case aside."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def code_of(community: str, kind: str, number: int) -> str:
    """The code of a level below a community: linfeng-g1 is its first grid."""
    return f"{community}-{kind[0]}{number}"


def codes_of(typed: Typed) -> list[str]:
    """The codes that an opening takes: the community's, then those of its levels in their order."""
    counted: Counter[str] = Counter()
    codes = [typed.code]
    for level in typed.levels:
        counted[level.kind] += 1
        codes.append(code_of(typed.code, level.kind, counted[level.kind]))
    return codes


def faults_of(typed: Typed, known: Known) -> list[Fault]:
    """Everything that keeps the community from being opened; nothing when it may be."""
    return [
        *name_faults(typed, known),
        *place_faults(typed, known),
        *level_faults(typed.levels),
        *people_faults(typed.people, known),
        *(Fault("no_such_service", "services", about=key) for key in typed.services if key not in known.services),
    ]


def name_faults(typed: Typed, known: Known) -> Iterable[Fault]:
    if not alike(typed.name):
        yield Fault("no_name", "name")
    elif len(typed.name) > LONGEST_NAME:
        yield Fault("long_name", "name")
    if not CODE.fullmatch(typed.code):
        yield Fault("bad_code", "code")
    elif known.codes & set(codes_of(typed)):
        yield Fault("code_taken", "code", about=typed.code)
    if not PREFIX.fullmatch(typed.prefix):
        yield Fault("bad_prefix", "prefix")
    elif typed.prefix in known.prefixes:
        yield Fault("prefix_taken", "prefix", about=typed.prefix)


def place_faults(typed: Typed, known: Known) -> Iterable[Fault]:
    if not known.parent_kind:
        yield Fault("no_parent", "parent")
    elif known.parent_kind not in COMMUNITIES_STAND_BELOW:
        yield Fault("not_below_this", "parent")
    elif alike(typed.name) in {alike(name) for name in known.names_there}:
        yield Fault("name_there", "parent", about=typed.name)


def level_faults(levels: tuple[Level, ...]) -> Iterable[Fault]:
    """`field` is the kind of the level, `row` its line among those of its kind."""
    if len(levels) > MOST_LEVELS:
        yield Fault("many_levels", levels[MOST_LEVELS].kind)
    ranks = {alike(level.name): RANKS.get(level.kind, 0) for level in levels if not level.above}
    counted: Counter[str] = Counter()
    seen = set()
    for level in levels:
        row, key = counted[level.kind], (alike(level.above), alike(level.name))
        counted[level.kind] += 1
        if level.kind not in RANKS:
            yield Fault("no_such_level", level.kind, row)
        elif not alike(level.name) or len(level.name) > LONGEST_NAME:
            yield Fault("long_name", level.kind, row, level.name)
        elif key in seen:
            yield Fault("level_twice", level.kind, row, level.name)
        elif level.above and alike(level.above) not in ranks:
            yield Fault("no_level_above", level.kind, row, level.above)
        elif level.above and ranks[alike(level.above)] >= RANKS[level.kind]:
            yield Fault("wrong_order", level.kind, row, level.above)
        seen.add(key)


def people_faults(people: tuple[Person, ...], known: Known) -> Iterable[Fault]:
    """Each line by itself, then whether the people together can run a community."""
    yield from person_faults(people, known)
    if not FEWEST_PEOPLE <= len(people) <= MOST_PEOPLE:
        yield Fault("number_of_people", "people")
        return
    roles = [known.posts.get(person.post, frozenset()) for person in people]
    if not any(EDITOR in held for held in roles):
        yield Fault("no_editor", "people")
    elif not any(STAFF in held for held in roles):
        yield Fault("no_staff", "people")
    elif sum(1 for held in roles if held & PUBLISHERS) < FEWEST_PEOPLE:
        yield Fault("no_second_publisher", "people")


def person_faults(people: tuple[Person, ...], known: Known) -> Iterable[Fault]:
    names = Counter(alike(person.name) for person in people)
    phones = Counter(person.phone for person in people if person.phone)
    for row, person in enumerate(people):
        if not alike(person.name) or len(person.name) > LONGEST_PERSON:
            yield Fault("no_person_name", "person", row)
        elif names[alike(person.name)] > 1 and not _told_apart(person, people):
            yield Fault("person_twice", "person", row, person.name)
        if person.post not in known.posts:
            yield Fault("post_not_here", "post", row)
        if person.phone and phones[person.phone] > 1:
            yield Fault("phone_twice", "mobile", row)
        elif person.phone in known.phones:
            yield Fault("person_registered", "mobile", row)


def _told_apart(person: Person, people: tuple[Person, ...]) -> bool:
    """Two people of one name are two when every one of them has a telephone of their own."""
    phones = [one.phone for one in people if alike(one.name) == alike(person.name)]
    return all(phones) and len(set(phones)) == len(phones)
