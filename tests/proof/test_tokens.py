"""Nothing that could change anything is taken from another site: every address wants its own token, from everybody."""

import pytest
from django.test import Client

from tests.engines import tries
from tests.proof.crawl import crawl
from tests.proof.places import ROLES, two_places
from tests.proof.routes import routes, served_pages
from tests.proof.traces import changed, checksums, writes
from tests.worlds import world

pytestmark = pytest.mark.django_db

METHODS = ("POST", "PUT", "PATCH", "DELETE")
# What Django's own guard lets through, and why nothing is lost by it. Everything else is refused before its view runs.
EXEMPT = {
    "admin/api/main/": "Wagtail's choosers read here; Django REST framework asks for the same token from a session,"
    " and refuses whoever has none",
}
STRANGERS_TOKEN = "b" * 32


@world
def places():
    return two_places()


@world
def pages(places):
    """An address of every kind of page and sub-page of the tree."""
    own = places["own"]
    answers = crawl(Client(), "/", own.project.url, f"{own.home.url}projects/propose/").answers
    found = {answer.route: path for path, answer in answers.items() if answer.route in served_pages()}
    return {**found, "page:workflows.ProjectIndexPage propose-check": f"{own.home.url}projects/propose/check/"}


def guarded(role: str, places) -> Client:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if user := places["own"].user(role):
        client.force_login(user)
    return client


def taken(client: Client, addresses, methods, **sent) -> dict[str, int]:
    """What was answered otherwise than by a refusal; whoever has to sign in first is sent there."""
    answers = {f"{how} {at}": client.generic(how, at, **sent) for at in addresses for how in methods}
    return {asked: answer.status_code for asked, answer in answers.items() if not is_refused(asked, answer)}


def is_refused(asked: str, answer) -> bool:
    if asked.split(" /")[1].startswith(tuple(EXEMPT)) and answer.status_code == 302:
        return answer.url.startswith("/sign-in/")
    return answer.status_code == 403


def test_what_the_guard_lets_through_is_named():
    exempt = {route.pattern for route in routes() if getattr(route.callback, "csrf_exempt", False)}
    assert {one for one in exempt if not one.startswith(tuple(EXEMPT))} == set()
    assert all(any(one.startswith(named) for one in exempt) for named in EXEMPT)


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_sent_without_a_token(places, pages, role):
    """Each route as the resolver knows it, and a page of each kind in both languages."""
    client, before = guarded(role, places), checksums()
    tried = [*(route.sample() for route in routes()), *pages.values(), *(f"/en{path}" for path in pages.values())]
    with writes() as written:
        assert taken(client, tried, METHODS[: tries(1, thorough=4)]) == {}
    assert written == set()
    assert changed(before, checksums()) == set()
    assert len(tried) >= 380


def test_a_page_of_every_kind_is_tried(pages):
    without = {"page:workflows.ProjectIndexPage propose-similar", "page:workflows.ProjectNoticePage"}
    assert set(served_pages()) - set(pages) == without


def test_nor_with_the_token_of_somebody_else(places, pages):
    client = guarded("staff", places)
    client.cookies["csrftoken"] = "a" * 32
    form = {"data": f"csrfmiddlewaretoken={STRANGERS_TOKEN}", "content_type": "application/x-www-form-urlencoded"}
    tried = [*(route.sample() for route in routes()), *pages.values()]
    assert taken(client, tried, ["POST"], **form) == {}
    assert taken(client, tried, ["POST"], HTTP_X_CSRFTOKEN=STRANGERS_TOKEN) == {}


def test_a_form_with_its_token_is_taken(places):
    """Else all of the above would hold for a site that takes nothing."""
    client = guarded("nobody", places)
    token = client.get("/sign-in/").context["csrf_token"]
    form = {"csrfmiddlewaretoken": str(token), "username": "nobody", "password": "nothing"}
    assert client.post("/sign-in/", form).status_code != 403
