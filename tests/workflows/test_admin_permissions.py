"""Every address of the renovation admin: which role gets what, at home and next door; references that do not fit."""

import uuid
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.models import User
from community.records import act
from tests.factories import balloting
from tests.factories import community as make
from tests.factories import renovation as build
from tests.worlds import world
from workflows.actions.evidence import enter_evidence
from workflows.actions.objections import enter_objection
from workflows.actions.proposing import keep_photos
from workflows.actions.requests import change_request
from workflows.actions.supervising import write_log
from workflows.actions.wording import propose_wording
from workflows.admin.views import address_of
from workflows.models import PublicityPeriod, Resolution

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

READERS = {"staff", "supervisor", "administrator"}
STAFF = {"staff"}
ADMINISTRATORS = {"administrator"}
# Screen → who may open it where they hold their post. The others are told so (403); next door nothing exists (404).
SCREENS = {
    "inspect": READERS, "rota": READERS, "versions": READERS, "history": READERS, "difference": READERS,
    "evidence": READERS, "edit": STAFF, "photo": STAFF, "reveal": STAFF, "erase": STAFF, "enter": STAFF,
    "confirm": STAFF, "withdraw": STAFF, "objection": STAFF, "objection_answer": STAFF, "round": STAFF, "pledge": STAFF,
    "pledge_confirm": STAFF, "pledge_reverse": STAFF, "plan": STAFF, "explain": STAFF, "wording_apply": STAFF,
    "wording_dismiss": STAFF, "advance": STAFF, "release": STAFF, "neighbours": STAFF, "ballot": READERS,
    **dict.fromkeys(("ballot_new", "ballot_edit", "ballot_papers", "ballot_do"), STAFF),
}  # fmt: skip
LISTS = {
    "renovation:index": READERS, "renovation:index_results": READERS, "renovation:add": STAFF, "pledges:index": READERS,
    "pledges:index_results": READERS, "objections:index": READERS, "objections:index_results": READERS,
    "faults:index": READERS, "faults:index_results": READERS, "site-logs:index": READERS,
    "site-logs:index_results": READERS, "policies:index": READERS, "policies:index_results": READERS,
    "policies:add": ADMINISTRATORS,
}  # fmt: skip
ROLES = {
    "staff": "officer", "supervisor": "inspector", "administrator": "administrator", "editor": "editor",
    "grid_worker": "grid_worker", "committee": "committee_member", "serving": "group_member", "superuser": None,
    "nobody": None,
}  # fmt: skip


class Case:
    """A neighbourhood with one request in the decision and one on the site: a row for every address."""

    def __init__(self):
        self.here = here = build.neighbourhood()
        officer = make.context(here.officer, reason="录入")
        first = build.joint_decision(here)
        self.deciding = change_request(officer, request=first, read_version=1, values={"budget": Decimal("250000")})
        values = {name: getattr(self.deciding, name) for name in ("title", "place", "problem", "plan")}
        build.resolved(here, self.deciding)
        today = timezone.localdate()
        self.period = PublicityPeriod.objects.filter(request=self.deciding).get()
        self.objection = enter_objection(
            officer, publicity=self.period, received_on=self.period.starts_on, channel="door", summary="太吵。"
        )
        self.piece = enter_evidence(
            officer, Resolution, request=self.deciding, paper=build.prepared(),
            values={"meeting": "plenary", "item": "practical", "held_on": today, "place": "会议室", "seats": 3,
                    "attended": 3, "in_favour": 3, "against": 0, "abstained": 0, "text": "同意。"},
        )  # fmt: skip
        self.wording = propose_wording(
            officer, request=self.deciding, read_version=2, values={**values, "title": values["title"] + "吧"}
        )
        with act(officer, "test.photo", here.community) as a:
            self.photo = keep_photos(a, self.deciding, [build.prepared()])[0]
        self.site = build.joint_supervision(here)
        self.log = build.watched(here, self.site)
        write_log(
            make.context(here.group_member), duty_day=self.log.duty_day, submission_key=uuid.uuid4(), weather="clear",
            finding="problem", text="井盖不平。", severity="minor", due_on=today,
        )  # fmt: skip
        self.pledge = self.site.pledges.get()
        self.ballot = balloting.opened(here)

    def further(self) -> dict:
        """Screen → the request that it is opened for, and the rest of its address."""
        deciding, piece, site = self.deciding, ("resolution", self.piece.reference), self.site
        return {
            **dict.fromkeys(
                ("inspect", "rota", "versions", "history", "edit", "photo", "reveal", "erase", "round", "neighbours"),
                (deciding,),
            ),
            "release": (deciding, self.photo.file.reference),
            "difference": (deciding, 1, 2),
            "advance": (deciding, "pause"),
            "enter": (deciding, "resolution"),
            **dict.fromkeys(("evidence", "confirm", "withdraw"), (deciding, *piece)),
            "objection": (deciding, self.period.reference),
            "objection_answer": (deciding, self.objection.reference),
            "wording_apply": (deciding, self.wording.reference),
            "wording_dismiss": (deciding, self.wording.reference),
            "plan": (site,),
            "explain": (site, self.log.duty_day.day.isoformat()),
            "ballot_new": (deciding,),
            **dict.fromkeys(("ballot", "ballot_edit", "ballot_papers"), (self.ballot.request, self.ballot.reference)),
            "ballot_do": (self.ballot.request, self.ballot.reference, "cancel"),
            "pledge": (site,),
            "pledge_confirm": (site, self.pledge.reference),
            "pledge_reverse": (site, self.pledge.reference),
        }


