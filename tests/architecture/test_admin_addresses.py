"""Every address under /admin/, as each role: reached, refused or not there, as the table says."""

import re
import uuid

import pytest
from django.urls import URLResolver, get_resolver
from wagtail.models import Page

from community.models import User
from tests.factories import community as make

pytestmark = pytest.mark.django_db

STAFF_POSTS = [make.Post.EDITOR, make.Post.OFFICER, make.Post.STREET_SUPERVISOR, make.Post.ADMINISTRATOR]
DESK_POSTS = [make.Post.COMMITTEE_MEMBER, make.Post.GRID_WORKER, make.Post.VOLUNTEER]

# What stands open to everyone who may enter, by the beginning of the route: furniture without anybody's rows.
FURNITURE = (
    "", "account/", "logout/", "login/", "dismissibles/", "editing-sessions/", "block-preview/", "sprite/", "jsi18n/",
    "choose-external-link/", "choose-email-link/", "choose-phone-link/", "choose-anchor-link/", "tag-autocomplete/",
)  # fmt: skip
# Shut for everyone, superusers too.
SHUT = (
    "users/", "groups/", "collections/", "workflows/", "sites/", "locales/", "redirects/", "settings/",
    "password_reset/", "reports/site-history/", "test404/", "failwhale/",
)  # fmt: skip
# By policies of pages, images and documents, or for administrators only; they have tests of their own.
BY_POLICY = (
    "review/",
    "withdraw/",
    "hand-in/",
    "check/",
    "scheduled/",
    "urgent/",
    "second-look/",
    "open-page/",
    "opening/",
    "content/",
    "pages/",
    "api/main/",
    "choose-page/",
    "bulk/",
    "images/",
    "documents/",
    "reports/",
)
OPEN_TO_STRANGERS = ("login/", "sprite/", "jsi18n/")


def walk(resolver, prefix=""):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, route)
        else:
            yield route, entry.callback


def admin_routes():
    for route, callback in walk(get_resolver()):
        if route.startswith("admin/") and "^" not in route.split("/", 2)[1]:
            yield route.removeprefix("admin/"), callback


def address_of(route: str) -> str:
    """The route with the home page's key for a page, else 1, or "live", in the place of what it asks for."""
    home = Page.objects.filter(depth=2).values_list("pk", flat=True).first()
    route = re.sub(r"<uuid:\w+>", str(uuid.UUID(int=1)), route)
    route = re.sub(r"<int:(?:page_id|parent_page_id|page_to_move_id)>", str(home), route)
    plain = re.sub(r"\(\?P<\w+>(live)?[^)]*\)", lambda found: found[1] or "1", route)
    return "/admin/" + re.sub(r"<(?:\w+:)?\w+>", "1", plain).translate(str.maketrans("", "", "^$\\"))


def is_scoped(callback) -> bool:
    """A view that our own system check vouches for."""
    from community.admin.choosers import ScopedChoice
    from community.admin.scoped import ScopedView

    return issubclass(getattr(callback, "view_class", object), ScopedView | ScopedChoice)


def in_table(route, table) -> bool:
    return any(route == one if one == "" else route.startswith(one) for one in table)


def signed_in(client, post=None, *, is_superuser=False):
    place = make.community()
    person = make.holder(post, place) if post else make.member(unit=place)
    User.objects.filter(pk=person.user_id).update(is_superuser=is_superuser)
    client.force_login(User.objects.get(pk=person.user_id))
    return client


def test_every_route_is_in_a_table():
    unknown = [
        route
        for route, callback in admin_routes()
        if not (is_scoped(callback) or in_table(route, FURNITURE + SHUT + BY_POLICY))
    ]
    assert unknown == []


@pytest.mark.parametrize("post", [*STAFF_POSTS, "superuser"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_staff_reach(client, post, method):
    signed_in(client, None if post == "superuser" else post, is_superuser=post == "superuser")
    client.raise_request_exception = False
    for route, _callback in admin_routes():
        if method == "post" and in_table(route, FURNITURE):
            continue  # ends the session, or stumbles over its own empty form
        status = getattr(client, method)(address_of(route)).status_code
        assert status < 500, (post, route)
        if in_table(route, SHUT):
            assert status == 404, (post, route)


@pytest.mark.parametrize("post", DESK_POSTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_desk_people_reach_nothing_of_it(client, post, method):
    signed_in(client, post)
    for route, _callback in admin_routes():
        if not in_table(route, OPEN_TO_STRANGERS):
            response = getattr(client, method)(address_of(route))
            assert response.status_code in (302, 404, 405), route
            assert response.status_code != 302 or response.url.startswith("/sign-in/"), route


@pytest.mark.parametrize("post", STAFF_POSTS)
def test_the_start_page_works_for_each_role(client, post):
    assert signed_in(client, post).get("/admin/").status_code == 200


def test_a_superuser_reaches_no_row_of_ours(client):
    signed_in(client, is_superuser=True)
    for route, callback in admin_routes():
        if is_scoped(callback):
            response = client.get(address_of(route))
            assert response.status_code in (302, 403, 404), route
            assert response.status_code != 302 or response.url == "/admin/", route
