"""Spreadsheets: data only, and costs that do not grow with what is listed."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from community.actions.places import add_building, add_home, add_partner
from community.admin.exports import FORMULA, csv_cell
from tests.factories import community as make

from .neighbourhoods import neighbourhood

pytestmark = pytest.mark.django_db
HOSTILE = [
    '=HYPERLINK("http://evil.example","x")', "+1+1", "-1+1", "@SUM(A1)", "\t=1", " =1+1", "＝1+1", "＋1", "－1", "＠A1",
    "=cmd|' /C calc'!A0",
]  # fmt: skip


@pytest.fixture
def staff(client):
    street = make.unit("street")
    place = neighbourhood(street, "本")
    client.force_login(make.holder(make.Post.OFFICER, place.community).user)
    return place


def download(client, name, export):
    return b"".join(client.get(reverse(name), {"export": export}).streaming_content)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_in_both_spreadsheets(client, staff, name):
    add_partner(make.SYSTEM, community=staff.community, name=name)
    rows = list(csv.reader(io.StringIO(download(client, "partners:index", "csv").decode("utf-8-sig"))))
    cells = [row[0] for row in rows[1:]]
    assert not any(FORMULA.match(cell) for cell in cells)
    assert f"'{name}" in cells
    sheet = load_workbook(io.BytesIO(download(client, "partners:index", "xlsx"))).active
    found = [cell for row in sheet for cell in row if cell.value == name]
    assert [cell.data_type for cell in found] == ["s"]


def test_control_characters_do_not_break_a_workbook(client, staff):
    add_partner(make.SYSTEM, community=staff.community, name="供电\x07所")
    assert download(client, "partners:index", "xlsx")[:2] == b"PK"
    assert "供电所" in download(client, "partners:index", "csv").decode("utf-8-sig")


def test_areas_are_exported_as_people_write_them(client, staff):
    assert "80.00" in download(client, "homes:index", "csv").decode("utf-8-sig")


@given(st.text(max_size=20))
def test_no_text_begins_a_formula(text):
    assert not FORMULA.match(csv_cell(text))


@pytest.mark.parametrize("number", [-5, 0, 8.5])
def test_numbers_stay_numbers(number):
    assert csv_cell(number) == number


def test_a_workbook_would_otherwise_hold_a_formula():
    """What the rule is for: left alone, the library takes such a text for a formula."""
    sheet = Workbook().active
    sheet.append(["=1+1"])
    assert sheet["A1"].data_type == "f"


NAMES = ["units", "estates", "buildings", "homes", "partners", "members", "appointments"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("export", ["", "csv"])
def test_what_a_listing_costs_does_not_grow(client, name, export):
    """The same number of statements with one community as with six, with one row of a kind as with many.

    One of them counts the messages that the menu shows as unread.
    """
    street = make.unit("street")
    client.force_login(make.holder(make.Post.ADMINISTRATOR, street).user)
    counts = []
    first = neighbourhood(street, "一")
    url = f"{reverse(f'{name}:index')}?export={export}" if export else reverse(f"{name}:index")
    client.get(url)
    for mark in ("", "二三四五六"):
        for one in mark:
            neighbourhood(street, one)
        if mark:
            for number in range(12):
                building = add_building(make.SYSTEM, estate=first.estate, name=f"{number}号楼", unit=first.grid)
                add_home(make.SYSTEM, building=building, number="1", floor_area_centi=100)
                add_partner(make.SYSTEM, community=first.community, name=f"单位{number}")
                make.holder(make.Post.VOLUNTEER, first.grid)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
            assert response.status_code == 200
            if response.streaming:
                b"".join(response.streaming_content)
        counts.append(len(queries))
    assert counts[0] == counts[1], [query["sql"][:150] for query in queries]
    assert counts[1] <= 16
