"""What stands around every page: masthead, navigation, footer, language, text size.

A page names what it knows in its context; all else has a default that needs neither a database nor a request,
so that error pages stand on their own.
"""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language, gettext

SIZE_COOKIE = "size"
SIZES = ("l", "xl")


@dataclass(frozen=True)
class Masthead:
    """`nav` holds (label, address, is this the current page) for each entry."""

    name: str
    subtitle: str = ""
    home_url: str = "/"
    nav: list = field(default_factory=list)


@dataclass(frozen=True)
class Footer:
    """`links` holds (label, address), `details` (label, text, address or ""). What is empty shows nothing, not even
    its label."""

    phone: str
    hours: str = ""
    address: str = ""
    organisation: str = ""
    links: list = field(default_factory=list)
    details: list = field(default_factory=list)


@dataclass(frozen=True)
class Frame:
    """Everything that base.html needs to know."""

    language: str
    size: str
    demo: bool
    masthead: Masthead
    footer: Footer
    canonical: str
    alternates: list
    language_links: list
    sizes: list
    larger: tuple


def given(value, kind, **defaults):
    """The caller's mapping or object as `kind`, with defaults for what it leaves out or leaves empty."""
    if isinstance(value, kind):
        return value
    known = value or {}
    return kind(**{**defaults, **{key: known[key] for key in kind.__dataclass_fields__ if known.get(key)}})


def other_languages(path: str) -> list:
    """(code, label, address) of this page in every other language; empty where addresses carry none."""
    links = [(code, label, translate_url(path, code)) for code, label in (("zh-hans", "中文"), ("en", "EN"))]
    return [link for link in links if link[0] != get_language() and link[2] != path]


def alternates(request, links: list) -> list:
    """(language, full address) of this page in each language, for search engines; empty where it has one only."""
    if not links:
        return []
    languages = (("zh-Hans", "zh-hans"), ("en", "en"))
    addresses = [(tag, request.build_absolute_uri(translate_url(request.path, code))) for tag, code in languages]
    return [*addresses, ("x-default", addresses[0][1])]


def size_choices(size: str, path: str) -> list:
    """(label, address, is it the present one) of the three text sizes; empty where the addresses are not known."""
    labels = (("m", gettext("Normal text")), ("l", gettext("Large text")), ("xl", gettext("Largest text")))
    try:
        return [
            (label, reverse("size", args=[key]) + "?" + urlencode({"next": path}), key == (size or "m"))
            for key, label in labels
        ]
    except NoReverseMatch:
        return []


def next_size(sizes: list) -> tuple:
    """Of the three sizes the one after the present one, the first after the last."""
    present = next((place for place, (_label, _address, current) in enumerate(sizes) if current), 0)
    return sizes[(present + 1) % len(sizes)] if sizes else ()


def statements() -> list:
    """(label, address) of what every footer leads to."""
    names = {
        "follow": gettext("How far is my proposal?"),
        "accessibility": gettext("Accessibility"),
        "privacy": gettext("Privacy"),
    }
    try:
        return [(label, reverse(name)) for name, label in names.items()]
    except NoReverseMatch:
        return []


def frame_of(context) -> Frame:
    """The frame of a page from its template context."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    size = request.COOKIES.get(SIZE_COOKIE, "") if request else ""
    size = size if size in SIZES else ""
    links = context.get("language_links")
    others = other_languages(path) if request else []
    sizes = size_choices(size, path) if request else []
    return Frame(
        language="zh-Hans" if (get_language() or "zh").startswith("zh") else "en",
        size=size,
        demo=context.get("demo", settings.LINLI_DEMO_ALLOWED),
        masthead=given(context.get("masthead"), Masthead, name=gettext("Linli")),
        footer=given(context.get("footer"), Footer, phone=settings.LINLI_PHONE, links=statements()),
        canonical=context.get("canonical") or (request.build_absolute_uri(request.path) if request else ""),
        alternates=alternates(request, others),
        language_links=others if links is None else links,
        sizes=sizes,
        larger=next_size(sizes),
    )