@world
def case():
    return Case()


def signed_in(role: str, unit) -> Client:
    client = Client()
    if role == "superuser":
        client.force_login(User.objects.create_superuser("root", password="!"))
    elif role != "nobody":
        client.force_login(make.holder(ROLES[role], unit).user)
    return client


def answer(client, url, method) -> int:
    response = getattr(client, method)(url)
    if response.status_code == 302 and ("sign-in" in response["Location"] or "/login" in response["Location"]):
        return 401
    if response.status_code == 302 and response["Location"].rstrip("/").endswith("/admin"):
        return 403
    return response.status_code


def enters(role) -> bool:
    """Whether the role opens the admin at all."""
    return role in {"staff", "supervisor", "administrator", "editor", "superuser"}


def test_no_address_is_missing_from_the_matrix():
    from workflows.admin.viewset import SCREENS as routed

    assert set(SCREENS) == set(routed)


@pytest.mark.parametrize("role", ROLES)
def test_each_screen_answers_each_role_at_home_and_next_door(case, role):
    at_home = signed_in(role, case.here.community)
    next_door = signed_in(role, build.neighbourhood(prefix="PA").community) if role != "superuser" else at_home
    cells = 0
    for name, (row, *further) in case.further().items():
        url = address_of(row, name, *further)
        for method in ("get", "post"):
            own, foreign = answer(at_home, url, method), answer(next_door, url, method)
            cells += 2
            if role in SCREENS[name]:
                assert own not in (401, 403, 404, 500), (name, method, own)
            elif role in READERS:
                assert own == 403, (name, method, own)
            else:
                assert own == (404 if enters(role) else own) and own in (401, 403, 404), (name, method, own)
            assert foreign in (401, 403, 404), (name, method, foreign)
            if enters(role):
                assert foreign == 404, (name, method, foreign)
    assert cells == 4 * len(SCREENS)


@pytest.mark.parametrize("role", ROLES)
def test_each_list_answers_each_role(case, role):
    client = signed_in(role, case.here.community)
    for name, allowed in LISTS.items():
        status = answer(client, reverse(name), "get")
        assert (status == 200) == (role in allowed), (name, status)
        if role not in allowed:
            assert status in (401, 403), (name, status)


@pytest.mark.parametrize("name", [name for name in LISTS if name.endswith(":index")])
def test_lists_and_exports_hold_nothing_of_the_neighbours(case, name):
    own = signed_in("staff", case.here.community)
    stranger = signed_in("staff", build.neighbourhood(prefix="PA").community)
    field = "unit" if name.startswith("policies") else "community"
    assert {getattr(row, field) for row in own.get(reverse(name)).context["object_list"]} == {case.here.community}
    shown = stranger.get(reverse(name)).context["object_list"]
    assert case.here.community not in {getattr(row, field) for row in shown}
    exported = [export(client, name) for client in (own, stranger)]
    assert case.here.community.name in exported[0] and case.here.community.name not in exported[1]


def export(client, name) -> str:
    return b"".join(client.get(reverse(name), {"export": "csv"}).streaming_content).decode()


def test_a_permitted_first_reference_opens_no_foreign_second_one(case):
    """Own request in the address, a row of another request (own or foreign community) behind it."""
    staff = signed_in("staff", case.here.community)
    other = build.joint_decision(case.here)
    neighbours = build.neighbourhood(prefix="PA")
    foreign = build.joint_decision(neighbours)
    tried = 0
    for name, (row, *further) in case.further().items():
        if name in ("enter", "advance", "difference") or not further:
            continue
        assert staff.get(address_of(row, name, *further)).status_code == 200, name
        for method in ("get", "post"):
            assert getattr(staff, method)(address_of(other, name, *further)).status_code == 404, name
            assert getattr(staff, method)(address_of(foreign, name, *further)).status_code == 404, name
            tried += 2
    mixed = reverse("renovation:inspect", args=[case.here.community.code, foreign.reference])
    assert staff.get(mixed).status_code == 404
    assert tried == 2 * 2 * 15


def test_references_that_are_none(case):
    staff = signed_in("staff", case.here.community)
    row = case.site
    for name, further in {
        "evidence": ("resolution", "1"), "enter": ("nothing",), "advance": ("reopen_decision",),
        "explain": ("gestern",),
        "wording_apply": ("1",), "difference": (1, 9), "pledge_confirm": (case.pledge.pk,),
    }.items():  # fmt: skip
        assert staff.get(address_of(row, name, *further)).status_code == 404, name


def test_the_menu_shows_what_a_role_may_open(case):
    shown = signed_in("staff", case.here.community).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("renovation:index") in shown and reverse("policies:index") in shown
    editor = signed_in("editor", case.here.community).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("renovation:index") not in editor
