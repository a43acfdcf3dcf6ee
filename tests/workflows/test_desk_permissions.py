"""Who may open what on the desk: every address, every role, in the own community and in the neighbour's."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from community.actions.people import end_appointment
from community.models import Appointment, Event
from community.roles import Post
from tests.factories import balloting
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.workflows.desk import address_of, signed_in, text
from tests.worlds import world
from workflows.actions.objections import enter_objection
from workflows.actions.requests import change_request
from workflows.actions.supervising import plan_duty, write_log
from workflows.models import Fault, MatterFinding, Objection, PublicityPeriod

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

VIEWERS = {"officer", "grid_worker", "committee", "grid_committee", "supervisor", "administrator"}
STAFF, WATCHERS = {"officer"}, {"officer", "grid_worker", "group_member"}
ROLES = [*sorted(VIEWERS), "group_member", "editor"]

# Address → who may open it; the rest do not find it, or (REFUSED) are told that it is not theirs.
ALLOWED = {
    "desk-request": VIEWERS,
    "desk-versions": VIEWERS,
    "desk-difference": VIEWERS,
    "desk-decide": {"grid_committee"},
    "desk-decide-check": {"grid_committee"},
    "desk-decide-submit": {"grid_committee"},
    "desk-second-look": STAFF,
    "desk-objection": STAFF,
    "desk-site": WATCHERS,
    "desk-explain": WATCHERS,
    "desk-fault": VIEWERS | {"group_member"},
    "desk-propose-in": {"officer", "grid_worker"},
    "desk-sign": {"officer", "grid_worker"},
    "desk-ballot": {"officer", "grid_worker"},
    "desk-paper-enter": {"officer", "grid_worker"},
    "desk-paper-lost": {"officer", "grid_worker"},
    "desk-paper": {"officer", "grid_worker"},
}
REFUSED = {"desk-site": VIEWERS - WATCHERS, "desk-explain": VIEWERS - WATCHERS}
FOR_ALL = ("desk", "desk-duty", "desk-password", "desk-messages", "desk-messages-ways")
# One's own messages only: whose they are is tested with them.
OWN = {"desk-messages-read", "desk-messages-test", "desk-message-open"}
ONLY_POST = ("desk-decide-check", "desk-decide-submit")
ONLY_GET = ("desk-request", "desk-versions", "desk-difference", "desk-decide", "desk-ballot")


class Desk:
    """A neighbourhood with something at every address of the desk."""

    def __init__(self, prefix: str):
        self.here = here = factory.neighbourhood(prefix=prefix)
        street = here.community.get_parent()
        self.people = {
            "officer": here.officer,
            "grid_worker": here.grid_worker,
            "group_member": here.group_member,
            "editor": here.editor,
            "committee": here.committee[0],
            "grid_committee": here.grid_committee[0],
            "supervisor": make.holder(Post.STREET_SUPERVISOR, street),
            "administrator": make.holder(Post.ADMINISTRATOR, street),
        }
        self.deciding = self.request_being_decided()
        self.works = factory.joint_supervision(here)
        self.fault = self.fault_found()
        self.ballot = balloting.opened(here)
        self.paper_vote = balloting.entered(here, self.ballot, 1)

    def request_being_decided(self):
        here, today = self.here, timezone.localdate()
        request = change_request(
            make.context(here.officer), request=factory.joint_decision(here), read_version=1, values={"budget": 250000}
        )
        self.round = factory.asked(here, request)
        self.step = self.round.steps.get(state="open")
        self.finding = factory.enter_evidence(
            make.context(here.secretary), MatterFinding, request=request, paper=factory.prepared(),
            values={"matter": "none", "ground": "公共道路"},
        )  # fmt: skip
        period = factory.confirmed(here, request, PublicityPeriod, {
            "starts_on": today - timedelta(days=2), "ends_on": today + timedelta(days=5), "place": "公告栏",
        })  # fmt: skip
        self.objection = enter_objection(
            make.context(here.secretary), publicity=period, received_on=today, channel="door", summary="施工太吵。"
        )
        return request

    def fault_found(self) -> Fault:
        here, today = self.here, timezone.localdate()
        day = plan_duty(make.context(here.officer), request=self.works, day=today, members=[here.group_member])
        write_log(
            make.context(here.group_member), duty_day=day, submission_key=self.works.submission_key,
            weather="clear", finding="problem", text="井盖松动。", severity="minor", due_on=today,
        )  # fmt: skip
        return Fault.objects.get(request=self.works)

    def parts(self, name: str) -> list:
        """The parts of an address: the community, the request, and what belongs to the request."""
        deciding, works = address_of(self.deciding), address_of(self.works)
        ballot = [*address_of(self.ballot.request), self.ballot.reference]
        return {
            "desk-request": deciding,
            "desk-versions": deciding,
            "desk-difference": [*deciding, 1, 2],
            "desk-decide": [*deciding, self.step.reference],
            "desk-decide-check": [*deciding, self.step.reference],
            "desk-decide-submit": [*deciding, self.step.reference],
            "desk-second-look": [*deciding, "matterfinding", self.finding.reference],
            "desk-objection": [*deciding, self.objection.reference],
            "desk-site": works,
            "desk-explain": [*works, f"{timezone.localdate():%Y-%m-%d}"],
            "desk-fault": [*works, self.fault.reference],
            "desk-propose-in": works[:1],
            "desk-sign": deciding,
            **dict.fromkeys(("desk-ballot", "desk-paper-enter", "desk-paper-lost"), ballot),
            "desk-paper": [*ballot, self.paper_vote.reference],
        }[name]


@world
def own():
    return Desk("KY")


@world
def neighbour(own):
    return Desk("LF")


def statuses(client, target: str, name: str) -> list[int]:
    """What opening and sending nothing answer, each where the address takes it."""
    opened = [] if name in ONLY_POST else [client.get(target).status_code]
    return opened if name in ONLY_GET else [*opened, client.post(target, {}).status_code]


def expected(name: str, role: str) -> int:
    """200 where the role may, else why not."""
    if role in ALLOWED[name]:
        return 200
    return 403 if role in REFUSED.get(name, ()) else 404


def test_every_address_of_the_desk_is_in_the_table():
    def names(resolver):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from names(pattern)
            elif str(pattern.name).startswith("desk"):
                yield pattern.name

    assert set(names(get_resolver())) == {*ALLOWED, *FOR_ALL, *OWN, "desk-propose", "desk-language"}


def test_every_role_at_every_address_in_both_communities(own, neighbour):
    clients = {role: signed_in(person) for role, person in own.people.items()}
    cells = 0
    for name in ALLOWED:
        for place in (own, neighbour):
            target = reverse(name, args=place.parts(name))
            for role, client in clients.items():
                wanted = expected(name, role) if place is own else 404
                # Nothing sent is never accepted: the form comes back, or the page says that something changed.
                allowed = {wanted} if wanted != 200 else {200, 302, 409, 422}
                for status in statuses(client, target, name):
                    assert status in allowed, (name, role, "own" if place is own else "neighbour", status)
                    cells += 1
    for name in FOR_ALL:
        for role, client in clients.items():
            assert client.get(reverse(name)).status_code == 200, (name, role)
            cells += 1
    tried = 2 * len(ALLOWED) - len(ONLY_POST) - len(ONLY_GET)
    assert cells == 2 * len(ROLES) * tried + len(FOR_ALL) * len(ROLES)


def test_only_those_who_enter_proposals_are_led_to_the_form(own):
    for role, person in own.people.items():
        status = signed_in(person).get(reverse("desk-propose")).status_code
        assert status == (302 if role in ALLOWED["desk-propose-in"] else 403), role


def test_a_foreign_second_part_is_not_found_though_the_first_is_permitted(own, neighbour):
    """Each address with several parts: every part but the first taken from next door, one and all."""
    everyone = {role: signed_in(person) for role, person in own.people.items()}
    events, tried = Event.objects.count(), 0
    for name in ALLOWED:
        mine, theirs = own.parts(name), neighbour.parts(name)
        for place in range(1, len(mine)):
            if mine[place] == theirs[place]:
                continue  # a number, a day or a kind of evidence belongs to nobody
            for mixed in (mine[:place] + theirs[place:], [*mine[:place], theirs[place], *mine[place + 1 :]]):
                for client in everyone.values():
                    for status in statuses(client, reverse(name, args=mixed), name):
                        assert status == 404, (name, mixed)
                        tried += 1
    assert Event.objects.count() == events
    assert tried >= 200, tried


def test_a_second_request_of_the_same_community_does_not_lend_its_parts(own):
    """The fault, the step and the objection of one request under the address of another."""
    officer = signed_in(own.here.officer)
    deciding, works = address_of(own.deciding), address_of(own.works)
    for name, parts in (
        ("desk-fault", [*deciding, own.fault.reference]),
        ("desk-objection", [*works, own.objection.reference]),
        ("desk-second-look", [*works, "matterfinding", own.finding.reference]),
        ("desk-second-look", [*deciding, "resolution", own.finding.reference]),
        ("desk-second-look", [*deciding, "wording", own.finding.reference]),
        ("desk-second-look", [*deciding, "user", own.finding.reference]),
        ("desk-explain", [*deciding, "2026-01-01"]),
        ("desk-explain", [*works, "someday"]),
    ):
        assert statuses(officer, reverse(name, args=parts), name) == [404, 404], (name, parts)
    member = signed_in(own.people["grid_committee"])
    assert member.get(reverse("desk-decide", args=[*works, own.step.reference])).status_code == 404


def test_strangers_are_asked_to_sign_in_and_come_back(own):
    for name in ALLOWED:
        target = reverse(name, args=own.parts(name))
        answer = Client().post(target) if name in ONLY_POST else Client().get(target)
        assert answer.status_code == 302, name
        assert answer.url.startswith("/sign-in/?next=/desk/"), name


def test_whoever_holds_no_post_any_more_is_told_so_on_the_next_request(own):
    client = signed_in(own.people["grid_committee"])
    assert client.get("/desk/").status_code == 200
    end_appointment(
        make.SYSTEM, appointment=Appointment.objects.get(member=own.people["grid_committee"]), on=timezone.localdate()
    )
    for target in ("/desk/", reverse("desk-decide", args=own.parts("desk-decide"))):
        answer = client.get(target)
        assert answer.status_code == 403
        assert "You hold no post at present." in text(answer)


def test_a_superuser_without_a_post_opens_nothing(own):
    person = make.member(unit=own.here.community)
    person.user.is_superuser = True
    person.user.save()
    client = signed_in(person)
    for name in ALLOWED:
        assert set(statuses(client, reverse(name, args=own.parts(name)), name)) == {403}, name


def test_no_screen_of_the_desk_is_kept_found_or_scripted(own):
    client = signed_in(own.here.officer)
    pages = [reverse(name, args=own.parts(name)) for name in ALLOWED if "officer" in ALLOWED[name]]
    for target in [*pages, "/desk/", "/desk/duty/"]:
        answer = client.get(target)
        assert answer.status_code == 200, target
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert b"<script" not in answer.content
        assert b'content="noindex"' in answer.content


@pytest.mark.parametrize(("language", "lang"), [("zh-hans", "zh-Hans"), ("en", "en")])
def test_every_screen_is_drawn_in_both_languages(own, language, lang):
    for person, names in (
        (own.here.officer, [name for name in ALLOWED if "officer" in ALLOWED[name]]),
        (own.people["grid_committee"], ["desk-decide"]),
    ):
        client = signed_in(person, language)
        for name in names:
            page = client.get(reverse(name, args=own.parts(name)))
            assert page.status_code == 200, name
            assert f'<html lang="{lang}"'.encode() in page.content
    assert own.deciding.version == 2
    assert Objection.objects.count() == 1


def test_the_language_is_ones_own_choice(own):
    client = signed_in(own.here.officer)
    answer = client.get("/desk/language/zh-hans/?next=/desk/duty/")
    assert (answer.status_code, answer.url) == (302, "/desk/duty/")
    assert b'<html lang="zh-Hans"' in client.get("/desk/").content
    assert client.get("/desk/language/en/?next=https://elsewhere.example/").url == "/desk/"
    assert client.get("/desk/language/tlh/").status_code == 404
