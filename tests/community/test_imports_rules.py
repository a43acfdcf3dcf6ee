"""What stands in cells and sheets, by itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.rules import cells
from community.rules.cells import FORMULA, BadCell, alike, area, day, one_of, phone, tidy, whole, words
from community.rules.sheets import Column, Sheet, read_sheet


@given(st.integers(min_value=1, max_value=9_999_999))
def test_every_area_is_read_back_exactly(centi):
    text = f"{centi // 100}.{centi % 100:02d}"
    assert area(text) == centi
    assert area(f"　{text.translate({ord(one): ord(one) + 0xFEE0 for one in '0123456789.'})} ") == centi
    assert area(text.rstrip("0").rstrip(".")) == centi


@given(st.text(max_size=30))
def test_any_text_is_an_area_or_a_fault(text):
    try:
        found = area(text)
    except BadCell as bad:
        assert bad.code in {"grouped", "not_a_number", "places", "not_above_zero", "area_too_large"}
    else:
        assert 0 < found < 10_000_000


@given(st.text(max_size=30), st.sampled_from([day, phone, whole(99), words(20), cells.code(40), one_of({"是": "yes"})]))
def test_no_text_breaks_a_reader(text, read):
    try:
        read(text)
    except BadCell as bad:
        assert bad.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("八十平", "not_a_number"), ("80平", "not_a_number"), ("80㎡", "not_a_number"), ("1,234.5", "grouped"),
        ("-80", "not_above_zero"), ("−80", "not_above_zero"), ("0", "not_above_zero"), ("80.125", "places"),
        ("100000", "area_too_large"), ("1e3", "not_a_number"), ("NaN", "not_a_number"), ("٨٠", None),
        ("8" * 30, "not_a_number"),
    ],
)  # fmt: skip
def test_areas_that_cannot_be_read(text, code):
    if code is None:
        assert area(text) == 8000  # digits of another script are digits
        return
    with pytest.raises(BadCell) as bad:
        area(text)
    assert bad.value.code == code


@pytest.mark.parametrize(
    "text", ["2026-01-05", "2026/1/5", "2026.1.5", "2026年1月5日", "20260105", "２０２６-01-05 00:00:00"]
)
def test_days_as_people_write_them(text):
    assert day(text) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("45000", "serial"),
        ("2026-02-30", "not_a_day"),
        ("5.1.2026", "not_a_day"),
        ("0001-01-01", "not_a_day"),
        ("明天", "not_a_day"),
    ],
)
def test_days_that_cannot_be_read(text, code):
    with pytest.raises(BadCell) as bad:
        day(text)
    assert bad.value.code == code
    if code == "serial":
        assert bad.value.about["better"] == "2023-03-15"


def test_names_are_compared_without_width_and_space():
    assert alike("３号楼 ") == alike(" 3 号楼") and alike("Ａ座（东）") == alike("a座(东)")
    assert tidy("　科苑路１号（东门）\u200b\n") == "科苑路1号（东门）"


SHEET = Sheet(
    (
        Column("name", "小区", words(5), "甲"),
        Column("area", "面积（平方米）", area, "1"),
        Column("note", "附注", words(5), "", required=False),
    ),
    key=("name",),
)


def problems(*rows):
    return [(one.row, one.code, one.header) for one in read_sheet(SHEET, list(enumerate(rows, start=1))).problems]


def test_a_sheet_is_read_by_the_names_of_its_columns_in_any_order():
    reading = read_sheet(SHEET, [(1, ("", "")), (2, ("面积(平方米)", "小 区")), (3, ("80", "甲")), (9, ("", " "))])
    assert [(entry.row, entry.values) for entry in reading.entries] == [(3, {"name": "甲", "area": 8000})]
    assert reading.problems == []


def test_faults_of_the_header():
    assert problems() == [(0, "empty", "")]
    assert problems(("小区", "面积（平方米）")) == [(0, "no_rows", "")]
    assert problems(("小区", "面积")) == [(1, "unknown_column", ""), (1, "missing_columns", "")]
    assert problems(("小区", "小区", "面积（平方米）")) == [(1, "column_twice", "")]


def test_faults_of_rows_each_with_its_number_and_column():
    header = ("小区", "面积（平方米）", "附注", "说明")
    found = problems(
        header, ("甲", "八十"), ("", "80"), ("乙", FORMULA), ("丙", "80"), (" 丙", "90"), ("丁丁丁丁丁丁", "1"),
        ("#REF!", "1"), ("戊", "x", "", "示例"),
    )  # fmt: skip
    assert found == [
        (2, "not_a_number", "面积（平方米）"), (3, "missing", "小区"), (4, "formula", "面积（平方米）"),
        (6, "twice", "小区"), (7, "too_long", "小区"), (8, "error_value", "小区"),
    ]  # fmt: skip


@given(st.lists(st.lists(st.text(max_size=6), max_size=4), max_size=6))
def test_no_sheet_breaks_the_reader(rows):
    read_sheet(SHEET, [(number, tuple(row)) for number, row in enumerate(rows, start=1)])
