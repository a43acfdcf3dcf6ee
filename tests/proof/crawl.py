"""Somebody who opens every page and follows every link of the site, and notes what stands there."""

import re
from collections import defaultdict, deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from tests.engines import tries
from tests.proof.reading import Form, read
from tests.proof.routes import SERVE, page_route
from tests.proof.traces import writes

STARTS = ("/", "/desk/", "/admin/", "/sitemap.xml")
READERS_STARTS = ("/", "/en/", "/robots.txt", "/sitemap.xml")
# Wagtail's menu is put together by a script from what stands in the page.
IN_THE_MENU = re.compile(r'"url": "(/(?:admin|desk)/[^"]*)"')


FILES = "/static/"  # no view answers these


def most_of_a_route() -> int:
    """So many addresses of one route are opened: further ones show the same with other rows."""
    return tries(1, thorough=12)


def most_queries() -> int:
    """So many variants of one route by query: filters, orders, exports, further pages of a list."""
    return tries(1, thorough=8)


ENDS_THE_SESSION = ("/sign-out/", "/admin/logout/")


@dataclass
class Answer:
    """What an address answered; `route` is the resolver's pattern, or `page:…` within the tree of pages."""

    route: str
    status: int
    kind: str
    length: int


@dataclass
class Journey:
    """All that one person found: answers by address with its query, tables written to by address, and forms by method
    and route of the page on which they stand, each with that page's address."""

    answers: dict[str, Answer] = field(default_factory=dict)
    written: dict[str, set[str]] = field(default_factory=dict)
    forms: dict[str, list[tuple[str, Form]]] = field(default_factory=lambda: defaultdict(list))

    def addresses(self, route: str) -> list[str]:
        return [address for address, answer in self.answers.items() if answer.route == route]


def sign_in(user) -> Client:
    client = Client()
    client.raise_request_exception = False
    if user:
        client.force_login(user)
    return client


def crawl(client: Client, *starts: str, follow_other=lambda path: True) -> Journey:
    """From the usual starts along every link, each address once."""
    journey, waiting = Journey(), deque(starts or STARTS)
    met: dict[str, set] = defaultdict(set)
    seen = set(waiting)
    while waiting:
        address = waiting.popleft()
        with writes() as written:
            answer = client.get(address)
        route = route_of(answer)
        if written:
            journey.written[address] = written
        journey.answers[address] = Answer(route, answer.status_code, kind_of(answer), len(body(answer)))
        for link in links_of(answer, address, journey):
            path = urlsplit(link).path
            if link in seen or path in ENDS_THE_SESSION or path.startswith(FILES) or not follow_other(link):
                continue
            seen.add(link)
            if is_new(link, met):
                waiting.append(link)
    return journey


def route_of(answer) -> str:
    match = getattr(answer, "resolver_match", None)
    if match is None:
        return "none"
    if match.url_name == SERVE:
        return page_route(answer.wsgi_request)
    return match.route


def kind_of(answer) -> str:
    return answer.headers.get("Content-Type", "").split(";")[0]


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def links_of(answer, address: str, journey: Journey) -> list[str]:
    if "Location" in answer.headers:
        return [answer.headers["Location"]] if answer.headers["Location"].startswith("/") else []
    if kind_of(answer) != "text/html" or answer.streaming:
        return []
    found = read(answer.content.decode(errors="replace"), address)
    for form in found.forms:
        journey.forms[f"{form.method} {journey.answers[address].route}"].append((address, form))
    return found.links + IN_THE_MENU.findall(answer.content.decode(errors="replace"))


def is_new(link: str, met: dict[str, set]) -> bool:
    """Whether the link leads to a route, or to a variant of one, of which few have been met."""
    parts = urlsplit(link)
    shape = shape_of(parts.path)
    names = tuple(sorted({name for name, _value in parse_qsl(parts.query, keep_blank_values=True)}))
    paths, queries = met[shape], met[f"{shape}?"]
    if names:
        if names in queries or len(queries) >= most_queries():
            return False
        queries.add(names)
        return True
    if len(paths) >= most_of_a_route():
        return False
    paths.add(parts.path)
    return True


def shape_of(path: str) -> str:
    try:
        match = resolve(path)
    except Resolver404:
        return "none"
    return path if match.url_name == SERVE else match.route
