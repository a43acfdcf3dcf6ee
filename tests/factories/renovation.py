"""A neighbourhood with its people, and requests in every state, all made through the actions."""

import io
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from community.models import Channel, Home, Member, Partner, Unit
from community.photos import prepare_photo
from community.roles import Post
from workflows.actions.approvals import open_round, publish_policy, take_decision
from workflows.actions.evidence import confirm_evidence, enter_evidence
from workflows.actions.funding import confirm_pledge, enter_pledge
from workflows.actions.requests import advance, propose
from workflows.actions.supervising import plan_duty, write_log
from workflows.models import (
    Acceptance,
    ApprovalRound,
    Evaluation,
    MatterFinding,
    PartnerCommitment,
    PublicityPeriod,
    RenovationRequest,
    Resolution,
    Seat,
    SharedResult,
    WorksPlan,
)  # fmt: skip
from workflows.rules.stages import State

from . import community as make

COMMITTEE_STEP = {
    "unit_kind": Unit.Kind.COMMUNITY, "posts": [Post.COMMITTEE_MEMBER], "min_taking_part": 3, "min_approvals": 2,
    "days": 5,
}  # fmt: skip
GRID_STEP = {**COMMITTEE_STEP, "unit_kind": Unit.Kind.GRID, "min_taking_part": 2}


def picture(colour="#7a9", size=(64, 48)) -> SimpleUploadedFile:
    """An uploaded photo."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return SimpleUploadedFile("photo.jpg", buffer.getvalue(), content_type="image/jpeg")


def prepared():
    return prepare_photo(picture())


@dataclass
class Neighbourhood:
    """A community with a grid, its staff, two bodies of committee members and a policy that asks both."""

    community: Unit
    grid: Unit
    officer: Member
    secretary: Member
    grid_worker: Member
    group_member: Member
    editor: Member
    committee: list[Member] = field(default_factory=list)
    grid_committee: list[Member] = field(default_factory=list)
    partner: Partner | None = None
    home: Home | None = None

    def body_of(self, unit: Unit) -> list[Member]:
        return self.grid_committee if unit == self.grid else self.committee


def neighbourhood(*, prefix="KY", parent=None, name=None) -> Neighbourhood:
    community = make.community(prefix=prefix, parent=parent, name=name)
    grid = make.unit(Unit.Kind.GRID, parent=community)
    here = Neighbourhood(
        community=community,
        grid=grid,
        officer=make.holder(Post.OFFICER, community),
        secretary=make.holder(Post.SECRETARY, community),
        grid_worker=make.holder(Post.GRID_WORKER, grid),
        group_member=make.holder(Post.GROUP_MEMBER, grid),
        editor=make.holder(Post.EDITOR, community),
        committee=[make.holder(Post.COMMITTEE_MEMBER, community) for _ in range(5)],
        grid_committee=[make.holder(Post.COMMITTEE_MEMBER, grid) for _ in range(3)],
        partner=make.save(Partner(community=community, name="示例研究所", kind="school"), community),
    )
    publish_policy(make.SYSTEM, unit=community, name="两级审批", steps=[GRID_STEP, COMMITTEE_STEP])
    return here


CONTENT = {
    "title": "修一段路",
    "place": "1 号楼东侧",
    "category": "basic",
    "problem": "路面破损多年，雨天积水，老人行走不便。",
    "plan": "铺设雨水管，新建人行道。",
    "measure": Decimal("148.00"),
    "measure_unit": "m",
    "budget": Decimal("240000.00"),
}


def submitted(here: Neighbourhood, **values) -> RenovationRequest:
    """A complete proposal, entered by the grid worker."""
    return propose(
        make.context(here.grid_worker, channel=Channel.DOOR),
        community=here.community,
        unit=here.grid,
        submission_key=uuid.uuid4(),
        values={**CONTENT, **values},
        photos=[(prepared(), "before", "东侧路面")],
    )


def confirmed(here: Neighbourhood, request, model, values, **options):
    """Evidence entered by the officer and confirmed by the secretary."""
    row = enter_evidence(make.context(here.officer), model, request=request, values=values, paper=prepared(), **options)
    return confirm_evidence(make.context(here.secretary), evidence=row)


def joint_decision(here: Neighbourhood, **values) -> RenovationRequest:
    return advance(make.context(here.officer), request=submitted(here, **values), event="accept")


def resolved(here: Neighbourhood, request) -> None:
    """Resolution, no owners' vote needed, a publicity period that is over."""
    today = timezone.localdate()
    confirmed(here, request, Resolution, {
        "meeting": "plenary", "item": "practical", "held_on": today - timedelta(days=9), "place": "社区会议室",
        "seats": 9, "attended": 7, "in_favour": 7, "against": 0, "abstained": 0, "text": "同意修路。",
    })  # fmt: skip
    confirmed(here, request, MatterFinding, {"matter": "none", "ground": "公共道路，不涉及业主共有部分。"})
    confirmed(here, request, PublicityPeriod, {
        "starts_on": today - timedelta(days=8), "ends_on": today - timedelta(days=1), "place": "公告栏",
    })  # fmt: skip


