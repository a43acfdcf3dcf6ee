"""Changes of substance: the canonical text, and the budget for slips of the pen."""

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.rules.reasons import Reason
from workflows.rules.substance import (
    CHINESE_NUMERALS,
    NEGATIONS,
    WORDING_BUDGET,
    Change,
    Kind,
    canonical,
    is_substantive,
    judge,
)

STRUCTURED = ("budget", "category")
TEXTS = ("problem", "plan")


def change(old, new, used=0):
    return judge({"plan": old}, {"plan": new}, structured=STRUCTURED, texts=TEXTS, used=used)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("修路，种树", "修路种树"),
        ("修路，种树", "修路、种树"),
        ("修路。”种树", "修路种树"),
        ("修 路\n\t种　树", "修路种树"),
        ("ＡＢＣ１２３", "ABC123"),
        ("drain-pipe", "drainpipe"),
        ("第一，修路", "第一修路"),
    ],
)
def test_layout_is_no_substance(one, other):
    assert canonical(one) == canonical(other)
    assert change(one, other) == Change(Kind.LAYOUT, ("plan",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.5万", "15万"),
        ("3-4号", "34号"),
        ("1，000", "1000"),
        ("三、五号楼", "三五号楼"),
        ("铺路", "铺路?"),
        ("宽3米,长", "宽3米长5"),
        ("号,4", "号4"),
        ("4,号", "4号"),
        ("修路", "修桥"),
    ],
)
def test_what_may_carry_meaning_stays(one, other):
    assert canonical(one) != canonical(other)


@given(st.text(max_size=30))
def test_the_canonical_text_is_canonical(text):
    assert canonical(canonical(text)) == canonical(text)


@given(st.text(alphabet="e\u0301 ,.a一二1修\u1112\u1161\u11ab\uff0c\u00b4½²", max_size=20))
def test_the_canonical_text_is_canonical_for_composing_characters_too(text):
    assert canonical(canonical(text)) == canonical(text)


@given(st.text(alphabet="修路abAB12,，。三", max_size=20), st.sampled_from([" ", "\n", "\t ", "\u3000", "\u00a0"]))
def test_white_space_never_counts(text, space):
    assert canonical(space + space.join(text) + space) == canonical(text)


def test_a_structured_field_is_always_substance():
    old = {"budget": "100.00", "plan": "修路"}
    assert judge(old, {**old, "budget": "100.01"}, structured=STRUCTURED, texts=TEXTS).kind == Kind.SUBSTANCE
    both = judge(old, {"budget": "100.01", "plan": "铺路"}, structured=STRUCTURED, texts=TEXTS)
    assert both.kind == Kind.SUBSTANCE
    assert both.fields == ("budget", "plan")
    assert [missing.reason for missing in both.reasons] == [Reason.STRUCTURED_FIELD]


def test_a_structured_field_that_appears_is_substance():
    assert is_substantive({}, {"category": "basic"}, structured=STRUCTURED, texts=TEXTS)
    assert not is_substantive({}, {"category": None, "plan": ""}, structured=STRUCTURED, texts=TEXTS)


def test_fields_of_no_meaning_are_not_looked_at():
    assert judge({"seen": 1}, {"seen": 2}, structured=STRUCTURED, texts=TEXTS) == Change(Kind.NONE)
    assert change("修路", "修路") == Change(Kind.NONE)


def test_substance_is_everything_but_layout_until_somebody_confirms_a_correction():
    texts = ({"plan": "修路"}, {"plan": "铺路"})
    assert is_substantive(*texts, structured=STRUCTURED, texts=TEXTS)
    assert judge(*texts, structured=STRUCTURED, texts=TEXTS).kind == Kind.WORDING


@pytest.mark.parametrize(
    ("old", "new", "characters"),
    [
        ("修整路面", "修正路面", 1),
        ("路面", "路面平整", 2),
        ("路面很平整", "路面", 3),
        ("abc", "xbcde", 3),
        ("ab", "ba", 2),
        ("", "路面平", 3),
        ("路面平", "", 3),
    ],
)
def test_a_correction_counts_its_characters(old, new, characters):
    assert change(old, new) == Change(Kind.WORDING, ("plan",), characters)


