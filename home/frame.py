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
    """`links` holds (label, address). An empty text shows nothing, not even its label."""

    phone: str
    hours: str = ""
    address: str = ""
    organisation: str = ""
    links: list = field(default_factory=list)


@dataclass(frozen=True)
class Frame:
    """Everything that base.html needs to know."""

    language: str
    size: str
    demo: bool
    masthead: Masthead
    footer: Footer
    canonical: str
    language_links: list
    size_link: tuple


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


def size_choice(size: str, path: str) -> tuple:
    """(label, address) of the switch to the other text size; empty where the address is not known."""
    label, target = (gettext("Normal text"), "m") if size else (gettext("Large text"), "l")
    try:
        return label, reverse("size", args=[target]) + "?" + urlencode({"next": path})
    except NoReverseMatch:
        return ()


def frame_of(context) -> Frame:
    """The frame of a page from its template context."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    size = request.COOKIES.get(SIZE_COOKIE, "") if request else ""
    size = size if size in SIZES else ""
    links = context.get("language_links")
    return Frame(
        language="zh-Hans" if (get_language() or "zh").startswith("zh") else "en",
        size=size,
        demo=context.get("demo", settings.LINLI_DEMO_ALLOWED),
        masthead=given(context.get("masthead"), Masthead, name=gettext("Linli")),
        footer=given(context.get("footer"), Footer, phone=settings.LINLI_PHONE),
        canonical=context.get("canonical") or (request.build_absolute_uri(request.path) if request else ""),
        language_links=other_languages(path) if links is None and request else links or [],
        size_link=size_choice(size, path) if request else (),
    )
