"""The sample district: loads once, reads true, shows every page, and has something on every desk.

Rows of the mechanisms that it proves: 29 and 30 (trees of five and four levels), 46 to 50, 52, 54.
"""

import json
import re
import stat
from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from cms.demo import finding
from cms.demo.people import PEOPLE, SHORT
from cms.demo.receipts import PROPOSALS, code_of
from cms.demo.sign_ins import SHOWN, sign_ins_path
from community.grants import grants_of
from community.models import Event, Home, Member, Unit, User
from community.personal_numbers import holds_personal_number
from community.roles import Role
from home.models import NoticePage
from services.models import ServiceMenuPage, ServicePage
from tests.worlds import world
from workflows.models import (
    ApprovalStep,
    DutyDay,
    Fault,
    Objection,
    OwnersVote,
    Pledge,
    ProjectPage,
    SharedResult,
    SiteLog,
)
from workflows.rules.codes import shown

PASSWORD = "demo-for-the-tests"


@pytest.fixture(autouse=True)
def demo_password(monkeypatch):
    """The one under which the district was loaded; what the loading looked up is forgotten with it."""
    monkeypatch.setenv("DEMO_PASSWORD", PASSWORD)
    yield
    finding.forget()


@world
def district():
    """The whole district."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DEMO_PASSWORD", PASSWORD)
        call_command("load_demo", verbosity=0)


def rows_of_everything():
    """Of every model with a table: a part of Wagtail that is not installed registers one without, once imported."""
    tables = set(connection.introspection.table_names())
    models = [model for model in apps.get_models() if model._meta.db_table in tables]
    assert {User, Event} <= set(models)
    return {model._meta.label: model._base_manager.count() for model in models}


def test_a_second_load_changes_nothing(district):
    before, newest = rows_of_everything(), Event.objects.order_by("recorded_at").last().pk
    passwords = dict(User.objects.values_list("username", "password"))
    call_command("load_demo", verbosity=0)
    assert rows_of_everything() == before
    assert Event.objects.order_by("recorded_at").last().pk == newest
    assert dict(User.objects.values_list("username", "password")) == passwords


def test_every_row_fits_and_time_runs_forward(district):
    call_command("verify_history", verbosity=0)
    for chain in Unit.objects.all():
        moments = list(Event.objects.filter(unit=chain).order_by("sequence").values_list("recorded_at", flat=True))
        assert moments == sorted(moments)
    assert not Event.objects.filter(recorded_at__gt=timezone.now()).exists()


STATES = {
    "road": "closed", "office": "shared_result", "lift": "co_construction", "square": "joint_supervision",
    "channel": "joint_decision", "lamps": "joint_decision", "pipe": "joint_decision", "shed": "submitted",
    "stairs": "returned", "hall-light": "submitted", "downpipe": "returned", "flower-bed": "withdrawn",
    "roof-garden": "declined", "entrance-seat": "joint_decision",
}  # fmt: skip


def test_each_case_stands_where_it_should(district):
    assert {name: finding.request(name).state for name in STATES} == STATES


def test_receipts_of_residents_open_their_proposals(district, client):
    """Their codes stand in the owner's file and on no page."""
    listed = sign_ins_path().read_text(encoding="utf-8")
    pages = "".join(client.get(address).content.decode() for address in public_addresses())
    for name in PROPOSALS:
        code = shown(code_of(name))
        assert code in listed
        assert code not in pages
        assert code_of(name) not in pages
        page = client.get(f"/f/{code_of(name)}/")
        assert finding.request(name).reference in page.content.decode()
    assert finding.request("hall-light").cosignatures.count() == 2


def test_the_road(district):
    """148 m, decided twice, a slip of the pen corrected, a month of works with every day accounted for."""
    road = finding.request("road")
    assert (road.measure, road.measure_unit, road.version, road.substance_version) == (148, "m", 4, 3)
    assert list(road.approval_rounds.order_by("number").values_list("state", flat=True)) == ["void", "passed"]
    assert "人行到" not in road.plan
    days = DutyDay.objects.filter(request=road)
    assert days.count() == 33
    assert days.exclude(no_log="").count() == 4
    assert SiteLog.objects.filter(request=road).values("duty_day").distinct().count() == 29
    assert road.faults.get().state == "closed"
    assert road.history.earliest("history_date").history_date.date() == date(2020, 7, 30)
    result = SharedResult.objects.get(request=road)
    assert result.is_confirmed
    assert result.before_photo.sha256 != result.after_photo.sha256


def test_the_lift(district):
    """The vote counts the homes of the building as they are entered, on rebuilding, and passes."""
    lift = finding.request("lift")
    vote = OwnersVote.objects.get(request=lift)
    homes = Home.objects.filter(community=lift.community)
    assert (vote.matter, vote.owners_total, vote.owners_taking_part, vote.owners_agreeing) == ("rebuilding", 14, 13, 11)
    assert vote.area_total_centi == sum(homes.values_list("floor_area_centi", flat=True))
    assert Pledge.objects.filter(request=lift, source="subsidy", confirmation__isnull=False).exists()


