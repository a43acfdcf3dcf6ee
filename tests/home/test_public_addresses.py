"""What every public page owes its readers, in both languages; the desk in the language that was chosen."""

import gzip
import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup, Comment, Doctype
from django.conf import settings

from community.models import User
from community.personal_numbers import holds_personal_number
from tests.browser.world import build_world
from tests.public_addresses import public_addresses
from tests.worlds import world

pytestmark = pytest.mark.django_db

HAN = re.compile(r"[\u2e80-\u9fff]")
# Words that stand in Latin letters on Chinese pages: names, standards, formats, references, units, and addresses.
WORD = re.compile(r"[A-Za-z]{2,}")
LATIN_IN_CHINESE = {"EN", "Linli", "GB", "WCAG", "AA", "PDF", "Cookie", "IP", "App", "QR", "MB", "KB"}
REFERENCE = re.compile(r"[A-Z]{2,6}-\d{4}-[0-9A-Z]+")
MOST_BYTES = 20_000


@world
def built():
    return build_world()


@pytest.fixture
def pages(client, built):
    """(name and language, language, the document, the answer) of every address in each of its languages."""

    def drawn():
        for address in public_addresses(built):
            for language in address.languages:
                answer = client.get(address.path_in(language))
                assert answer.status_code == address.status, address
                yield f"{address.name} ({language})", address, language, page(answer), answer

    return drawn


def page(answer):
    return BeautifulSoup(answer.content, "html.parser", multi_valued_attributes=None)


def texts(document, *, outside: str = ""):
    """The texts that a reader sees or hears, but for those within elements of another language."""
    for text in document.find_all(string=True):
        if isinstance(text, Comment | Doctype) or not text.strip() or text.find_parent(["script", "style"]):
            continue
        if outside and text.find_parent(lang=outside):
            continue
        yield text.strip()


def spoken(document, *, outside: str):
    """What screen readers say besides: labels and descriptions of pictures."""
    for one in document.select("[aria-label], [alt]"):
        if one.get("lang") != outside and not one.find_parent(lang=outside):
            yield one.get("aria-label") or one.get("alt")


def foreign_to_english(document) -> list[str]:
    found = [*texts(document, outside="zh-Hans"), *spoken(document, outside="zh-Hans")]
    return [text[:60] for text in found if HAN.search(text) and text != "中文"]


def foreign_to_chinese(document) -> list[str]:
    found = []
    for text in [*texts(document, outside="en"), *spoken(document, outside="en")]:
        found += [word for word in WORD.findall(REFERENCE.sub("", text)) if word not in LATIN_IN_CHINESE]
    return found


def test_pages_speak_one_language(pages):
    """Under /en/ what editors wrote is marked as Chinese; on Chinese pages nothing is left in English."""
    found = {}
    for name, _address, language, document, _answer in pages():
        assert document.html["lang"] == ("en" if language == "en" else "zh-Hans")
        found[name] = foreign_to_english(document.body) if language == "en" else foreign_to_chinese(document)
    assert {name: strange for name, strange in found.items() if strange} == {}


@pytest.mark.parametrize(("language", "foreign"), [("zh-hans", foreign_to_chinese), ("en", foreign_to_english)])
def test_the_desk_speaks_the_chosen_language(client, built, language, foreign):
    client.force_login(User.objects.get(username=built.member))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    found = {}
    for name, address in built.desk.items():
        answer = client.get(address)
        if answer.status_code == 200:
            found[name] = foreign(page(answer).body)
    assert len(found) >= 5
    assert {name: strange for name, strange in found.items() if strange} == {}


def faults(document) -> list[str]:
    """What is wrong with the mark-up of a page, in words."""
    headings = [int(heading.name[1]) for heading in document.select("h1, h2, h3, h4, h5, h6")]
    ids = Counter(one["id"] for one in document.select("[id]"))
    labelled = {label.get("for") for label in document.select("label[for]")}
    controls = document.select("input:not([type=hidden]), select, textarea")
    return [
        *(["not one h1"] if headings.count(1) != 1 else []),
        *(f"h{one} then h{two}" for one, two in zip(headings, headings[1:], strict=False) if two > one + 1),
        *(f"id twice: {name}" for name, number in ids.items() if number > 1),
        *(f"no label: {one}" for one in controls if one.get("id") not in labelled and not one.get("aria-label")),
        *(f"no alt: {one}" for one in document.select("img:not([alt])")),
        *(["no skip link"] if not document.select("a.skip[href='#main']") else []),
        *(f"no token: {form}" for form in document.select("form[method=post]") if not form.select("[name$=token]")),
        *(f"inline code: {one}" for one in document.select("[style], style, script:not([src])")),
        *(f"handler: {one}" for one in document.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs))),
        *(f"elsewhere: {one}" for one in document.select("[src*='//'], link[rel=stylesheet][href*='//']")),
        *(["no phone number"] if not document.select("a[href^='tel:']") else []),
        *(["a phone or identity number"] if holds_personal_number(document.get_text(" ")) else []),
    ]  # fmt: skip


def test_mark_up_is_in_order(pages):
    found = {name: faults(document) for name, _address, _language, document, _answer in pages()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_titles_tell_pages_apart(pages):
    titles = Counter((language, document.title.text) for _name, _address, language, document, _answer in pages())
    assert [title for title, number in titles.items() if number > 1] == []


def test_pages_can_be_found_shared_and_read_cheaply(pages):
    for name, address, language, document, answer in pages():
        assert len(gzip.compress(answer.content)) <= MOST_BYTES, name
        if address.status != 200 or address.has_form:
            assert document.select("meta[name=robots][content*=noindex]"), name
            continue
        assert "Set-Cookie" not in answer, name
        assert not document.select("form[method=post]"), name
        assert document.select("link[rel=canonical]")[0]["href"].endswith(address.path_in(language)), name
        languages = {one["hreflang"]: one["href"] for one in document.select("link[rel=alternate][hreflang]")}
        assert languages["zh-Hans"].endswith(f"testserver{address.path}"), name
        assert languages["en"].endswith(f"testserver/en{address.path}"), name
        shared = {one["property"]: one["content"] for one in document.select("meta[property^='og:']")}
        assert shared["og:title"], name
        assert shared["og:image"].startswith("http"), name
