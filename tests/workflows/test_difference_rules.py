"""The difference between two snapshots, as it is read."""

import time

from hypothesis import given
from hypothesis import strategies as st

from workflows.rules.difference import FieldChange, Mark, Run, compare, runs, sentences, split

SAME, DELETED, INSERTED = Mark.SAME, Mark.DELETED, Mark.INSERTED


def side(found, *marks):
    return "".join(run.text for sentence in found for run in sentence.runs if run.mark in marks)


def test_fields_in_order_changed_and_unchanged():
    old = {"title": "修路", "budget": "100.00", "place": "3号楼", "gone": "x"}
    new = {"title": "修路", "place": "4号楼", "budget": "120.00", "fresh": "y"}
    found = compare(old, new)
    assert found.unchanged == ("title",)
    assert found.changed == (
        FieldChange("place", "3号楼", "4号楼"),
        FieldChange("budget", "100.00", "120.00"),
        FieldChange("fresh", None, "y"),
        FieldChange("gone", "x", None),
    )


def test_nothing_changed():
    same = {"title": "修路", "plan": "铺砖。"}
    assert compare(same, dict(same), texts=["plan"]).changed == ()
    assert compare(same, dict(same), texts=["plan"]).unchanged == ("title", "plan")


def test_only_texts_that_both_sides_have_are_taken_apart():
    old = {"plan": "铺砖。", "title": "甲"}
    new = {"plan": "铺石。", "title": "乙", "note": "新。"}
    found = compare(old, new, texts=["plan", "note"])
    by_name = {field.name: field.sentences for field in found.changed}
    assert by_name["title"] == by_name["note"] == ()
    assert [[(run.mark, run.text) for run in sentence.runs] for sentence in by_name["plan"]] == [
        [(SAME, "铺"), (DELETED, "砖"), (INSERTED, "石"), (SAME, "。")]
    ]


def test_sentences_keep_their_marks_and_closing_quotes():
    assert split("他说：“修路。”大家同意！真的？\n好；完") == ("他说：“修路。”", "大家同意！", "真的？\n", "好；", "完")
    assert split("") == ()
    assert split("。。修\n\n") == ("。。", "修\n\n")


def test_a_changed_figure_stands_out_in_its_sentence_only():
    found = sentences("全长148米。月底开工。种树。", "全长150米。月底开工。种树。")
    assert [sentence.changed for sentence in found] == [True, False, False]
    assert found[0].runs == (
        Run(SAME, "全长1"),
        Run(DELETED, "48"),
        Run(INSERTED, "50"),
        Run(SAME, "米。"),
    )


def test_a_sentence_that_went_and_one_that_came():
    found = sentences("修路。种树。装灯。", "修路。装灯。加座椅。")
    assert [(sentence.runs[0].mark, sentence.runs[0].text) for sentence in found] == [
        (SAME, "修路。"),
        (DELETED, "种树。"),
        (SAME, "装灯。"),
        (INSERTED, "加座椅。"),
    ]


def test_sentences_with_little_in_common_are_not_patched_together():
    assert runs("全体业主共同出资修缮屋顶。", "施工期间请绕行东门。") == (
        Run(DELETED, "全体业主共同出资修缮屋顶。"),
        Run(INSERTED, "施工期间请绕行东门。"),
    )


def test_alike_is_measured_at_its_border():
    # 2 of 5 the same on both sides is just enough, 2 of 5 and 6 is not
    assert [run.mark for run in runs("甲乙丙丁戊", "甲乙子丑寅")] == [SAME, DELETED, INSERTED]
    assert [run.mark for run in runs("甲乙丙丁戊", "甲乙子丑寅卯")] == [DELETED, INSERTED]


@given(st.text(alphabet="修路三。；\n甲", max_size=30), st.text(alphabet="修路三。；\n甲", max_size=30))
def test_both_sides_can_be_read_back(old, new):
    found = sentences(old, new)
    assert side(found, SAME, DELETED) == old
    assert side(found, SAME, INSERTED) == new
    assert all(run.text for sentence in found for run in sentence.runs)


@given(st.text(alphabet="修路三。甲", max_size=30))
def test_a_text_does_not_differ_from_itself(text):
    assert not any(sentence.changed for sentence in sentences(text, text))


@given(st.text(max_size=60))
def test_the_sentences_are_the_text(text):
    assert "".join(split(text)) == text


def test_very_long_texts_stay_quick_and_whole():
    for old, new in (
        ("路" * 4000, "路" * 1999 + "桥" + "路" * 2000),
        ("路面" * 2000, "面路" * 2000),
        ("路。" * 2000, "桥。路。" * 1000),
    ):
        begun = time.perf_counter()
        found = sentences(old, new)
        assert time.perf_counter() - begun < 1
        assert side(found, SAME, DELETED) == old
        assert side(found, SAME, INSERTED) == new


def test_one_character_in_a_very_long_sentence_is_still_found():
    found = sentences("路" * 1999 + "砖" + "路" * 2000, "路" * 1999 + "石" + "路" * 2000)
    assert [(run.mark, len(run.text)) for run in found[0].runs] == [
        (SAME, 1999),
        (DELETED, 1),
        (INSERTED, 1),
        (SAME, 2000),
    ]