def test_the_square(district):
    """286,000 after 240,000; logs up to yesterday, one fault open, somebody on duty today."""
    square = finding.request("square")
    assert [row.budget for row in square.history.order_by("history_id").distinct()][0] == 240_000
    assert square.budget == 286_000
    assert SiteLog.objects.filter(request=square).count() >= 14
    assert Fault.objects.filter(request=square).unfinished().count() == 1
    today = DutyDay.objects.get(request=square, day=timezone.localdate())
    assert today.assignments.filter(is_active=True).count() == 2
    assert not today.logs.exists()


def test_the_channel(district):
    """Two bodies agreed, the third is asked and has time."""
    steps = ApprovalStep.objects.filter(round__request=finding.request("channel")).order_by("order")
    assert [step.state for step in steps] == ["passed", "passed", "open"]
    assert [step.unit.kind for step in steps] == ["grid", "community", "street"]
    assert steps[2].due_at > timezone.now()


def test_the_office_block(district):
    office = finding.request("office")
    assert "20%" in office.evaluation_set.get().text
    assert not SharedResult.objects.get(request=office).is_confirmed


def test_an_objection_is_open_while_it_is_on_display(district):
    objection = Objection.objects.get(request=finding.request("lamps"))
    assert objection.is_open
    assert objection.publicity.starts_on <= timezone.localdate() <= objection.publicity.ends_on


def test_trees_of_four_and_five_levels(district):
    def kinds(code):
        unit = finding.unit(code)
        return [*unit.get_ancestors().values_list("kind", flat=True), unit.kind]

    assert kinds("linfeng-household") == ["district", "town", "community", "grid", "courtyard", "household"]
    assert kinds("yunjian-household")[2:] == ["community", "estate", "building_group", "household"]


@pytest.mark.parametrize("code", SHORT)
def test_every_community_has_all_seven_roles_and_a_menu(district, code):
    unit = finding.unit(code)
    users = User.objects.filter(member__appointments__unit__path__startswith=unit.path)
    assert {role for user in users for role in grants_of(user).roles} == set(Role)
    menu = ServiceMenuPage.objects.descendant_of(Page.objects.get(slug=code)).get()
    assert ServicePage.objects.child_of(menu).live().count() >= 8


def test_notices_in_several_communities(district):
    live = NoticePage.objects.live()
    assert live.count() >= 8
    assert len({page.get_parent().get_parent().slug for page in live}) == len(SHORT)


def test_an_account_reads_as_a_post(district):
    """No person's name: each member is called by place and post."""
    assert all("·" in name for name in Member.objects.values_list("name", flat=True))


def test_nothing_was_published_by_its_author(district):
    published = Event.objects.filter(verb="page.publish")
    assert published.count() > 60
    for event in published:
        assert event.actor_id not in json.loads(event.body)["notes"]["authors"]


def public_addresses():
    for page in Page.objects.live().filter(depth__gt=1).specific():
        yield page.url
        if isinstance(page, ProjectPage):
            yield from (f"{page.url}versions/", f"{page.url}log/")
            last = page.request.version
            yield from (f"{page.url}versions/{old}-{old + 1}/" for old in range(1, last))


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_public_page_opens_and_names_nobody(district, client, language):
    names = [person.name for person in PEOPLE]
    for address in public_addresses():
        answer = client.get(f"{language}{address}")
        assert answer.status_code == 200, address
        text = re.sub(r"<[^>]+>", " ", answer.content.decode())
        assert not holds_personal_number(text), address
        assert not [name for name in names if name in text], address
        assert ("示例数据" if not language else "Sample data") in text, address


def test_the_listed_accounts_sign_in_and_find_their_work(district, client):
    text = sign_ins_path().read_text(encoding="utf-8")
    assert stat.S_IMODE(sign_ins_path().stat().st_mode) == 0o600
    assert PASSWORD in text
    for username, role in SHOWN:
        assert username in text
        assert client.login(username=username, password=PASSWORD)
        assert role in grants_of(User.objects.get(username=username)).roles
    assert client.login(username="superuser", password=PASSWORD)


@pytest.mark.parametrize(
    ("username", "waiting"),
    [
        ("baota-committee-1", "疏通一建巷排洪渠"),
        ("keyuan-committee-1", "同意在东门路装 6 盏路灯吗？"),
        ("linfeng-leader", "平安小区群众活动广场"),
        ("linfeng-grid", "平安小区群众活动广场"),
        ("xinjing-secretary", "商务楼楼道和经营秩序整治"),
    ],
)
def test_something_waits_on_every_desk(district, client, username, waiting):
    client.force_login(User.objects.get(username=username))
    assert waiting in client.get("/desk/").content.decode()
