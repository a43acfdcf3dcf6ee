"""Codes of receipts, the promise of an answer, and which requests are alike."""

import random
from datetime import date

import pytest

from workflows.rules import codes
from workflows.rules.likeness import Known, Typed, alike, likeness
from workflows.rules.promises import answer_until


def known(reference, *, estate=1, place="清源小区 3号楼", text="楼道灯坏了，晚上看不见"):
    return Known(reference, estate, place, text)


def typed(**changed):
    return Typed(**{"estate": 1, "building": "3号楼", "part": "楼道", "text": "三楼的灯不亮"} | changed)


def test_the_same_building_is_alike_whatever_the_words():
    assert alike(typed(text="水管漏水很久了"), [known("A"), known("B", place="清源小区 5号楼")]) == ["A"]


def test_building_3_is_not_building_13():
    assert alike(typed(text="水管漏水很久了"), [known("A", place="清源小区 13号楼")]) == []


def test_the_same_words_elsewhere_are_alike():
    assert alike(typed(estate=2, text="晚上看不见，楼道灯坏了"), [known("A")]) == ["A"]


def test_without_a_building_the_common_part_counts():
    assert alike(typed(building="", text="没有人修"), [known("A"), known("B", text="门口的路")]) == ["A"]


def test_elsewhere_in_the_community_only_words_count():
    assert alike(typed(estate=None, building="", text="健身器材生锈了"), [known("A", estate=None)]) == []


def test_the_most_alike_first_and_three_at_most():
    texts = {"A": "路", "B": "门", "C": "三楼的灯不亮", "D": "窗", "E": "墙"}
    rows = [known(name, text=text) for name, text in texts.items()]
    assert alike(typed(), rows) == ["C", "A", "B"]


@pytest.mark.parametrize(("one", "other", "share"), [
    ("", "", 0), ("灯", "灯", 0), ("楼道灯坏了", "楼道灯坏了", 1000), ("楼道灯坏了", "门口的路很滑", 0),
    ("ＡＢＣＤＥＦ", "abcdef", 1000),
])  # fmt: skip
def test_likeness_of_words(one, other, share):
    assert likeness(one, other) == share


def test_codes_are_read_as_people_type_them():
    code = codes.make(random.Random(7).choice)
    assert len(code) == 12
    assert codes.shown(code).count("-") == 2
    for written in (code, codes.shown(code), codes.shown(code).lower(), f" {code[:6]} {code[6:]}", "．".join(code)):
        assert codes.read(written) == code


@pytest.mark.parametrize("written", ["", "A", "AAAABBBBCCC", "AAAABBBBCCCC2", "0000-1111-IIOO", "'; DROP TABLE"])
def test_other_texts_are_no_code(written):
    assert codes.read(written) is None


def test_the_code_for_neighbours_follows_from_that_of_the_receipt():
    first, second = (codes.make(random.Random(seed).choice) for seed in (1, 2))
    assert codes.for_neighbours(first) == codes.for_neighbours(first) != codes.for_neighbours(second)
    assert codes.read(codes.for_neighbours(first)) is not None


def test_an_answer_is_promised_within_seven_days():
    assert answer_until(date(2026, 2, 26)) == date(2026, 3, 5)
