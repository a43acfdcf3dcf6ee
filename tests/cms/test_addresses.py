"""What stands beside the pages: the map for search engines, feeds, statements, the sign that the house is shut."""

import xml.etree.ElementTree as ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.templatetags.static import static
from django.utils import translation

from cms import sitemaps
from community.personal_data import HOLDINGS
from tests.factories import pages as make
from tests.worlds import world

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@world
def community():
    return make.community(name="林峰社区")


def locations(answer) -> list[str]:
    assert answer["Content-Type"] == "application/xml"
    return [one.text for one in ElementTree.fromstring(answer.content).iter() if one.tag.endswith("}loc")]


def test_the_map_lists_live_pages_in_both_languages(client, community, monkeypatch):
    monkeypatch.setattr(sitemaps, "PAGES_IN_A_FILE", 2)
    shown, draft = make.notice(community), make.notice(community, live=False)
    files = locations(client.get("/sitemap.xml"))
    listed = [address for file in files for address in locations(client.get(file))]
    assert len(files) > 1
    for address in ("/", community.url, shown.url):
        assert f"http://testserver{address}" in listed
        assert f"http://testserver/en{address}" in listed
    assert f"http://testserver{draft.url}" not in listed
    assert len(listed) == len(set(listed))
    assert client.get("/sitemap-999999.xml").status_code == 404


def test_a_file_of_the_map_takes_as_many_statements_however_many_pages(
    client, community, django_assert_max_num_queries
):
    make.notice(community)
    client.get("/")
    number = community.pk // sitemaps.PAGES_IN_A_FILE
    with django_assert_max_num_queries(3):
        client.get(f"/sitemap-{number}.xml")


def test_robots_are_led_to_the_map_and_away_from_receipts(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /f/" in text
    assert client.get("/favicon.ico").headers["Location"] == static("img/favicon.ico")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_notices_can_be_followed(client, community, prefix):
    shown, _draft = make.notice(community, title="停水一天"), make.notice(community, live=False)
    home = BeautifulSoup(client.get(prefix + community.url).content, "html.parser")
    address = home.select("link[type='application/atom+xml'][href*=notices]")[0]["href"]
    assert address.startswith(f"{prefix}/feeds/{community.unit.code}/")
    feed = ElementTree.fromstring(client.get(address).content)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}title").text for entry in entries] == ["停水一天"]
    assert entries[0].find(f"{ATOM}link").get("href").endswith(shown.url)


def test_no_feed_where_no_page_is(client, community):
    assert client.get("/feeds/nowhere/notices.atom").status_code == 404
    assert client.get(f"/feeds/{community.unit.code}/projects.atom").status_code == 200


def test_the_privacy_statement_says_all_that_the_register_says(client):
    sections = BeautifulSoup(client.get("/en/privacy/").content, "html.parser").select("main section")
    with translation.override("en"):
        for holding, section in zip(HOLDINGS, sections, strict=False):
            for part in (holding.what, holding.purpose, holding.basis, holding.kept, holding.seen_by):
                assert str(part) in section.get_text()


def test_every_footer_leads_to_the_statements(client):
    footer = BeautifulSoup(client.get("/en/nothing/").content, "html.parser").select(".footer__links a")
    assert [link["href"] for link in footer] == ["/en/f/", "/en/accessibility/", "/en/privacy/"]


def shut_by_variable(settings):
    settings.LINLI_MAINTENANCE = "1"


def shut_by_file(settings):
    (settings.VAR_DIR / "maintenance").touch()


@pytest.fixture
def opened_again(settings):
    yield
    (settings.VAR_DIR / "maintenance").unlink(missing_ok=True)


@pytest.mark.parametrize("shut", [shut_by_variable, shut_by_file])
def test_a_house_that_is_shut_says_so_without_its_database(client, settings, opened_again, shut, monkeypatch):
    shut(settings)
    monkeypatch.setattr(connection, "cursor", None)
    for address, word in (("/", "维护"), ("/en/privacy/", "looked after"), ("/admin/", "维护"), ("/desk/", "维护")):
        answer = client.get(address)
        assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "600", "no-store")
        assert word in answer.content.decode()
        assert "Content-Security-Policy" in answer
