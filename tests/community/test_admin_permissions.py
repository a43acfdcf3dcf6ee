"""Role × state × own and neighbour community, for every address of places and people in the admin."""

from datetime import date, timedelta

import pytest
from django.urls import URLPattern, get_resolver, reverse
from wagtail.admin.viewsets import viewsets

from community.actions.people import end_appointment
from community.admin.scoped import ScopedModelViewSet
from community.models import User
from tests.factories import community as make
from tests.worlds import world

from .neighbourhoods import neighbourhood

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

POSTS = {
    "editor": make.Post.EDITOR,
    "staff": make.Post.OFFICER,
    "supervisor": make.Post.STREET_SUPERVISOR,
    "administrator": make.Post.ADMINISTRATOR,
    "committee": make.Post.COMMITTEE_MEMBER,
    "grid_worker": make.Post.GRID_WORKER,
    "serving": make.Post.VOLUNTEER,
}
WHO = [*POSTS, "superuser", "nobody"]
DESK = {"committee", "grid_worker", "serving", "nobody"}

# Who may read and who may write, in words of the law of the house: this table is the expectation, not the code's.
READ = {
    "units": {"editor", "staff", "supervisor", "administrator"},
    "estates": {"staff", "supervisor", "administrator"},
    "buildings": {"staff", "supervisor", "administrator"},
    "homes": {"staff", "administrator"},
    "partners": {"staff", "supervisor", "administrator"},
    "members": {"staff", "supervisor", "administrator"},
    "appointments": {"staff", "supervisor", "administrator"},
    "deliveries": {"staff", "administrator"},
}
WRITE = {name: {"staff", "administrator"} for name in READ} | {"units": {"administrator"}}
ROWS = {
    "units": ["community", "grid"],
    "estates": ["estate"],
    "buildings": ["building"],
    "homes": ["home"],
    "partners": ["partner"],
    "members": ["member", "with_account"],
    "appointments": ["appointment", "ended"],
    "deliveries": ["delivery"],
}
READING = {"inspect", "history"}
# Their rows are one person's own, not a place's: see test_imports_admin.py.
PERSONAL = {"imports"}


def viewset_addresses():
    """(viewset, view) of every address of ours that the admin routes to."""
    get_resolver().url_patterns  # noqa: B018 (registers the viewsets)
    for viewset in viewsets.viewsets:
        if viewset.name in PERSONAL:
            continue
        if isinstance(viewset, ScopedModelViewSet) and viewset.model._meta.app_label == "community":
            for pattern in viewset.get_urlpatterns():
                assert isinstance(pattern, URLPattern)
                yield viewset, pattern.name


ADDRESSES = [(viewset.name, viewset.lookup_field, view) for viewset, view in viewset_addresses()]
LISTS = [(name, view) for name, _field, view in ADDRESSES if view in ("index", "index_results", "add")]
SINGLE = [
    (name, field, view, kind)
    for name, field, view in ADDRESSES
    if view not in ("index", "index_results", "add")
    for kind in ROWS[name]
]


@world
def places():
    street = make.unit("street")
    return {"own": neighbourhood(street, "本"), "neighbour": neighbourhood(street, "邻")}


def sign_in(client, who, unit):
    if who == "nobody":
        return
    person = make.holder(POSTS[who], unit) if who in POSTS else make.member(unit=unit)
    if who == "superuser":
        User.objects.filter(pk=person.user_id).update(is_superuser=True)
    client.force_login(User.objects.get(pk=person.user_id))


def expected(who, name, view, whose):
    if who in DESK:
        return 302
    if view not in ("index", "index_results", "add") and (whose == "neighbour" or who not in READ[name]):
        return 404
    if view in ("index", "index_results", *READING):
        return 200 if who in READ[name] else 403
    return 200 if who in WRITE[name] else 403


def test_every_address_is_in_the_tables():
    assert {name for name, _field, _view in ADDRESSES} == set(READ) == set(ROWS)


