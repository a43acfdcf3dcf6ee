"""Every address and every action that takes two ids: the first the person's own, the second a neighbour's."""

from datetime import date

import pytest
from django.urls import reverse

from community.actions.people import appoint, change_member, register_member
from community.actions.places import (
    add_building,
    add_estate,
    add_home,
    add_partner,
    change_building,
    change_estate,
    move_unit,
    open_unit,
)
from community.models import Event
from community.refusals import ActionRefused
from tests.factories import community as make
from tests.worlds import world

from .neighbourhoods import neighbourhood

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@world
def own():
    return neighbourhood(make.unit("street"), "本")


@world
def other(own):
    return neighbourhood(own.community.get_parent(), "邻")


@pytest.fixture(params=[make.Post.OFFICER, make.Post.ADMINISTRATOR])
def person(request, own):
    return make.holder(request.param, own.community)


TODAY = date.today().isoformat()
UNIT = {"kind": "grid", "name": "新网格", "code": "new-grid"}
MEMBER = {"name": "新人", "source": "resident"}
POST = {"post": "volunteer", "starts_on": TODAY}

# (address, the row in it, what is typed, the field with the neighbour's row, which of the neighbour's rows)
FORMS = [
    ("units:add", None, UNIT, "parent", "community"),
    ("units:move", "grid", {"reason": "试"}, "parent", "community"),
    ("estates:add", None, {"name": "新小区"}, "community", "community"),
    ("estates:add", None, {"name": "新小区", "community": "community"}, "unit", "grid"),
    ("estates:edit", "estate", {"name": "新小区"}, "unit", "grid"),
    ("buildings:add", None, {"name": "新楼"}, "estate", "estate"),
    ("buildings:add", None, {"name": "新楼", "estate": "estate"}, "unit", "grid"),
    ("buildings:edit", "building", {"name": "新楼"}, "unit", "grid"),
    ("homes:add", None, {"number": "9", "floor_area": "80", "area_source": "register"}, "building", "building"),
    ("partners:add", None, {"name": "新单位", "kind": "firm"}, "community", "community"),
    ("members:add", None, MEMBER, "unit", "community"),
    ("members:add", None, {**MEMBER, "unit": "community"}, "home", "home"),
    ("members:add", None, {**MEMBER, "unit": "community"}, "partner", "partner"),
    ("members:edit", "member", {**MEMBER, "is_active": "on"}, "home", "home"),
    ("members:edit", "member", {**MEMBER, "is_active": "on"}, "partner", "partner"),
    ("appointments:add", None, {**POST, "unit": "community"}, "member", "member"),
    ("appointments:add", None, {**POST, "member": "member"}, "unit", "community"),
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form[0]}-{form[3]}")
def test_a_form_takes_no_row_of_a_neighbour(client, own, other, person, form):
    name, row, typed, field, foreign = form
    client.force_login(person.user)
    key = "code" if name.startswith("units") else "reference"
    url = reverse(name, args=[getattr(getattr(own, row), key)] if row else [])
    data = {one: getattr(own, value).pk if hasattr(own, value) else value for one, value in typed.items()}
    events = Event.objects.count()
    response = client.post(url, {**data, field: getattr(other, foreign).pk})
    if response.status_code != 403:  # no right to the address at all
        assert response.status_code == 200
        assert field in response.context["form"].errors
    assert "邻" not in response.content.decode()
    assert Event.objects.count() == events


@pytest.mark.parametrize(
    "query",
    ["estates:index?community=", "buildings:index?community=", "homes:index?community=", "partners:index?community="],
)
@pytest.mark.parametrize("results", ["", "&export=csv"])
def test_a_filter_by_a_neighbour_shows_nothing_of_it(client, own, other, person, query, results):
    client.force_login(person.user)
    name, parameter = query.split("?")
    response = client.get(f"{reverse(name)}?{parameter}{other.community.pk}{results}")
    assert response.status_code == 200
    assert "邻" not in body_of(response)


