"""From a slip of paper to a password of one's own: no mail, no password that anybody else knows."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from cms.logs import mask
from community.actions.invitations import find_invitation, invite, use_invitation
from community.actions.people import appoint, end_appointment, register_member
from community.invitation_codes import code_hash, grouped, new_code, normal
from community.models import Event, Invitation, User
from community.passwords import is_guessable
from community.records import Context
from community.refusals import ActionRefused, NotAllowed
from tests.factories import community as make
from tests.together import together
from tests.worlds import world

pytestmark = pytest.mark.django_db
GOOD = "梧桐树下的长椅子"


@world
def place():
    return make.community(name="科苑社区")


@world
def member(place):
    person = register_member(make.SYSTEM, unit=place, name="李梅")
    appoint(make.SYSTEM, member=person, unit=place, post=make.Post.COMMITTEE_MEMBER, starts_on=make.LONG_AGO)
    return person


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def officer(place):
    return make.holder(make.Post.OFFICER, place, name="王干事")


def slip_of(client, officer, member, **typed):
    """The slip as it comes from the printer, and the code on it."""
    client.force_login(User.objects.get(pk=officer.user_id))
    typed = {"username": "limei", "paper": "a6", "reason": "新任委员", **typed}
    answer = client.post(reverse("members:slip", args=[member.reference]), typed)
    assert answer.status_code == 200, answer.context["form"].errors
    client.logout()
    return answer, re.search(r'class="slip__code">([^<]+)<', answer.content.decode())[1]


def issued(member, by=None, **details):
    return invite(make.context(by) if by else make.SYSTEM, member=member, **details)


def choose(client, code, password=GOOD, again=None):
    address = reverse("invited", args=[code.replace("-", "")])
    return client.post(address, {"password": password, "again": password if again is None else again})


def test_from_the_slip_to_the_first_sign_in(client, officer, member):
    answer, code = slip_of(client, officer, member)
    text = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "委员" in text and "科苑社区" in text and "<svg" in text
    assert "李梅" not in text and "limei" not in text  # slips lie on tables
    typed = client.post(reverse("invitation"), {"code": code.lower().replace("-", " ")})
    page = client.get(typed.url)
    assert "limei" in page.content.decode() and "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    done = choose(client, code)
    assert done.status_code == 200 and "limei" in done.content.decode()
    assert "_auth_user_id" not in client.session
    signed_in = client.post(reverse("sign-in"), {"username": "limei", "password": GOOD})
    assert (signed_in.status_code, signed_in.url) == (302, "/desk/")


def test_no_event_and_no_history_holds_the_code_or_its_hash(client, officer, member):
    _answer, code = slip_of(client, officer, member)
    choose(client, code)
    bare = code.replace("-", "")
    told = Event.objects.filter(verb__startswith="invitation.")
    assert list(told.order_by("sequence").values_list("verb", flat=True)) == ["invitation.issue", "invitation.use"]
    assert told.get(verb="invitation.issue").actor_id == officer.user_id
    assert told.get(verb="invitation.use").actor == User.objects.get(username="limei")
    for secret in (code, bare, code_hash(bare), GOOD):
        assert not Event.objects.filter(body__contains=secret).exists()
    assert not hasattr(Invitation.history.first(), "token_hash")
    assert Invitation.objects.get().token_hash == code_hash(bare)


def test_a_code_works_once(client, member):
    _invitation, code = issued(member, username="limei")
    assert choose(client, code).status_code == 200
    again = choose(client, code, "另一个好长的密码")
    assert again.status_code == 410
    assert User.objects.get(username="limei").check_password(GOOD)


def test_a_later_slip_ends_the_earlier(client, member):
    _first, old = issued(member, username="limei")
    member.refresh_from_db()
    _second, new = issued(member)
    assert choose(client, old).status_code == 410
    assert choose(client, new).status_code == 200


def test_a_slip_is_revoked(client, officer, member):
    _answer, code = slip_of(client, officer, member)
    client.force_login(User.objects.get(pk=officer.user_id))
    shown = client.get(reverse("members:inspect", args=[member.reference])).content.decode()
    assert reverse("members:revoke-slip", args=[member.reference]) in shown and code not in shown
    revoke = reverse("members:revoke-slip", args=[member.reference])
    assert client.post(revoke, {"reason": "纸条丢了"}).status_code == 302
    assert client.post(revoke, {"reason": "再来一次"}).status_code == 422
    assert choose(client, code).status_code == 410
    assert not User.objects.get(username="limei").has_usable_password()


@pytest.mark.parametrize(("has_come", "lasts"), [(False, timedelta(days=14)), (True, timedelta(hours=24))])
def test_a_first_slip_lasts_two_weeks_and_a_new_password_a_day(client, member, has_come, lasts):
    invitation, code = issued(member, username="limei")
    if has_come:
        choose(client, code)
        member.refresh_from_db()
        invitation, code = issued(member)
    assert invitation.expires_at - invitation.issued_at == lasts
    long_ago = Context(user=None, now=timezone.now() - lasts - timedelta(seconds=1))
    member.refresh_from_db()
    _late, code = invite(long_ago, member=member)
    assert choose(client, code, "又一个好长好长的密码").status_code == 410


def test_a_new_password_ends_open_sessions(client, place):
    person = make.holder(make.Post.EDITOR, place)
    person.user.set_password("以前的一个密码")
    person.user.save()
    theirs = type(client)()
    theirs.force_login(User.objects.get(pk=person.user_id))
    person.refresh_from_db()
    _invitation, code = issued(person)
    assert theirs.get("/admin/").status_code == 200
    assert choose(client, code).status_code == 200
    assert theirs.get("/admin/").status_code == 302


WEAK = ["13812340000", "a13812340000", "woaini1314", "WoAiNi520", "zhongguo88", "19680512", "li19680512", "88888888"]


@pytest.mark.parametrize("password", [*WEAK, "123", "limei", "密码"])
def test_an_easy_password_is_refused_beside_its_field(client, member, password):
    _invitation, code = issued(member, username="limei")
    answer = choose(client, code, password)
    assert answer.status_code == 422
    assert answer.context["form"].errors["password"]
    assert "value=" not in str(answer.context["form"]["password"])
    assert not User.objects.get(username="limei").has_usable_password()
    assert choose(client, code).status_code == 200  # the code is still good


@pytest.mark.parametrize("password", [GOOD, "correct horse battery", "kezhan-2026-lin", "雨天3把伞2只猫"])
def test_a_good_password_is_taken(password):
    assert not is_guessable(password)


def test_two_different_passwords_are_said(client, member):
    _invitation, code = issued(member, username="limei")
    answer = choose(client, code, again="不一样的密码")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["again"])


def test_what_is_typed_is_read_kindly():
    code = new_code()
    assert len(code) == 12
    assert normal(grouped(code).lower()) == normal(f" {grouped(code)} ".replace("-", "－")) == code
    assert normal("short") == normal("K0HMP2RT9WXY") == normal("") == ""


@pytest.mark.parametrize("typed", ["K7HM-P2RT-9WXY", "', OR 1=1", "邻里", "%00", "x" * 41])
def test_a_wrong_code_gets_a_sentence(client, typed):
    answer = client.post(reverse("invitation"), {"code": typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors["code"]


def test_guessing_by_hand_is_slowed_down(client, member):
    _invitation, code = issued(member, username="limei")
    answers = [client.post(reverse("invitation"), {"code": new_code()}).status_code for _time in range(13)]
    assert answers == [422] * 12 + [429]
    assert client.post(reverse("invitation"), {"code": code}).status_code == 429  # right or wrong: the same answer


def test_guessing_by_links_is_slowed_down(client):
    answers = [client.get(reverse("invited", args=[new_code()])).status_code for _time in range(41)]
    assert answers == [410] * 40 + [429]


@pytest.mark.parametrize(
    "line", ["GET /invite/{}/ 200", "/size/l/?next=%2Finvite%2F{}%2F", "Referer: http://x/invite/{}/"]
)
def test_the_code_is_masked_in_logs(line):
    code = new_code()
    assert code not in mask(line.format(code))


def test_opening_the_link_spends_nothing(client, member):
    _invitation, code = issued(member, username="limei")
    for _time in range(3):
        assert client.get(reverse("invited", args=[code])).status_code == 200
        assert client.head(reverse("invited", args=[code])).status_code == 200
    assert choose(client, code).status_code == 200


# Who may: nobody invites into a place or a post beyond their own.


@world
def neighbour(place):
    return make.community(parent=place.get_parent(), name="邻社区")


@pytest.mark.parametrize("post", [make.Post.OFFICER, make.Post.ADMINISTRATOR])
@pytest.mark.parametrize("where", ["own", "neighbour"])
@pytest.mark.parametrize("target", [make.Post.VOLUNTEER, make.Post.OFFICER, make.Post.ADMINISTRATOR])
def test_who_invites_whom(place, neighbour, post, where, target):
    actor = make.holder(post, place)
    person = make.holder(target, place if where == "own" else neighbour)
    may = where == "own" and (post == make.Post.ADMINISTRATOR or target != make.Post.ADMINISTRATOR)
    if may:
        assert issued(person, by=actor)[0].issued_by_id == actor.user_id
    else:
        with pytest.raises(NotAllowed):
            issued(person, by=actor)
        assert not Invitation.objects.filter(member=person).exists()


@pytest.mark.parametrize("post", [make.Post.EDITOR, make.Post.STREET_SUPERVISOR, make.Post.COMMITTEE_MEMBER])
def test_others_invite_nobody(place, member, post):
    with pytest.raises(NotAllowed):
        issued(member, by=make.holder(post, place), username="limei")


def test_a_slip_opens_no_post_that_was_given_later(client, place, officer):
    """Who keeps a slip must not come into an account that has become more than they could give."""
    person = make.holder(make.Post.VOLUNTEER, place)
    _invitation, code = issued(person, by=officer)
    appoint(make.SYSTEM, member=person, unit=place, post=make.Post.ADMINISTRATOR, starts_on=make.LONG_AGO)
    assert choose(client, code).status_code == 410


def test_a_slip_ends_with_the_post_of_whoever_made_it(client, place, officer):
    person = register_member(make.SYSTEM, unit=place, name="新人")
    _invitation, code = issued(person, by=officer, username="newcomer")
    assert client.get(reverse("invited", args=[code])).status_code == 200
    end_appointment(make.SYSTEM, appointment=officer.appointments.get(), on=timezone.localdate())
    assert choose(client, code).status_code == 410


def test_a_closed_account_gets_no_slip_and_uses_none(client, officer, member):
    _invitation, code = issued(member, username="limei")
    User.objects.filter(username="limei").update(is_active=False)
    assert choose(client, code).status_code == 410
    member.refresh_from_db()
    with pytest.raises(ActionRefused):
        issued(member)


@pytest.mark.parametrize(("typed", "field"), [({"username": ""}, "username"), ({"username": "x"}, "username")])
def test_a_sign_in_name_is_asked_once(client, officer, member, typed, field):
    client.force_login(User.objects.get(pk=officer.user_id))
    address = reverse("members:slip", args=[member.reference])
    answer = client.post(address, {"paper": "a4", "reason": "新任", **typed})
    assert answer.context["form"].errors[field]
    slip_of(client, officer, member)
    client.force_login(User.objects.get(pk=officer.user_id))
    assert "username" not in client.get(address).context["form"].fields


@pytest.mark.races
@pytest.mark.both_engines
@pytest.mark.django_db(transaction=True)
def test_two_at_once_use_a_code_once():
    place = make.community()
    person = register_member(make.SYSTEM, unit=place, name="新人")
    for _round in range(5):
        _invitation, code = invite(make.SYSTEM, member=person, username="newcomer")
        person.refresh_from_db()

        def use(password, code=code):
            return use_invitation(Context(), invitation=find_invitation(code), password=password)

        results = together(lambda: use("第一个人选的密码"), lambda: use("第二个人选的密码"))
        refused = [one for one in results if isinstance(one, ActionRefused)]
        assert len(refused) == 1, results
    assert Event.objects.filter(verb="invitation.use").count() == 5