@pytest.mark.parametrize("who", WHO)
def test_reading(client, places, who):
    """GET of every address by everybody: lists once, single rows for own and neighbour community."""
    sign_in(client, who, places["own"].community)
    for name, view in LISTS:
        response = client.get(reverse(f"{name}:{view}"))
        assert response.status_code == expected(who, name, view, "own"), (who, name, view)
        assert "邻" not in response.content.decode(), (who, name, view)
    for name, field, view, kind in SINGLE:
        for whose, place in places.items():
            url = reverse(f"{name}:{view}", args=[getattr(getattr(place, kind), field)])
            response = client.get(url)
            assert response.status_code == expected(who, name, view, whose), (who, url, whose)
            assert "邻" not in response.content.decode(), (who, url)


@pytest.mark.parametrize("who", WHO)
def test_an_empty_post_never_gets_further_than_reading(client, places, who):
    """POST without a field: refused where a GET is refused; where it is not, a sentence and nothing written."""
    sign_in(client, who, places["own"].community)
    for name, field, view, kind in SINGLE:
        if view in READING:
            continue
        for whose, place in places.items():
            url = reverse(f"{name}:{view}", args=[getattr(getattr(place, kind), field)])
            response = client.post(url, {})
            assert response.status_code == expected(who, name, view, whose), (who, url, whose)
            if response.status_code == 200:
                assert response.context["form"].errors


def test_how_many_cells_that_is():
    """The figures of the matrix, so that an address that drops out is noticed."""
    lists, single = len(WHO) * len(LISTS), len(WHO) * 2 * len(SINGLE)
    posts = len(WHO) * 2 * sum(view not in READING for _name, _field, view, _kind in SINGLE)
    assert (lists, single, posts) == (207, 1062, 666)


@pytest.mark.parametrize("post", ["staff", "supervisor", "administrator", "editor"])
def test_rights_end_with_the_appointment_on_the_next_request(client, places, post):
    person = make.holder(POSTS[post], places["own"].community)
    client.force_login(person.user)
    pages = ["/admin/", reverse("units:index"), reverse("units:inspect", args=[places["own"].community.code])]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    end_appointment(make.SYSTEM, appointment=person.appointments.get(), on=date.today())
    assert [client.get(page).status_code for page in pages] == [302, 302, 302]


def test_rights_begin_on_their_first_day_and_not_before(client, places):
    tomorrow = date.today() + timedelta(days=1)
    person = make.holder(make.Post.OFFICER, places["own"].community, starts_on=tomorrow)
    client.force_login(person.user)
    assert client.get(reverse("homes:index")).status_code == 302


def test_an_inactive_member_has_no_rights(client, places):
    person = make.holder(make.Post.OFFICER, places["own"].community)
    client.force_login(person.user)
    assert client.get(reverse("homes:index")).status_code == 200
    person.is_active = False
    make.save(person, places["own"].community)
    assert client.get(reverse("homes:index")).status_code == 302


def test_a_post_above_reaches_down_and_a_post_below_not_up(client, places):
    client.force_login(make.holder(make.Post.STREET_SUPERVISOR, places["own"].community.get_parent()).user)
    for place in places.values():
        assert client.get(reverse("estates:inspect", args=[place.estate.reference])).status_code == 200
    client.force_login(make.holder(make.Post.OFFICER, places["own"].grid).user)
    assert client.get(reverse("estates:inspect", args=[places["own"].estate.reference])).status_code == 404
    assert client.get(reverse("units:inspect", args=[places["own"].grid.code])).status_code == 200
    assert client.get(reverse("units:inspect", args=[places["own"].community.code])).status_code == 404


def test_posts_in_two_places_do_not_add_up(client, places):
    """Staff here and on the neighbour's committee: what staff see here is not seen there."""
    person = make.holder(make.Post.OFFICER, places["own"].community)
    make.appoint(make.SYSTEM, member=person, unit=places["neighbour"].community, post=make.Post.COMMITTEE_MEMBER,
                 starts_on=make.LONG_AGO)  # fmt: skip
    client.force_login(person.user)
    assert client.get(reverse("estates:inspect", args=[places["own"].estate.reference])).status_code == 200
    assert client.get(reverse("estates:inspect", args=[places["neighbour"].estate.reference])).status_code == 404
    assert "邻小区" not in client.get(reverse("estates:index")).content.decode()