def test_further_filters_by_a_neighbour_show_nothing_of_it(client, own, other, person):
    client.force_login(person.user)
    for url in (
        f"{reverse('buildings:index')}?estate={other.estate.pk}",
        f"{reverse('homes:index')}?building__estate={other.estate.pk}",
        f"{reverse('members:index')}?unit={other.community.pk}",
        f"{reverse('appointments:index')}?unit={other.community.pk}",
        f"{reverse('members:index')}?q=邻",
        f"{reverse('home-chooser:choose_results')}?q=邻",
        f"{reverse('member-chooser:choose_results')}?q=邻",
    ):
        page = client.get(url).content.decode()
        assert not any(f"邻{what}" in page for what in "社小楼单李王1"), url


@pytest.mark.parametrize(("chooser", "row"), [("home-chooser", "home"), ("member-chooser", "member")])
def test_choosers_do_not_leak(client, own, other, person, chooser, row):
    client.force_login(person.user)
    modal = client.get(reverse(f"{chooser}:choose")).json()["html"]
    for page in (modal, client.get(reverse(f"{chooser}:choose_results")).content.decode()):
        assert "本" in page and "邻" not in page
    mine, theirs = getattr(own, row), getattr(other, row)
    assert client.get(reverse(f"{chooser}:chosen", args=[mine.pk])).status_code == 200
    assert client.get(reverse(f"{chooser}:chosen", args=[theirs.pk])).status_code == 404
    assert client.get(reverse(f"{chooser}:chosen", args=["x"])).status_code == 404
    both = client.get(reverse(f"{chooser}:chosen_multiple"), {"id": [mine.pk, theirs.pk, "x"]}).json()
    assert [one["id"] for one in both["result"]] == [str(mine.pk)]


@pytest.mark.parametrize("export", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["units", "estates", "buildings", "homes", "partners", "members", "appointments"])
def test_exports_hold_own_rows_only(client, own, other, person, name, export):
    client.force_login(person.user)
    response = client.get(reverse(f"{name}:index"), {"export": export})
    text = body_of(response)
    assert "本" in text and "邻" not in text


def body_of(response) -> str:
    """The text of an answer, of the cells of a workbook too."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if "spreadsheetml" not in response["Content-Type"]:
        return content.decode("utf-8-sig")
    from io import BytesIO

    from openpyxl import load_workbook

    return "\n".join(str(cell.value) for row in load_workbook(BytesIO(content)).active for cell in row)


ACTIONS = [
    lambda context, own, other: add_estate(context, community=other.community, name="新"),
    lambda context, own, other: add_estate(context, community=own.community, name="新", unit=other.grid),
    lambda context, own, other: change_estate(context, estate=own.estate, unit=other.grid),
    lambda context, own, other: add_building(context, estate=other.estate, name="新"),
    lambda context, own, other: add_building(context, estate=own.estate, name="新", unit=other.grid),
    lambda context, own, other: change_building(context, building=own.building, unit=other.grid),
    lambda context, own, other: add_home(context, building=other.building, number="9", floor_area_centi=1),
    lambda context, own, other: add_partner(context, community=other.community, name="新"),
    lambda context, own, other: register_member(context, unit=other.community, name="新"),
    lambda context, own, other: register_member(context, unit=own.community, name="新", home=other.home),
    lambda context, own, other: register_member(context, unit=own.community, name="新", partner=other.partner),
    lambda context, own, other: change_member(context, member=own.member, home=other.home),
    lambda context, own, other: appoint(
        context, member=own.member, unit=other.community, post="volunteer", starts_on=date.today()
    ),
    lambda context, own, other: appoint(
        context, member=other.member, unit=own.community, post="volunteer", starts_on=date.today()
    ),
    lambda context, own, other: move_unit(context, unit=own.grid, parent=other.community),
    lambda context, own, other: move_unit(context, unit=other.grid, parent=own.community),
    lambda context, own, other: open_unit(context, parent=other.community, kind="grid", name="新", code="new"),
]


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_itself_refuses_a_row_of_a_neighbour(own, other, person, action):
    """Not only the form: whoever calls the action by another way is refused as well."""
    events = Event.objects.count()
    with pytest.raises(ActionRefused):
        action(make.context(person), own, other)
    assert Event.objects.count() == events
