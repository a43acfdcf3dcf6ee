"""Forms that are not sent yet: sealed, opened by their token alone, and kept readable when the master key changes."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from community import drafts, sealed
from community.models import SealedDraft
from community.tokens import token_hash, token_hashes
from tests.factories import community as make

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
COOKIE = "form"


def asking(draft):
    """A request of the browser that keeps the draft."""
    response = HttpResponse()
    drafts.set_cookie(response, COOKIE, draft, secure=True)
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = response.cookies[COOKIE].value
    return request


@pytest.fixture
def place():
    return make.community()


@pytest.fixture
def draft(place):
    return drafts.keep(drafts.Draft(place, {"words": "楼道灯坏了"}))


def test_it_is_found_by_its_token_and_for_its_unit_only(place, draft):
    assert drafts.read(asking(draft), COOKIE, place).data == {"words": "楼道灯坏了"}
    assert drafts.read(asking(draft), COOKIE, make.community(prefix="LF")) is None
    assert drafts.read(RequestFactory().get("/"), COOKIE, place) is None
    assert draft.token not in str(list(SealedDraft.objects.values()))


def test_writing_it_down_again_keeps_one_row_and_gives_it_another_week(place, draft):
    row = SealedDraft.objects.get()
    row.expires_at = timezone.now() + timedelta(hours=1)
    row.save()
    found = drafts.read(asking(draft), COOKIE, place)
    found.data["words"] = "换成声控灯"
    drafts.keep(found)
    assert drafts.read(asking(draft), COOKIE, place).data == {"words": "换成声控灯"}
    assert SealedDraft.objects.get().expires_at > timezone.now() + timedelta(days=6)


def test_it_stays_readable_when_the_master_key_changes(place, draft, settings):
    old, settings.LINLI_MASTER_KEY = bytes.fromhex(settings.LINLI_MASTER_KEY), "11" * 32
    assert drafts.read(asking(draft), COOKIE, place) is None
    assert sealed.rewrap(old, sealed.master_key()) == 1
    assert drafts.read(asking(draft), COOKIE, place).data == {"words": "楼道灯坏了"}


def test_what_was_altered_is_not_read(place, draft):
    row = SealedDraft.objects.get()
    row.ciphertext = bytes(row.ciphertext)[:-1] + b"x"
    row.save()
    assert drafts.read(asking(draft), COOKIE, place) is None


def test_forgotten_when_thrown_away_or_past_its_day(place, draft):
    kept = drafts.keep(drafts.Draft(place, {}))
    drafts.forget(draft)
    assert SealedDraft.objects.get().pk == kept.row.pk
    drafts.keep(kept, kept=timedelta(seconds=-1))
    assert drafts.forget_old_drafts() == 1


def test_tokens_are_kept_as_keyed_hashes(settings):
    first = token_hash("token")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
    assert token_hash("token") != first
    assert first in token_hashes("token")
