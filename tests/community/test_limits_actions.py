"""How often a form may be sent without an account, and the code that a phone reads."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import RequestFactory

from community.limits import HOUR, Limit, TooMany, TrapForm, require_within
from community.qr import QUIET_ZONE, svg
from community.sealed import Contact

LIMIT = Limit(per_address=3, per_unit=5, seconds=HOUR)


class Place:
    code = "unit-1"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def come(address: str, **headers):
    return RequestFactory().post("/", REMOTE_ADDR=address, headers=headers)


def send(times: int, address: str, unit=None, **headers) -> int:
    """How many of so many went through."""
    passed = 0
    for _time in range(times):
        try:
            require_within(LIMIT, "a form", come(address, **headers), unit)
        except TooMany:
            continue
        passed += 1
    return passed


def test_one_address_is_stopped_and_the_next_is_not():
    assert send(10, "192.0.2.1") == 3
    assert send(10, "192.0.2.2") == 3


def test_a_unit_has_its_own_bound():
    assert send(3, "192.0.2.1", Place) + send(3, "192.0.2.2", Place) == 5


def test_a_made_up_forwarding_does_not_help(monkeypatch):
    monkeypatch.setattr(settings, "LINLI_PROXIES", 1)
    spoofed = [send(1, "10.0.0.1", **{"X-Forwarded-For": f"203.0.113.{n}, 192.0.2.9"}) for n in range(100)]
    assert sum(spoofed) == 3


def test_one_connection_has_many_addresses_of_the_newer_kind():
    """A household gets 2^64 of them: they count as one."""
    assert sum(send(1, f"2001:db8:1:2::{n:x}") for n in range(10)) == 3
    assert send(1, "2001:db8:1:3::1") == 1


def test_no_address_stands_in_the_cache():
    send(1, "192.0.2.1")
    kept = b"".join(path.read_bytes() for path in Path(settings.CACHES["default"]["LOCATION"]).rglob("*.djcache"))
    assert kept
    assert b"192.0.2.1" not in kept


@pytest.mark.parametrize(("typed", "trapped"), [("", False), ("https://example.com", True)])
def test_programs_fill_in_what_people_never_see(typed, trapped):
    assert TrapForm({"website": typed}).is_trapped is trapped


def test_a_code_is_drawn_as_segno_lays_it_out():
    """Every dark module is drawn once, and no light one."""
    import segno

    drawn = set()
    for x, y, run in re.findall(r"M(\d+) (\d+)\.5h(\d+)", svg("https://linli.example/f/abc/", "查进度 <1>")):
        drawn |= {(int(x) + step - QUIET_ZONE, int(y) - QUIET_ZONE) for step in range(int(run))}
    matrix = segno.make("https://linli.example/f/abc/", error="m", micro=False).matrix
    assert drawn == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert "查进度 &lt;1&gt;" in svg("https://linli.example/f/abc/", "查进度 <1>")


def test_an_address_for_mail_is_masked():
    assert Contact(email="wang@example.com").masked_email == "w***@example.com"
