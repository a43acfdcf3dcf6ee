"""Every address that the site answers, found by walking the resolver: nothing has to be registered here.

A route is known by its pattern as the resolver spells it, such as `desk/site/<slug:code>/<reference:reference>/`.
The pages of Wagtail's tree all answer behind one pattern; they are told apart by their kind and their sub-route:
`page:home.CommunityPage`, `page:workflows.ProjectPage versions/`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.urls import URLResolver, get_resolver
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page

NAMED = re.compile(r"<(?:\w+:)?(\w+)>")
SERVE = "wagtail_serve"
NOBODYS = "00000000-0000-0000-0000-000000000001"
# Patterns that stand for many addresses: those behind them have routes or pages of their own.
MANY = ("(?:", ".*")


@dataclass(frozen=True)
class Route:
    """`parameters` are the names of what the pattern asks for, in their order."""

    pattern: str
    name: str
    callback: Callable
    parameters: tuple[str, ...]

    @property
    def is_admin(self) -> bool:
        return self.pattern.startswith("admin/")

    @property
    def is_desk(self) -> bool:
        return self.pattern.startswith("desk/")

    def sample(self) -> str:
        """The path with values of the right shape, of nothing that exists."""
        shapes = {"size": "full", "reference": "A" * 16, "revision_id_a": "live", "old": 1, "new": 1, "key": NOBODYS}
        return self.filled({name: shapes.get(name, 1) for name in self.parameters})

    def filled(self, values: dict[str, object]) -> str:
        """The path with values in the places of the parameters."""
        text = self.pattern.replace(r"\.", ".")
        for parameter in self.parameters:
            text = _replace(text, parameter, str(values[parameter]))
        return "/" + text.replace("^", "").replace("$", "").replace("/?", "/")


@cache
def routes() -> tuple[Route, ...]:
    """All of them but the tree of pages."""
    return tuple(route for route in _walk(get_resolver(), "", ()) if not any(sign in route.pattern for sign in MANY))


@cache
def by_pattern() -> dict[str, Route]:
    return {route.pattern: route for route in routes()}


@cache
def served_pages() -> tuple[str, ...]:
    """`page:…` for every kind of page that can be opened, and for each of its sub-routes."""
    found = []
    for model in apps.get_models():
        if not issubclass(model, Page) or model is Page or model._meta.abstract:
            continue
        found.append(f"page:{model._meta.label}")
        if issubclass(model, RoutablePageMixin):
            found += [f"{found[-1]} {name}" for name in _sub_routes(model)]
    return tuple(found)


def _sub_routes(model) -> list[str]:
    return sorted({pattern.name for pattern in model.get_subpage_urls() if str(pattern.pattern).strip("^$")})


def page_route(request) -> str:
    """Which of `served_pages()` answered a request for the tree, `page:none` where nothing did."""
    found = getattr(request, "_wagtail_route_for_request", None)
    if not found:
        return "page:none"
    label = f"page:{found[0].specific_class._meta.label}"
    match = getattr(request, "routable_resolver_match", None)
    return f"{label} {match.url_name}" if match and match.url_name in _sub_routes(found[0].specific_class) else label


def _walk(resolver, prefix: str, namespaces: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, pattern, (*namespaces, *filter(None, [entry.namespace])))
        else:
            name = ":".join([*namespaces, entry.name or ""])
            yield Route(pattern, name, entry.callback, _parameters(pattern))


def _parameters(pattern: str) -> tuple[str, ...]:
    if "(" not in pattern.replace("(?:", ""):
        return tuple(NAMED.findall(pattern))
    return tuple(found[1] or found[2] for found in re.finditer(r"\(\?P<(\w+)>|<(?:\w+:)?(\w+)>", pattern))


def _replace(text: str, parameter: str, value: str) -> str:
    plain = re.sub(rf"<(?:\w+:)?{parameter}>", lambda _found: value, text, count=1) if "(?P" not in text else text
    if plain != text:
        return plain
    group = text.find(f"(?P<{parameter}>")
    if group < 0:
        return re.sub(rf"<(?:\w+:)?{parameter}>", lambda _found: value, text, count=1)
    depth, end = 0, group
    while True:
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
        if not depth:
            return text[:group] + value + text[end:]
