"""Files as people send them: read, or refused with a sentence; never more memory than the bounds allow."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from community.imports import files
from community.imports.files import read_table
from community.refusals import ActionRefused
from community.rules.cells import FORMULA

from .sheets import csv_file, xlsx

ROWS = [["小区", "楼栋"], ["科苑小区", "3号楼"]]
READ = ((1, ("小区", "楼栋")), (2, ("科苑小区", "3号楼")))


SHEET = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"


def refused(name, data) -> str:
    with pytest.raises(ActionRefused) as refusal:
        read_table(name, data)
    assert refusal.value.field == "file"
    return str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_in_the_encodings_of_the_country(encoding, delimiter):
    assert read_table("a.CSV", csv_file(ROWS, encoding, delimiter)) == READ


def test_cells_of_a_workbook_become_texts():
    rows = [[201, 89.5, 0.1 + 0.2, 1e20, True, None, date(2026, 1, 5), datetime(2026, 1, 5, 8), "=A1+1", " x "]]
    ((number, texts),) = read_table("a.xlsx", xlsx(rows))
    assert number == 1
    assert [one for one in texts if one] == [
        "201", "89.5", "0.3", "1e+20", "True", "2026-01-05", "2026-01-05 08:00:00", FORMULA, " x ",
    ]  # fmt: skip


def test_a_row_of_formulas_is_a_row():
    assert read_table("a.xlsx", xlsx([*ROWS, ["=A1", "=B1"]]))[2] == (3, (FORMULA, FORMULA))


def test_an_apostrophe_that_guards_a_download_is_taken_away_again():
    assert read_table("a.csv", csv_file([["'=1+1", "'-5", "'x", "O'x"]])) == ((1, ("=1+1", "-5", "'x", "O'x")),)


def test_what_is_no_sheet():
    for name, data in {
        "a.xlsx": b"", "b.csv": b" \n", "c.pdf": b"%PDF-1.7", "d.xlsx": b"PK\x03\x04 broken", "e.csv": b"\x00\x01\x02",
        "f.xls": b"\xd0\xcf\x11\xe0\xa1\xb1", "g.csv": b"a\xff\xff\n", "h.xlsx": "小区,楼栋".encode(), "i": b"a,b",
        "j.csv": "小区,楼栋".encode("utf-16"), "k.csv": b'"' + b"x" * 200_000,
    }.items():  # fmt: skip
        assert refused(name, data), name


@given(st.binary(max_size=300), st.sampled_from(["a.xlsx", "a.csv", "a.xlsm", ""]))
def test_no_bytes_break_the_reader(data, name):
    for start in (b"", b"PK\x03\x04", b"PK\x05\x06"):
        with suppress(ActionRefused):
            read_table(name, start + data)


def with_part(part: str, text: bytes, data: bytes | None = None) -> bytes:
    """A sound workbook with one part more, or another one in its place."""
    source, target = zipfile.ZipFile(io.BytesIO(data or xlsx(ROWS))), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in source.infolist():
            if one.filename != part:
                archive.writestr(one.filename, source.read(one))
        archive.writestr(part, text)
    return target.getvalue()


def test_macros_are_refused():
    assert refused("a.xlsx", with_part("xl/vbaProject.bin", b"x")) == refused("a.xlsm", xlsx(ROWS))


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("xl/sharedStrings.xml", b"<sst>" + b" " * files.MAX_CELLS_PART),
        ("xl/styles.xml", b"<x>" + b"<xf/>" * files.MAX_OTHER_PART),
        ("xl/worksheets/sheet1.xml", b"<row>" + b"<c/>" * files.MAX_TAGS),
        ("xl/media/image1.png", b" " * files.MAX_UNPACKED),
        ("xl/sheet.dat", b"<c/>" * (files.MAX_TAGS + 1)),
    ],
    ids=["texts", "styles", "cells", "pictures", "another name"],
)
def test_a_zip_bomb_is_not_unpacked(monkeypatch, part, text):
    monkeypatch.setattr(files, "load_workbook", lambda *_args, **_kwargs: pytest.fail("unpacked"))
    bomb = with_part(part, text)
    assert len(bomb) < 100_000
    refused("a.xlsx", bomb)


@pytest.mark.parametrize(
    "text",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><worksheet/>'.encode("utf-16"),
        b" " * (files.BLOCK - 5) + b"<!DOCTYPE x>",
        SHEET + b"<row r='1'><c t='s'><v>99</v></c></row></sheetData></worksheet>",
        SHEET + b"<row r='99999999999'><c><v>1</v></c></row></sheetData></worksheet>",
        SHEET + b"<row",
    ],
)
def test_a_crafted_sheet_is_refused(text):
    refused("a.xlsx", with_part("xl/worksheets/sheet1.xml", text))


def test_merged_cells_are_refused():
    def merge(workbook, page):
        page.merge_cells("A1:B1")

    assert refused("a.xlsx", xlsx(ROWS, merge))


def test_bounds_of_rows_columns_and_texts(monkeypatch):
    monkeypatch.setattr(files, "MAX_ROWS", 3)
    assert len(read_table("a.csv", csv_file([["x"]] * 4))) == 4
    assert "3" in refused("a.csv", csv_file([["x"]] * 5))
    assert refused("a.csv", csv_file([["x"] * 31]))
    assert refused("a.xlsx", xlsx([["x"] * 31]))
    assert refused("a.csv", csv_file([["x" * 501]]))
    assert refused("a.csv", b"x" * (files.MAX_BYTES + 1))


def test_empty_rows_far_below_cost_nothing():
    def at(row):
        return lambda workbook, page: page.cell(row, 1, " ")

    assert read_table("a.xlsx", xlsx(ROWS, at(40_000))) == READ
    assert refused("a.xlsx", xlsx(ROWS, at(1_000_000)))


@pytest.mark.parametrize(
    "text", ["420281199001011234", "42028119900101123X", " 420281 19900101 1234", 420281199001011234]
)
def test_identity_numbers_are_refused_wherever_they_stand(text):
    assert "2" in refused("a.xlsx", xlsx([["小区", "备注"], ["科苑小区", text]]))


def test_a_workbook_without_a_sheet_of_cells():
    workbook, target = Workbook(), io.BytesIO()
    workbook.create_chartsheet()
    del workbook[workbook.sheetnames[0]]
    workbook.save(target)
    refused("a.xlsx", target.getvalue())
