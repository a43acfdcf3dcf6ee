"""Two administrators at once, and one who presses twice: one community, and a sentence for whoever was slower."""

import uuid
from functools import partial

import pytest
from django.core.management import call_command

from cms.opening import draft as drafts
from cms.opening.slips import invite_first_people
from community.models import CommunityOpening, Event, Invitation, SealedDraft, Unit, User
from community.refusals import ActionRefused
from tests.factories import community as make
from tests.together import together

from .openings import Town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races, pytest.mark.both_engines]


def opened_and_refused(results):
    opened = [one for one in results if isinstance(one, CommunityOpening)]
    refused = [one for one in results if isinstance(one, ActionRefused)]
    assert len(opened) + len(refused) == len(results), results
    return opened, refused


def test_two_administrators_open_the_same_community():
    town = Town()
    second = make.holder(make.Post.ADMINISTRATOR, town.county)
    people = [town.administrator, second]
    opened, refused = opened_and_refused(together(*(partial(town.open, person=person) for person in people)))
    assert (len(opened), len(refused)) == (1, 1)
    assert refused[0].field in ("code", "parent") and str(refused[0])
    assert Unit.objects.filter(name="林峰社区").count() == CommunityOpening.objects.count() == 1
    assert Event.objects.filter(verb="member.register", unit=opened[0].unit).count() == 3
    call_command("verify_history", verbosity=0)


def test_two_towns_open_a_community_under_one_address():
    town = Town()
    neighbour = make.holder(make.Post.ADMINISTRATOR, town.other)
    other = partial(town.open, person=neighbour, parent=town.other.code, name="别的社区", prefix="OT")
    opened, refused = opened_and_refused(together(town.open, other))
    assert (len(opened), [one.field for one in refused]) == (1, ["code"])
    assert Unit.objects.filter(code="linfeng").count() == 1
    call_command("verify_history", verbosity=0)


def test_one_form_sent_twice_at_once():
    town, key = Town(), uuid.uuid4()
    opened, refused = opened_and_refused(together(partial(town.open, key=key), partial(town.open, key=key)))
    assert not refused and len({one.pk for one in opened}) == 1
    assert Unit.objects.filter(code="linfeng").count() == 1
    call_command("verify_history", verbosity=0)


def test_slips_printed_twice_at_once():
    town = Town()
    unit = town.open().unit

    def printed():
        return invite_first_people(make.context(town.administrator), unit=unit)

    results = together(printed, printed)
    assert [len(one) for one in results] == [3, 3]
    assert Invitation.objects.unspent().count() == 3
    call_command("verify_history", verbosity=0)


def test_a_form_begun_in_two_windows_at_once():
    town = Town()
    user = User.objects.get(pk=town.administrator.user_id)

    def answered(name):
        return drafts.keep(user, drafts.read(user) or drafts.begin(user), "name", {"name": name})

    results = together(partial(answered, "东"), partial(answered, "西"))
    assert not [one for one in results if isinstance(one, Exception)]
    assert SealedDraft.objects.count() == 1
    assert drafts.answers_of(drafts.read(user))["name"]["name"] in ("东", "西")