def asked(here: Neighbourhood, request) -> ApprovalRound:
    return open_round(make.context(here.officer), request=request, question="同意修这段路吗？")


def decide_as(member: Member, round_: ApprovalRound, choice="agree", reason="", read_version=None):
    """The member decides in their own seat of the open step."""
    seat = Seat.objects.select_related("step__round__request__community").get(
        step__round=round_, step__state="open", member=member
    )
    version = read_version or RenovationRequest.objects.get(pk=round_.request_id).version
    return take_decision(
        make.context(member), step=seat.step, seat=seat, choice=choice, reason=reason, read_version=version
    )


def approve(here: Neighbourhood, round_: ApprovalRound) -> None:
    for body in (here.grid_committee[:2], here.committee[:3]):
        for member in body:
            decide_as(member, round_)


def co_construction(here: Neighbourhood, **values) -> RenovationRequest:
    request = joint_decision(here, **values)
    resolved(here, request)
    approve(here, asked(here, request))
    return advance(make.context(here.officer), request=request, event="open_co_construction")


def funded(here: Neighbourhood, request) -> None:
    today = timezone.localdate()
    pledge = enter_pledge(
        make.context(here.officer), request=request, source="unit", label="示例研究所", amount=Decimal("240000"),
        pledged_on=today, paper=prepared(), partner=here.partner,
    )  # fmt: skip
    confirm_pledge(make.context(here.secretary), pledge=pledge)
    confirmed(here, request, PartnerCommitment, {"partner": here.partner, "brings": "雨水管"})
    confirmed(here, request, WorksPlan, {
        "contractor": here.partner, "starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=30),
    })  # fmt: skip


def joint_supervision(here: Neighbourhood, **values) -> RenovationRequest:
    request = co_construction(here, **values)
    funded(here, request)
    return advance(make.context(here.officer), request=request, event="start_works")


def watched(here: Neighbourhood, request, *, day: date | None = None):
    """Yesterday on the rota, with a log."""
    duty = plan_duty(
        make.context(here.officer), request=request, day=day or timezone.localdate() - timedelta(days=1),
        members=[here.group_member],
    )  # fmt: skip
    return write_log(
        make.context(here.group_member), duty_day=duty, submission_key=uuid.uuid4(), weather="clear", finding="fine",
        text="雨水管已铺好。", photos=[(prepared(), "东侧")],
    )  # fmt: skip


def joint_evaluation(here: Neighbourhood, **values) -> RenovationRequest:
    request = joint_supervision(here, **values)
    watched(here, request)
    confirmed(here, request, Acceptance, {
        "accepted_on": timezone.localdate(), "result": "accepted", "present": "书记、网格员、施工方",
        "text": "符合方案。",
    })  # fmt: skip
    return advance(make.context(here.officer), request=request, event="accept_works")


def shared_result(here: Neighbourhood, **values) -> RenovationRequest:
    request = joint_evaluation(here, **values)
    confirmed(here, request, Evaluation, {
        "held_on": timezone.localdate(), "asked": 60, "satisfied": 50, "fair": 5, "unsatisfied": 1,
        "committee_score": 92, "text": "走路不再绕行。",
    })  # fmt: skip
    return advance(make.context(here.officer), request=request, event="publish_result")


def closed(here: Neighbourhood, **values) -> RenovationRequest:
    request = shared_result(here, **values)
    result = {
        "final_cost": Decimal("236500.00"), "upkeep": here.partner, "summary": "148 米路面修好。",
        "warranty_until": timezone.localdate() + timedelta(days=730),
    }  # fmt: skip
    confirmed(here, request, SharedResult, result, photos={"before_photo": prepared(), "after_photo": prepared()})
    return advance(make.context(here.officer), request=request, event="close")


def _ended(event: str):
    def make_ended(here: Neighbourhood, **values):
        request = submitted(here, **values)
        other = submitted(here) if event == "merge" else None
        return advance(make.context(here.officer, reason="另有安排"), request=request, event=event, merge_into=other)

    return make_ended


IN_STATE = {
    State.SUBMITTED: submitted,
    State.RETURNED: _ended("return_for_completion"),
    State.JOINT_DECISION: joint_decision,
    State.CO_CONSTRUCTION: co_construction,
    State.JOINT_SUPERVISION: joint_supervision,
    State.JOINT_EVALUATION: joint_evaluation,
    State.SHARED_RESULT: shared_result,
    State.CLOSED: closed,
    State.DECLINED: _ended("decline"),
    State.MERGED: _ended("merge"),
    State.WITHDRAWN: _ended("withdraw"),
    State.PAUSED: _ended("pause"),
}


def in_state(here: Neighbourhood, state: State, **values) -> RenovationRequest:
    """A request in the state, through everything that leads there."""
    return IN_STATE[state](here, **values)