def test_the_budget_is_three_characters_over_all_corrections_and_fields():
    assert WORDING_BUDGET == 3
    assert change("甲乙丙丁", "子丑寅丁").kind == Kind.WORDING
    assert change("甲乙丙丁", "子丑寅卯").kind == Kind.SUBSTANCE
    for used, kind in ((0, Kind.WORDING), (1, Kind.WORDING), (2, Kind.SUBSTANCE), (3, Kind.SUBSTANCE)):
        assert change("修整路面", "修正路基", used).kind == kind
    old = {"problem": "甲乙", "plan": "丙丁"}
    two_and_one = judge(old, {"problem": "子丑", "plan": "寅丁"}, structured=(), texts=TEXTS)
    two_and_two = judge(old, {"problem": "子丑", "plan": "寅卯"}, structured=(), texts=TEXTS)
    assert (two_and_one.kind, two_and_one.characters) == (Kind.WORDING, 3)
    assert two_and_two.kind == Kind.SUBSTANCE


def test_a_spent_budget_is_said():
    spent = change("修整路面", "修正路基", 2)
    assert [(missing.reason, dict(missing.params)) for missing in spent.reasons] == [
        (Reason.WORDING_BUDGET_SPENT, {"budget": 3, "left": 1})
    ]
    assert change("甲", "甲" * 900, 3).reasons[0].params["left"] == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("宽3米", "宽4米"),
        ("宽3米", "宽米"),
        ("宽米", "宽3米"),
        ("1.5万", "15万"),
        ("15万", "1.5万"),
        ("1,5", "1.5"),
        ("三号楼", "四号楼"),
        ("三、五号楼", "三五号楼"),
        ("可以拆", "不可以拆"),
        ("未完成", "完成"),
        ("不可以拆", "可不以拆"),
        ("有围墙", "无围墙"),
        ("加¼", "加"),
    ],
)
def test_figures_and_negations_are_never_mere_wording(old, new):
    assert change(old, new).kind == Kind.SUBSTANCE
    assert change(old, new).reasons[0].reason == Reason.FIGURE_OR_NEGATION


@pytest.mark.parametrize("char", sorted(CHINESE_NUMERALS | NEGATIONS | set("0123456789")))
def test_each_figure_and_negation_weighs(char):
    for old, new in (("路面", f"路{char}面"), (f"路{char}面", "路面"), (f"路{char}面", "路平面")):
        assert change(old, new).kind == Kind.SUBSTANCE


def test_figures_elsewhere_in_the_text_do_not_weigh():
    assert change("宽3米的路面不平整", "宽3米的路面不平正").kind == Kind.WORDING


def weighty(text):
    figures = [char.isnumeric() or char in CHINESE_NUMERALS for char in text]
    return [
        figures[n] or char in NEGATIONS or (not char.isalpha() and any(figures[max(0, n - 1) : n + 2]))
        for n, char in enumerate(text)
    ]


def brute(old, new):
    """Every shortest way from old to new, by plain recursion: its length, and whether one touches something heavy."""
    old_weight, new_weight = weighty(old), weighty(new)

    @lru_cache(None)
    def ways(i, j):
        if i == len(old) and j == len(new):
            return 0, False
        found = []
        if i < len(old):
            steps, heavy = ways(i + 1, j)
            found.append((steps + 1, heavy or old_weight[i]))
        if j < len(new):
            steps, heavy = ways(i, j + 1)
            found.append((steps + 1, heavy or new_weight[j]))
        if i < len(old) and j < len(new):
            steps, heavy = ways(i + 1, j + 1)
            same = old[i] == new[j]
            found.append((steps, heavy) if same else (steps + 1, heavy or old_weight[i] or new_weight[j]))
        least = min(steps for steps, _ in found)
        return least, any(heavy for steps, heavy in found if steps == least)

    return ways(0, 0)


small = st.text(alphabet="甲乙丙不三3.", max_size=8)


@given(small, small, st.integers(0, 3))
def test_the_verdict_is_that_of_trying_every_way(old, new, used):
    one, other = canonical(old), canonical(new)
    characters, heavy = brute(one, other)
    result = change(old, new, used)
    if old == new:
        assert result.kind == Kind.NONE
    elif one == other:
        assert result.kind == Kind.LAYOUT
    elif used + characters <= 3 and not heavy:
        assert result == Change(Kind.WORDING, ("plan",), characters)
    else:
        assert result.kind == Kind.SUBSTANCE
