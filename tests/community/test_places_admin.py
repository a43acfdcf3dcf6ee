"""Screens for places: what a person of each role meets there, through the client."""

import pytest
from django.urls import reverse

from community.actions.places import add_building, add_estate, add_home, add_partner
from community.models import Estate, Event, Home, User
from tests.factories import community as make
from tests.worlds import world

pytestmark = pytest.mark.django_db


@world
def place():
    community = make.community(name="科苑社区")
    estate = add_estate(make.SYSTEM, community=community, name="科苑小区")
    building = add_building(make.SYSTEM, estate=estate, name="3号楼")
    home = add_home(make.SYSTEM, building=building, entrance="1单元", number="201", floor_area_centi=8950)
    partner = add_partner(make.SYSTEM, community=community, name="供电所")
    return {"unit": community, "estate": estate, "building": building, "home": home, "partner": partner}


@pytest.fixture
def staff(client, place):
    officer = make.holder(make.Post.OFFICER, place["unit"], name="王干事")
    client.force_login(officer.user)
    return officer


KEYS = {"units": ("unit", "code"), "estates": ("estate", "reference"), "buildings": ("building", "reference"),
        "homes": ("home", "reference"), "partners": ("partner", "reference")}  # fmt: skip


@pytest.mark.parametrize("name", KEYS)
def test_staff_read_lists_rows_and_histories(client, place, staff, name):
    kind, field = KEYS[name]
    key = getattr(place[kind], field)
    pages = [reverse(f"{name}:index"), reverse(f"{name}:inspect", args=[key]), reverse(f"{name}:history", args=[key])]
    for url in pages:
        response = client.get(url)
        assert response.status_code == 200, (url, response.content[:300])
        assert place[kind].pk is not None and f"/{place[kind].pk}/" not in response.content.decode()


def test_staff_enter_a_home_in_square_metres(client, place, staff):
    building = place["building"].pk
    data = {
        "building": building,
        "entrance": "1单元",
        "number": "202",
        "floor_area": "101.5",
        "area_source": "register",
        "reason": "补录",
    }
    response = client.post(reverse("homes:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    home = Home.objects.get(number="202")
    assert (home.floor_area_centi, home.community) == (10150, place["unit"])
    event = Event.objects.get(verb="home.add", subject_key=str(home.pk))
    assert (event.reason, event.actor) == ("补录", User.objects.get(pk=staff.user_id))


@pytest.mark.parametrize("typed", ["", "abc", "0", "-3", "89.505", "1e9", "八十九", "NaN", "999999999"])
def test_a_bad_floor_area_gets_a_sentence_and_keeps_what_was_typed(client, place, staff, typed):
    data = {"building": place["building"].pk, "number": "203", "floor_area": typed}
    response = client.post(reverse("homes:add"), data)
    assert response.status_code == 200
    assert response.context["form"].errors["floor_area"]
    assert 'value="203"' in response.content.decode()
    assert not Home.objects.filter(number="203").exists()


def test_a_name_that_is_taken_is_said_beside_its_field(client, place, staff):
    data = {"community": place["unit"].pk, "name": "科苑小区"}
    response = client.post(reverse("estates:add"), data)
    assert response.status_code == 422, response.context["form"].errors
    assert list(response.context["form"].errors) == ["name"]
    assert Estate.objects.count() == 1


def test_an_edit_is_told_in_the_history_field_by_field(client, place, staff):
    url = reverse("homes:edit", args=[place["home"].reference])
    data = {
        "entrance": "1单元",
        "number": "201",
        "floor_area": "90.10",
        "area_source": "register",
        "reason": "按房产证更正",
    }
    assert client.post(url, data).status_code == 302
    story = client.get(reverse("homes:history", args=[place["home"].reference])).context["chapters"]
    assert [chapter.who for chapter in story] == ["王干事", "系统"] or story[0].who == "王干事"
    assert (story[0].reason, len(story[0].changes)) == ("按房产证更正", 1)
    assert (story[0].changes[0].before, story[0].changes[0].now) == ("8950", "9010")
    assert story[1].changes[0].before == ""


def test_what_something_hangs_on_is_not_deleted(client, place, staff):
    url = reverse("buildings:delete", args=[place["building"].reference])
    assert client.get(url).status_code == 200
    response = client.post(url, {"reason": "拆除"})
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    gone = reverse("homes:delete", args=[place["home"].reference])
    assert client.post(gone, {"reason": "录错"}).status_code == 302
    assert not Home.objects.exists()
    assert client.post(url, {"reason": "拆除"}).status_code == 302


def test_an_owner_of_several_homes_is_a_code_and_what_is_unsold_is_the_developers(client, place, staff):
    url = reverse("homes:edit", args=[place["home"].reference])
    data = {"entrance": "1单元", "number": "201", "floor_area": "89.50", "area_source": "survey"}
    named = client.post(url, {**data, "owner_code": "王芳"})
    assert named.context["form"].errors["owner_code"]
    both = client.post(url, {**data, "owner_code": "Y-12", "unsold": "on"})
    assert both.status_code == 422 and list(both.context["form"].errors) == ["owner_code"]
    assert client.post(url, {**data, "owner_code": "Y-12"}).status_code == 302
    home = Home.objects.get(pk=place["home"].pk)
    assert (home.owner_code, home.unsold, home.area_source) == ("Y-12", False, "survey")
