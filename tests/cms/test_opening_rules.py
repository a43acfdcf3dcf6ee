"""What must hold before a community is opened: each rule by itself, without a database."""

from dataclasses import replace

import pytest

from cms.opening.plan import plan_of
from cms.opening.rules import MOST_LEVELS, Fault, Known, Level, Person, code_of, codes_of, faults_of
from cms.opening.wording import SENTENCES, sentence

from .openings import TYPED

POSTS = {
    "secretary": frozenset({"staff"}),
    "officer": frozenset({"staff"}),
    "editor": frozenset({"editor"}),
    "grid_worker": frozenset({"grid_worker"}),
}
GOOD = replace(TYPED, parent="xingguo")
THERE = Known(parent_kind="town", posts=POSTS, services=frozenset(GOOD.services))


def keys(typed=GOOD, known=THERE, **changes):
    return [(fault.key, fault.field, fault.row) for fault in faults_of(replace(typed, **changes), known)]


def test_what_is_right_has_no_fault():
    assert keys() == []
    assert keys(levels=(), services=(), phone="", address="", hours="") == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": " \u3000"}, ("no_name", "name", None)),
        ({"name": "林" * 61}, ("long_name", "name", None)),
        ({"code": "Linfeng"}, ("bad_code", "code", None)),
        ({"code": "l"}, ("bad_code", "code", None)),
        ({"code": "9-linfeng"}, ("bad_code", "code", None)),
        ({"code": "lin-"}, ("bad_code", "code", None)),
        ({"code": "l" * 25}, ("bad_code", "code", None)),
        ({"code": "林峰"}, ("bad_code", "code", None)),
        ({"prefix": "lf"}, ("bad_prefix", "prefix", None)),
        ({"prefix": "LFABC"}, ("bad_prefix", "prefix", None)),
        ({"services": ("dragon",)}, ("no_such_service", "services", None)),
    ],
)
def test_what_cannot_be_typed(changes, expected):
    assert keys(**changes) == [expected]


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ({"codes": frozenset({"linfeng"})}, ("code_taken", "code", None)),
        ({"codes": frozenset({"linfeng-g2"})}, ("code_taken", "code", None)),
        ({"prefixes": frozenset({"LF"})}, ("prefix_taken", "prefix", None)),
        ({"names_there": frozenset({"林 峰社区"})}, ("name_there", "parent", None)),
        ({"parent_kind": ""}, ("no_parent", "parent", None)),
        ({"parent_kind": "district"}, ("not_below_this", "parent", None)),
        ({"parent_kind": "community"}, ("not_below_this", "parent", None)),
        ({"phones": frozenset({"13800000003"})}, ("person_registered", "mobile", 2)),
    ],
)
def test_what_is_there_already(there, expected):
    assert keys(known=replace(THERE, **there)) == [expected]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([("grid", "一网格"), ("grid", "一 网格")], ("level_twice", "grid", 1)),
        ([("grid", "东片"), ("estate", "东片")], ("level_twice", "estate", 0)),
        ([("courtyard", "东院", "一网格")], ("no_level_above", "courtyard", 0)),
        ([("grid", "一网格"), ("grid", "二网格", "一网格")], ("wrong_order", "grid", 1)),
        ([("courtyard", "东院"), ("building_group", "3号楼", "东院")], ("wrong_order", "building_group", 0)),
        ([("street", "东街")], ("no_such_level", "street", 0)),
        ([("grid", "网" * 61)], ("long_name", "grid", 0)),
        ([("grid", f"{number}网格") for number in range(MOST_LEVELS + 1)], ("many_levels", "grid", None)),
    ],
)
def test_levels_out_of_order(levels, expected):
    assert keys(levels=tuple(Level(*level) for level in levels)) == [expected]


@pytest.mark.parametrize(
    "levels",
    [
        [("grid", "一网格"), ("courtyard", "东院", "一 网格")],
        [("estate", "云健小区"), ("building_group", "3号楼", "云健小区")],
        [("grid", "一网格"), ("courtyard", "东院", "一网格"), ("building_group", "东院")],
        [("courtyard", "联合党小组")],
    ],
)
def test_levels_in_order(levels):
    assert keys(levels=tuple(Level(*level) for level in levels)) == []


SECRETARY, EDITOR = Person("王书记", "secretary"), Person("李编辑", "editor")


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([], [("number_of_people", "people", None)]),
        ([EDITOR], [("number_of_people", "people", None)]),
        ([Person(f"人{n}", "editor") for n in range(6)] + [SECRETARY], [("number_of_people", "people", None)]),
        ([SECRETARY, Person("李", "officer")], [("no_editor", "people", None)]),
        ([EDITOR, Person("李", "editor")], [("no_staff", "people", None)]),
        ([EDITOR, Person("李", "grid_worker")], [("no_staff", "people", None)]),
        ([SECRETARY, EDITOR, Person("李", "administrator")], [("post_not_here", "post", 2)]),
        ([SECRETARY, EDITOR, Person("", "officer")], [("no_person_name", "person", 2)]),
        ([SECRETARY, EDITOR, Person("李" * 41, "officer")], [("no_person_name", "person", 2)]),
        (
            [SECRETARY, EDITOR, Person("李 编辑", "officer")],
            [("person_twice", "person", 1), ("person_twice", "person", 2)],
        ),
        (
            [replace(SECRETARY, phone="13800000001"), replace(EDITOR, phone="13800000001")],
            [("phone_twice", "mobile", 0), ("phone_twice", "mobile", 1)],
        ),
    ],
)
def test_people_who_cannot_run_a_community(people, expected):
    assert keys(people=tuple(people)) == expected


def test_one_person_who_is_editor_and_staff_cannot_publish_alone():
    known = replace(THERE, posts={**POSTS, "secretary": frozenset({"staff", "editor"})})
    people = (SECRETARY, Person("陈网格", "grid_worker"))
    assert keys(known=known, people=people) == [("no_second_publisher", "people", None)]


def test_two_people_of_one_name_are_told_apart_by_their_numbers():
    two = (SECRETARY, replace(EDITOR, phone="13800000001"), Person("李编辑", "officer", "13800000002"))
    assert keys(people=two) == []
    assert keys(people=(*two[:2], replace(two[2], phone=""))) != []


def test_the_plan_hangs_each_level_where_it_belongs():
    levels = (Level("courtyard", "东院", "二网格"), Level("grid", "一网格"), Level("grid", "二网格"))
    plan = plan_of(replace(GOOD, levels=levels))
    assert [(unit.code, unit.above) for unit in plan.units] == [
        ("linfeng-g1", "linfeng"), ("linfeng-g2", "linfeng"), ("linfeng-c1", "linfeng-g2"),
    ]  # fmt: skip
    assert codes_of(replace(GOOD, levels=levels)) == ["linfeng", "linfeng-c1", "linfeng-g1", "linfeng-g2"]


def test_codes_of_levels_differ_by_kind():
    kinds = ("grid", "estate", "courtyard", "building_group")
    assert len({code_of("linfeng", kind, 1) for kind in kinds}) == 4


@pytest.mark.parametrize("key", SENTENCES)
def test_every_fault_has_a_sentence(key):
    text = sentence(Fault(key, "name", about="100%"))
    assert text and "%(" not in text
