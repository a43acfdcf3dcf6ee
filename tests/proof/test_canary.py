"""What residents say of themselves stands nowhere but sealed: no page, log, mail, task, session, event or history."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from community.models import SealedContent
from community.notifications.delivery import pass_on, send_due
from community.sealed import unseal
from tests.engines import tries
from tests.proof.canaries import (
    PEOPLE,
    Sender,
    as_read,
    everything_logged,
    found_in,
    kept_in_clear,
    signed_in,
    through_every_form,
)
from tests.proof.crawl import body, crawl
from tests.proof.places import ROLES, two_places
from tests.worlds import world

pytestmark = pytest.mark.django_db


@world
def places():
    return two_places()


@world
def left(places):
    return through_every_form(places["own"], Sender())


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Photos that wait for the end of a form; and somebody who would get mails about errors."""
    settings.VAR_DIR = tmp_path
    settings.ADMINS = settings.MANAGERS = [("builder", "builder@example.org")]


def mails() -> str:
    """Everything of the mails but whom they go to."""
    noon = timezone.localtime().replace(hour=12) + timedelta(days=1)
    pass_on(now=noon)
    send_due(now=noon + timedelta(hours=1))
    return "".join(f"{one.subject}{one.body}{one.extra_headers}" for one in mail.outbox)


def test_every_form_seals_what_people_say_of_themselves(places):
    with everything_logged() as lines:
        through_every_form(places["own"], Sender())
    assert kept_in_clear() == {}
    assert [line for line in lines if found_in(line)] == []
    assert found_in(mails()) == set()
    assert mail.outbox
    sealed = b"".join(filter(None, (unseal(content.stub) for content in SealedContent.objects.select_related("stub"))))
    through = {one.phone for one in PEOPLE} - {PEOPLE[number].phone for number in (1, 10, 11)}
    assert {value for value in found_in(sealed.decode()) if value.isdigit()} == through


@pytest.mark.parametrize("role", ROLES)
def test_no_page_shows_it(places, left, role):
    """Neither to colleagues, who see it masked until they say why they need it, nor next door, nor to everybody."""
    at = [places["own"].community.code, left.request.reference]
    starts = [
        *left.addresses, *(f"/en{one}" for one in left.addresses if one.startswith("/f/")), "/", "/desk/",
        *(reverse(f"renovation:{name}", args=at) for name in ("inspect", "history", "versions", "edit", "reveal")),
        *(reverse(f"desk-{name}", args=at) for name in ("request", "versions", "sign")),
        reverse("renovation:index"), reverse("members:index"), reverse("imports:index"), "/desk/messages/",
        f"{reverse('renovation:index')}?export=csv", f"{reverse('members:index')}?export=xlsx",
        f"{reverse('imports:export')}?kind=members&unit={places['own'].community.pk}&form=csv",
        *(f"/admin/{room}/?q={PEOPLE[0].phone}" for room in ("renovation", "members", "pages/search", "images")),
    ]  # fmt: skip
    shown = {}
    for place in ("own", "neighbour"):
        client = signed_in(places[place], role)
        client.raise_request_exception = False
        for address in opened_from(client, starts):
            answer = client.get(address)
            found = found_in(as_read(answer, body(answer)).replace(asked_for(address), ""))
            if found:
                shown[f"{place} {address}"] = found
    assert shown == {}


def opened_from(client, starts) -> list[str]:
    """The starts; where the whole is asked for, all that can be reached from them."""
    return list(crawl(client, *starts).answers) if tries(0, thorough=1) else starts


def asked_for(address: str) -> str:
    """What somebody typed into a search comes back to them alone."""
    return address.partition("?q=")[2] or "\0"


def test_what_went_wrong_says_nothing_of_them(places):
    """Each form is sent to a database that takes nothing before it is sent in earnest."""
    sender = Sender(broken=True)
    with everything_logged() as lines:
        through_every_form(places["own"], sender)
    assert sender.failures >= 20
    assert "database or disk is full" in "".join(lines)
    assert [line for line in lines if found_in(line)] == []
    assert sender.spilt == []
    assert found_in(mails()) == set()
    assert kept_in_clear() == {}
