"""The staff's pages of a request, through the client: list, proposal, overview, transitions, content."""

import io
import uuid

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from community.models import Channel, Event, SealedContent
from tests.factories import community as make
from tests.factories import renovation as build
from workflows.actions.requests import change_request
from workflows.admin.views import address_of
from workflows.models import Receipt, RenovationRequest, WordingChange
from workflows.rules.stages import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, here):
    client.force_login(here.officer.user)
    return here.officer


def page(client, row, name="inspect", *further) -> str:
    response = client.get(address_of(row, name, *further))
    assert response.status_code == 200
    return response.content.decode()


def proposal(client, here, **changes):
    """What a browser sends: the hidden fields as the form had them, and what was typed."""
    carried = client.get(reverse("renovation:add")).context["form"]["carried"].value()
    return {
        "carried": carried, "confirmed": "spoken",
        "submission_key": str(uuid.uuid4()), "unit": here.grid.pk, "title": "修一段路", "place": "1 号楼东侧",
        "category": "basic", "problem": "路面破损多年。", "plan": "铺设雨水管。", "measure": "148", "measure_unit": "m",
        "budget": "240000", "channel": "door", "contact_name": "张三", "contact_phone": "13800001234",
        "words": "我家门口的路坏了。", "photo": build.picture(), "photo_caption": "东侧路面", **changes,
    }  # fmt: skip


def test_staff_propose_for_somebody_and_the_persons_words_are_sealed(client, here, staff):
    response = client.post(reverse("renovation:add"), proposal(client, here))
    row = RenovationRequest.objects.get()
    assert response.status_code == 302
    slip = client.get(response["Location"]).content.decode()
    assert row.reference in slip and 'class="qr"' in slip
    assert row.intake.confirmed == "spoken"
    assert "张**" in Client().get(response["Location"].replace("slip/", "")).content.decode()
    assert (row.channel, row.photos.count(), row.substance_by) == (Channel.DOOR, 1, staff)
    assert SealedContent.objects.count() == 2
    shown = page(client, row)
    assert "张**" in shown and "138****1234" in shown
    assert "13800001234" not in shown and "我家门口" not in shown


def test_a_second_press_of_the_button_makes_no_second_proposal(client, here, staff):
    data = proposal(client, here)
    client.post(reverse("renovation:add"), data)
    client.post(reverse("renovation:add"), {**data, "photo": build.picture()})
    assert RenovationRequest.objects.count() == Receipt.objects.count() == 1


def test_staff_read_back_what_they_heard(client, here, staff):
    response = client.post(reverse("renovation:add"), proposal(client, here, confirmed=""))
    assert response.context["form"].errors["confirmed"]
    assert not RenovationRequest.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [("budget", "二十万"), ("title", ""), ("problem", "打电话 13800001234"), ("heard_at", "2999-01-01 10:00")],
)
def test_what_is_wrong_with_a_proposal_stands_beside_its_field(client, here, staff, field, typed):
    response = client.post(reverse("renovation:add"), proposal(client, here, **{field: typed}))
    assert response.status_code in (200, 422)
    assert response.context["form"].errors[field]
    assert "1 号楼东侧" in response.content.decode()
    assert not RenovationRequest.objects.exists()


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_its_page(client, here, staff, state):
    row = build.in_state(here, state)
    for name in ("inspect", "rota", "versions", "history"):
        assert row.title in page(client, row, name)


def test_history_speaks(client, here, staff):
    row = build.closed(here)
    shown = page(client, row, "history")
    assert "evidence.enter" not in shown


def test_what_is_missing_stands_on_the_page_and_the_button_waits(client, here, staff):
    row = build.joint_decision(here)
    context = client.get(address_of(row)).context
    assert len(context["next_gate"][1]) == 4
    onward = context["buttons"][0]
    assert onward.leads_on and onward.missing == context["next_gate"][1]
    response = client.post(address_of(row, "advance", "open_co_construction"), {})
    assert response.status_code == 422
    for sentence in onward.missing:
        assert sentence in response.content.decode()
    row.refresh_from_db()
    assert row.state == State.JOINT_DECISION


