"""Signing in and out, as people do it, and as guessers do."""

import pytest
from django.urls import reverse

from tests.factories import community as make
from tests.worlds import world

pytestmark = pytest.mark.django_db
PASSWORD = "kezhan-2026-lin"


@world
def place():
    return make.community()


def person(post, unit, **details):
    found = make.holder(post, unit, **details)
    found.user.set_password(PASSWORD)
    found.user.save()
    return found.user


def sign_in(client, user, password=PASSWORD, **options):
    data = {"username": user.username, "password": password, "next": options.pop("next", "")}
    return client.post(reverse("sign-in"), data, **options)


def test_the_page_is_there_for_everybody(client):
    response = client.get("/sign-in/")
    assert response.status_code == 200
    assert "csrfmiddlewaretoken" in response.content.decode()


@pytest.mark.parametrize(
    ("post", "target"),
    [
        (make.Post.OFFICER, "/admin/"),
        (make.Post.EDITOR, "/admin/"),
        (make.Post.STREET_SUPERVISOR, "/admin/"),
        (make.Post.ADMINISTRATOR, "/admin/"),
        (make.Post.COMMITTEE_MEMBER, "/desk/"),
        (make.Post.GRID_WORKER, "/desk/"),
        (make.Post.VOLUNTEER, "/desk/"),
    ],
)
def test_each_role_arrives_where_its_work_is(client, place, post, target):
    response = sign_in(client, person(post, place))
    assert (response.status_code, response.url) == (302, target)


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "https:evil.example", "javascript:alert(1)"],
)
def test_next_never_leaves_the_site(client, place, target):
    assert sign_in(client, person(make.Post.OFFICER, place), next=target).url == "/admin/"


def test_next_within_the_site_is_followed(client, place):
    assert sign_in(client, person(make.Post.COMMITTEE_MEMBER, place), next="/size/l/").url == "/size/l/"


def test_the_admin_asks_to_sign_in_here_and_comes_back(client):
    response = client.get("/admin/homes/", follow=True)
    assert response.redirect_chain[-1][0] == "/sign-in/?next=/admin/homes/"
    assert client.get("/admin/login/?next=/admin/homes/").url == "/sign-in/?next=/admin/homes/"


def test_five_failures_close_the_name_at_this_address_only(client, place):
    user = person(make.Post.OFFICER, place)
    for _guess in range(5):
        assert "__all__" in sign_in(client, user, "wrong").context["form"].errors
    refused = sign_in(client, user)
    assert refused.status_code == 200
    assert refused.context["form"].has_error("__all__", "throttled")
    assert sign_in(client, user, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_many_names_from_one_address_are_slowed_down(client, place):
    user = person(make.Post.OFFICER, place)
    for guess in range(50):
        client.post(reverse("sign-in"), {"username": f"guess{guess}", "password": "x"})
    assert sign_in(client, user).context["form"].has_error("__all__", "throttled")


def test_a_forged_forwarded_header_changes_nothing(client, place, settings):
    user = person(make.Post.OFFICER, place)
    for guess in range(5):
        sign_in(client, user, "wrong", headers={"X-Forwarded-For": f"198.51.100.{guess}"})
    assert sign_in(client, user).status_code == 200
    settings.LINLI_PROXIES = 1
    for guess in range(5):
        sign_in(client, user, "wrong", headers={"X-Forwarded-For": f"198.51.100.{guess}, 203.0.113.9"})
    assert sign_in(client, user, headers={"X-Forwarded-For": "10.0.0.1, 203.0.113.9"}).status_code == 200
    assert sign_in(client, user, headers={"X-Forwarded-For": "203.0.113.9, 203.0.113.10"}).status_code == 302


def test_success_forgets_the_failures(client, place):
    user = person(make.Post.OFFICER, place)
    for _guess in range(4):
        sign_in(client, user, "wrong")
    assert sign_in(client, user).status_code == 302
    for _guess in range(4):
        sign_in(client, user, "wrong")
    assert sign_in(client, user).status_code == 302


def test_sign_out_is_a_post_and_ends_the_session(client, place):
    sign_in(client, person(make.Post.OFFICER, place))
    assert client.get(reverse("sign-out")).status_code == 405
    assert client.get("/admin/homes/").status_code == 200
    assert client.post(reverse("sign-out")).url == "/sign-in/"
    assert client.get("/admin/homes/").status_code == 302


def test_a_new_password_ends_the_sessions_that_were_open(client, place):
    user = person(make.Post.OFFICER, place)
    sign_in(client, user)
    assert client.get("/admin/homes/").status_code == 200
    user.set_password("another-2026-word")
    user.save()
    assert client.get("/admin/homes/").status_code == 302


def test_a_closed_account_is_out_on_the_next_request(client, place):
    user = person(make.Post.OFFICER, place)
    sign_in(client, user)
    user.is_active = False
    user.save()
    assert client.get("/admin/homes/").status_code == 302
