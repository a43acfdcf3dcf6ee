"""Who works and serves in the sample district: posts as names, never persons."""

from datetime import date
from typing import NamedTuple

from django.db import transaction

from community.actions.people import appoint, register_member
from community.models import Member, User
from community.roles import Post

from .finding import member, system, unit
from .places import OPENED

SOURCES = Member.Source


class Person(NamedTuple):
    """`username` is the sign-in, `name` what colleagues read, `unit` the code of the node, `post` what is held."""

    username: str
    name: str
    unit: str
    post: str
    source: str = SOURCES.MANAGED


# (code, short name) of each community; its grid, estate branch or courtyard has the code with "-grid" or "-group".
SHORT = {
    "keyuan": "科苑",
    "qinghe": "青和居",
    "yunjian": "云健",
    "xinjing": "心景",
    "ershilipu": "二十里铺",
    "linfeng": "林峰",
}
NUMERALS = "一二三四五"


def _staff(code: str, short: str) -> list[Person]:
    named = [
        ("secretary", "书记", Post.SECRETARY), ("officer", "干事", Post.OFFICER), ("editor", "编辑", Post.EDITOR),
        ("reviewer", "审稿编辑", Post.EDITOR), ("inspector", "督查员", Post.INSPECTOR),
        ("admin", "系统管理员", Post.ADMINISTRATOR),
    ]  # fmt: skip
    return [Person(f"{code}-{key}", f"{short}·{word}", code, post) for key, word, post in named]


def _committee(code: str, short: str) -> list[Person]:
    """Five members, the beat officer part-time, and a delegate of the member units: seven seats."""
    return [
        *(
            Person(f"{code}-committee-{n}", f"{short}·委员{word}", code, Post.COMMITTEE_MEMBER)
            for n, word in enumerate(NUMERALS, start=1)
        ),
        Person(f"{code}-police", f"{short}·片区民警", code, Post.PART_TIME_MEMBER, SOURCES.PAIRED),
        Person(f"{code}-delegate", f"{short}·单位代表", code, Post.UNIT_DELEGATE, SOURCES.PAIRED),
    ]


def _body(code: str, name: str, node: str, key: str) -> list[Person]:
    return [
        Person(f"{code}-{key}-{n}", f"{name}{word}", node, Post.COMMITTEE_MEMBER, SOURCES.RESIDENT)
        for n, word in enumerate(NUMERALS[:3], start=1)
    ]


def _serving(code: str, short: str, node: str) -> list[Person]:
    return [
        Person(f"{code}-leader", f"{short}·组长", node, Post.TEAM_LEADER, SOURCES.RESIDENT),
        *(
            Person(f"{code}-member-{n}", f"{short}·组员{word}", node, Post.GROUP_MEMBER, SOURCES.RESIDENT)
            for n, word in enumerate(NUMERALS[:3], start=1)
        ),
        Person(f"{code}-steward", f"{short}·楼栋长", node, Post.BUILDING_STEWARD, SOURCES.RESIDENT),
    ]


def _of_community(code: str, short: str) -> list[Person]:
    node = f"{code}-group" if code != "qinghe" else "qinghe-grid"
    return [
        *_staff(code, short),
        *_committee(code, short),
        Person(f"{code}-grid", f"{short}·网格员", f"{code}-grid", Post.GRID_WORKER),
        *_body(code, f"{short}·支部委员", f"{code}-grid", "branch"),
        *_serving(code, short, node),
    ]


PEOPLE = [
    Person("district-admin", "示例区·系统管理员", "district", Post.ADMINISTRATOR),
    Person("district-editor", "示例区·编辑", "district", Post.EDITOR),
    Person("district-reviewer", "示例区·审稿编辑", "district", Post.EDITOR),
    *(
        Person(f"{street}-supervisor", f"{word}·督导员", street, Post.STREET_SUPERVISOR)
        for street, word in (("dongcheng", "东城"), ("haimen", "海门"), ("baota", "宝塔"), ("xingguo", "兴国"))
    ),
    *_body("baota", "宝塔·街道委员", "baota", "committee"),
    Person("baota-committee-4", "宝塔·街道委员四", "baota", Post.COMMITTEE_MEMBER),
    Person("baota-committee-5", "宝塔·街道委员五", "baota", Post.COMMITTEE_MEMBER),
    *(person for code, short in SHORT.items() for person in _of_community(code, short)),
    *_body("linfeng", "林峰·院落委员", "linfeng-group", "courtyard"),
    Person("linfeng-household", "林峰·中心户", "linfeng-household", Post.HOUSEHOLD_CENTRE, SOURCES.RESIDENT),
    Person("yunjian-household", "云健·中心户", "yunjian-household", Post.HOUSEHOLD_CENTRE, SOURCES.RESIDENT),
]
SUPERUSER = "superuser"


def add_people(timeline) -> None:
    """Everyone with an account, then everyone's post."""
    for person in PEOPLE:
        timeline.add(f"{OPENED} 11:00", _registration(person))
    for person in PEOPLE:
        timeline.add(f"{OPENED} 11:30", _appointment(person))


def _registration(person: Person):
    def register(now):
        with transaction.atomic():
            user = User.objects.create(username=person.username, first_name=person.name)
            register_member(
                system(now), unit=unit(person.unit), name=person.name, user=user, source=SOURCES(person.source)
            )

    return register


def _appointment(person: Person):
    return lambda now: appoint(
        system(now), member=member(person.username), unit=unit(person.unit), post=person.post,
        starts_on=date.fromisoformat(OPENED), basis="示例任职",
    )  # fmt: skip