def test_a_reason_is_asked_for_where_the_table_wants_one(client, here, staff):
    row = build.joint_decision(here)
    url = address_of(row, "advance", "pause")
    refused = client.post(url, {"reason": ""})
    assert refused.context["form"].errors["reason"]
    assert client.post(url, {"reason": "汛期停工"}).status_code == 302
    row.refresh_from_db()
    assert row.state == State.PAUSED
    assert Event.objects.get(verb="renovation.pause").reason == "汛期停工"


def test_merging_offers_the_open_requests_of_the_community_only(client, here, staff):
    row, other, ended = (
        build.submitted(here),
        build.submitted(here, title="同一段路"),
        build.in_state(here, State.DECLINED),
    )
    foreign = build.submitted(build.neighbourhood(prefix="PA"))
    url = address_of(row, "advance", "merge")
    shown = client.get(url).content.decode()
    assert other.reference in shown
    assert ended.reference not in shown and foreign.reference not in shown
    for wrong in (foreign, ended, row):
        response = client.post(url, {"merge_into": wrong.reference, "reason": "重复"})
        assert response.context["form"].errors["merge_into"]
        assert "重复" in response.content.decode()
    assert client.post(url, {"merge_into": other.reference, "reason": "重复"}).status_code == 302
    row.refresh_from_db()
    assert row.merged_into == other
    assert other.reference in page(client, row)


def content(row, **changes):
    kept = {name: getattr(row, name) for name in build.CONTENT}
    return {**kept, "unit": row.unit_id, "read_version": row.version, **changes}


def test_a_change_in_between_answers_409_with_the_difference_and_keeps_what_was_typed(client, here, staff):
    row = build.submitted(here)
    url = address_of(row, "edit")
    assert "1" in client.get(url).content.decode()
    changed = change_request(
        make.context(here.secretary), request=row, read_version=1, values={"plan": "铺设雨水管，新建人行道和花坛。"}
    )
    response = client.post(url, content(row, title="修三百米路"))
    shown = response.content.decode()
    assert response.status_code == 409
    assert "修三百米路" in shown and "<ins>" in shown and "花坛" in shown
    assert f'name="read_version" value="{changed.version}"' in shown
    row.refresh_from_db()
    assert (row.version, row.title) == (2, "修一段路")
    assert client.post(url, content(row, title="修三百米路")).status_code == 302
    row.refresh_from_db()
    assert (row.version, row.title) == (3, "修三百米路")


@pytest.mark.parametrize("read", ["", "x", "9" * 40, "0"])
def test_a_version_that_is_none_is_a_conflict_and_no_fault_of_the_server(client, here, staff, read):
    row = build.submitted(here)
    assert client.post(address_of(row, "edit"), content(row, title="别的", read_version=read)).status_code == 409


def test_a_slip_of_the_pen_needs_a_second_person(client, here, staff):
    row = build.joint_decision(here)
    data = content(row, title="修一段路面", only_wording="on")
    assert client.post(address_of(row, "edit"), data).status_code == 302
    waiting = WordingChange.objects.get()
    apply = address_of(row, "wording_apply", waiting.reference)
    assert apply not in page(client, row)
    assert client.post(apply, {}).status_code == 422
    client.force_login(here.secretary.user)
    assert apply in page(client, row)
    assert "<ins>" in client.get(apply).content.decode()
    assert client.post(apply, {}).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.version, row.substance_version) == ("修一段路面", 2, 1)


def test_what_is_more_than_wording_is_refused_with_its_reason(client, here, staff):
    row = build.joint_decision(here)
    response = client.post(address_of(row, "edit"), content(row, title="修两条很长的新路", only_wording="on"))
    assert response.status_code == 422
    assert "修两条很长的新路" in response.content.decode()
    assert not WordingChange.objects.exists()


