"""A request from proposal to closed case, by two persons of the staff through the client; bodies decide by action."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.roles import Post
from tests.factories import renovation as build
from workflows.admin.views import address_of
from workflows.models import ApprovalRound, DutyDay, Objection, Pledge, RenovationRequest
from workflows.rules.stages import State

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def desk(here):
    """Two signed-in persons of the staff."""
    first, second = Client(), Client()
    first.force_login(here.officer.user)
    second.force_login(here.secretary.user)
    return first, second


def post(client, row, name, *further, **data):
    """Post a form of a request, as somebody does who has just opened it."""
    url = address_of(row, name, *further)
    assert client.get(url).status_code == 200
    response = client.post(url, data)
    if response.status_code != 302:
        form = response.context["form"]
        raise AssertionError((url, response.status_code, form.errors, getattr(response.context["view"], "missing", "")))
    row.refresh_from_db()


def enter(desk, row, kind, **values):
    """One enters, the other confirms; whoever entered finds no button and is refused when they post all the same."""
    first, second = desk
    post(first, row, "enter", kind, paper=build.picture(), **values)
    piece = getattr(row, f"{kind}_set").first()
    at = (kind, piece.reference)
    confirm = address_of(row, "confirm", *at)
    assert confirm not in first.get(address_of(row)).content.decode()
    refused = first.post(confirm, {})
    assert refused.status_code == 422 and "这是您本人录入的" in refused.content.decode()
    post(second, row, "confirm", *at)
    piece.refresh_from_db()
    assert piece.is_confirmed
    return piece


def day(offset: int) -> str:
    return (TODAY() + timedelta(days=offset)).isoformat()


def propose(here, client) -> RenovationRequest:
    carried = client.get(reverse("renovation:add")).context["form"]["carried"].value()
    data = {
        "carried": carried, "confirmed": "spoken",
        "submission_key": str(uuid.uuid4()), "unit": here.grid.pk, "title": "修一段路", "place": "1 号楼东侧",
        "category": "basic", "problem": "路面破损多年。", "plan": "铺设雨水管。", "measure": "148", "measure_unit": "m",
        "budget": "240000", "channel": "door", "photo": build.picture(), "photo_caption": "东侧路面",
    }  # fmt: skip
    assert client.post(reverse("renovation:add"), data).status_code == 302
    return RenovationRequest.objects.get()


def decide_together(here, desk, row):
    first, second = desk
    enter(desk, row, "resolution", meeting="plenary", item="practical", held_on=day(-9), place="会议室", seats="9",
          attended="7", in_favour="7", against="0", abstained="0", text="同意修路。")  # fmt: skip
    enter(desk, row, "matterfinding", matter="use_of_fund", ground="动用维修资金。")
    enter(desk, row, "ownersvote", matter="use_of_fund", scope="estate", scope_name="科苑小区", opened_on=day(-9),
          closed_on=day(-2), owners_total="90", area_total="8950.50", owners_taking_part="70",
          area_taking_part="7000.25", owners_agreeing="60", area_agreeing="6000")  # fmt: skip
    period = enter(desk, row, "publicityperiod", starts_on=day(-8), ends_on=day(-1), place="公告栏")
    post(first, row, "objection", period.reference, received_on=day(-3), channel="door", summary="担心施工噪音。",
         words="吵死了", contact_phone="13800001234")  # fmt: skip
    assert "1" in str(first.get(address_of(row)).context["next_gate"][1])
    objection = Objection.objects.get()
    post(second, row, "objection_answer", objection.reference, answer="夜间不施工。")
    post(first, row, "round", question="同意修这段路吗？")
    build.approve(here, ApprovalRound.objects.get())
    post(second, row, "advance", "open_co_construction")


def build_together(here, desk, row):
    first, second = desk
    post(first, row, "pledge", source="unit", partner=here.partner.pk, label="示例研究所", amount="200000",
         pledged_on=day(0), paper=build.picture())  # fmt: skip
    wrong = Pledge.objects.get()
    post(second, row, "pledge_confirm", wrong.reference)
    post(first, row, "pledge_reverse", wrong.reference, on=day(0), reason="金额写错")
    post(first, row, "pledge", source="unit", partner=here.partner.pk, label="示例研究所", amount="240000",
         pledged_on=day(0), paper=build.picture())  # fmt: skip
    for line in Pledge.objects.filter(confirmation=None):
        post(second, row, "pledge_confirm", line.reference)
    enter(desk, row, "partnercommitment", partner=here.partner.pk, brings="雨水管")
    enter(desk, row, "worksplan", contractor=here.partner.pk, starts_on=day(-2), ends_on=day(30))
    post(first, row, "plan", first=day(-2), last=day(-1), members=[here.group_member.pk])
    post(second, row, "advance", "start_works")


def supervise_and_evaluate(here, desk, row):
    first, second = desk
    assert DutyDay.objects.count() == 2
    build.watched(here, row)
    post(first, row, "explain", day(-2), no_log="weather", explanation="大雨停工。")
    enter(desk, row, "acceptance", accepted_on=day(0), result="accepted", present="书记、网格员", text="符合方案。")
    post(second, row, "advance", "accept_works")
    post(second, row, "advance", "back_to_works", remedies="井盖不平\n路沿缺一块", reason="居民反映")
    assert [remedy.text for remedy in row.remedies.all()] == ["井盖不平", "路沿缺一块"]
    enter(desk, row, "acceptance", accepted_on=day(0), result="accepted", present="书记", text="已整改。")
    post(second, row, "advance", "accept_works")
    enter(desk, row, "evaluation", held_on=day(0), asked="60", satisfied="50", fair="5", unsatisfied="1",
          committee_score="92", text="好走了。")  # fmt: skip
    post(second, row, "advance", "publish_result")
    enter(desk, row, "sharedresult", final_cost="236500", upkeep=here.partner.pk, warranty_until=day(730),
          inspection_months="6", summary="修好了。",
          before_photo=build.picture(), after_photo=build.picture())  # fmt: skip
    post(first, row, "advance", "close")


def test_from_proposal_to_closed_case(here, desk):
    row = propose(here, desk[0])
    own = desk[0].post(address_of(row, "advance", "accept"), {})
    assert own.status_code == 422 and "您自己的申请" in own.content.decode()
    post(desk[1], row, "advance", "accept")
    decide_together(here, desk, row)
    build_together(here, desk, row)
    supervise_and_evaluate(here, desk, row)
    assert row.state == State.CLOSED
    story(desk[0], row, here.officer)


def story(client, row, officer):
    """The history tells everything that was done, newest first, with post and name."""
    chapters, number = [], 1
    while True:
        shown = client.get(address_of(row, "history"), {"p": number})
        chapters += shown.context["chapters"]
        if not shown.context["page_obj"].has_next():
            break
        number += 1
    moments = [chapter.recorded_at for chapter in chapters]
    assert moments == sorted(moments, reverse=True)
    told = {part.kind for chapter in chapters for part in chapter.parts}
    assert {"改造申请", "决议", "业主表决", "异议", "决定", "出资承诺", "巡查日志", "值班日", "验收", "评议"} <= told
    assert all(chapter.who and "." not in chapter.what for chapter in chapters)
    reversal = next(chapter for chapter in chapters if chapter.reason == "金额写错")
    assert reversal.who == f"{Post.OFFICER.label} {officer.name}"
    text = "".join(str(chapter) for chapter in chapters)
    assert "13800001234" not in text and "吵死了" not in text