def test_a_contact_is_shown_once_with_a_reason_and_that_is_recorded(client, here, staff):
    client.post(reverse("renovation:add"), proposal(client, here))
    row = RenovationRequest.objects.get()
    url = address_of(row, "reveal")
    assert client.post(url, {"reason": ""}).context["form"].errors["reason"]
    response = client.post(url, {"reason": "约时间看现场"})
    assert "13800001234" in response.content.decode() and "我家门口" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert Event.objects.get(verb="renovation.reveal").reason == "约时间看现场"
    told = page(client, row, "history")
    assert "约时间看现场" in told and "13800001234" not in told


def test_a_contact_is_erased_with_a_reason_and_the_history_stays_valid(client, here, staff):
    client.post(reverse("renovation:add"), proposal(client, here))
    row = RenovationRequest.objects.get()
    url = address_of(row, "erase")
    assert client.post(url, {"whose": ["proposer"], "reason": ""}).context["form"].errors["reason"]
    assert client.post(url, {"whose": ["proposer"], "reason": "本人要求删除"}).status_code == 302
    assert not SealedContent.objects.exists()
    assert "已依法删除" in page(client, row)
    assert "本人要求删除" in page(client, row, "history")
    call_command("verify_history", stdout=io.StringIO())
    again = client.post(url, {"whose": ["proposer"], "reason": "再来一次"})
    assert again.context["form"].errors["whose"]


def test_the_list_filters_searches_and_shows_what_is_due(client, here, staff):
    asked = build.joint_decision(here)
    build.resolved(here, asked)
    build.asked(here, asked)
    other = build.submitted(here, title="换路灯", category="improving")
    found = {
        "stage=joint_decision": {asked}, "stage=proposal": {other}, "state=submitted": {other},
        "category=improving": {other}, "due=week": {asked}, "due=late": set(), "due=any": {asked}, "q=路灯": {other},
        f"q={asked.reference}": {asked}, f"community={here.community.pk}": {asked, other},
    }  # fmt: skip
    for query, wanted in found.items():
        shown = client.get(f"{reverse('renovation:index')}?{query}").context["object_list"]
        assert set(shown) == wanted, query


def test_an_export_is_data_and_no_formula(client, here, staff):
    row = build.submitted(here, title="=HYPERLINK(1)", place="@东侧")
    rows = b"".join(client.get(reverse("renovation:index"), {"export": "csv"}).streaming_content).decode()
    assert row.reference in rows and "'=HYPERLINK(1)" in rows and "'@东侧" in rows
    assert "240000.00" in rows
    assert client.get(reverse("renovation:index"), {"export": "xlsx"}).status_code == 200


def statements(client, most_statements, url) -> int:
    with most_statements(200) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_list_costs_the_same_however_many_requests_there_are(client, here, staff, django_assert_max_num_queries):
    for _number in range(2):
        build.submitted(here)
    client.get(reverse("renovation:index"))
    few = statements(client, django_assert_max_num_queries, reverse("renovation:index"))
    for _number in range(8):
        build.submitted(here)
    assert statements(client, django_assert_max_num_queries, reverse("renovation:index")) == few, few
    assert few <= LIST_BUDGET


def test_the_pages_cost_the_same_however_many_versions_there_are(client, here, staff, django_assert_max_num_queries):
    row = build.joint_supervision(here)
    names = ("inspect", "rota", "versions", "history")
    for name in names:  # what is read once per process is in memory
        client.get(address_of(row, name))
    few = {name: statements(client, django_assert_max_num_queries, address_of(row, name)) for name in names}
    for number in range(12):
        row = change_request(
            make.context(here.officer), request=row, read_version=row.version, values={"budget": 250000 + number}
        )
    many = {name: statements(client, django_assert_max_num_queries, address_of(row, name)) for name in names}
    assert many["inspect"] <= few["inspect"] and many["versions"] == few["versions"] and many["rota"] <= few["rota"]
    assert all(many[name] <= PAGE_BUDGETS[name] and few[name] <= PAGE_BUDGETS[name] for name in names)


LIST_BUDGET = 15
PAGE_BUDGETS = {"inspect": 46, "rota": 16, "versions": 17, "history": 50}
