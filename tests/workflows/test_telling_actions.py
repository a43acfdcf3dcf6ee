"""Who is told what, as a request goes its way."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from community.models import Member, Notification
from community.notifications import delivery
from community.sealed import Contact
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.workflows.desk import signed_in
from workflows.actions.requests import advance, propose
from workflows.actions.supervising import check_fault, plan_duty, rectify_fault, write_log
from workflows.actions.telling import tell_of_duty
from workflows.models import Fault, MatterFinding

pytestmark = pytest.mark.django_db


def told(kind: str) -> set[Member]:
    keys = Notification.objects.filter(kind=kind).values_list("recipient", flat=True)
    return set(Member.objects.filter(user__in=keys))


def every_link_opens() -> None:
    """Each message leads its reader to a page that they may open."""
    for message in Notification.objects.exclude(recipient=None).exclude(url=""):
        client = signed_in(Member.objects.get(user=message.recipient))
        assert client.get(message.url).status_code == 200, (message.kind, message.url)


def test_a_proposal_tells_the_staff_and_an_open_step_those_who_sit_in_it(here):
    request = factory.submitted(here)
    assert told("proposed") == {here.officer, here.secretary}
    round_ = factory.asked(here, advance(make.context(here.officer), request=request, event="accept"))
    assert told("decide") == set(here.grid_committee)
    every_link_opens()
    for member in here.grid_committee[:2]:
        factory.decide_as(member, round_)
    assert told("decide") == {*here.grid_committee, *here.committee}


def test_what_was_entered_waits_for_a_second_person_and_not_for_the_first(here):
    request = factory.joint_decision(here)
    factory.enter_evidence(
        make.context(here.officer), MatterFinding, request=request, paper=factory.prepared(),
        values={"matter": "none", "ground": "公共道路"},
    )  # fmt: skip
    assert told("second_look") == {here.secretary}
    every_link_opens()


def test_a_fault_is_to_be_put_right_then_checked_by_others(here):
    request, today = factory.joint_supervision(here), timezone.localdate()
    duty = plan_duty(make.context(here.officer), request=request, day=today, members=[here.group_member])
    write_log(
        make.context(here.group_member), duty_day=duty, submission_key=request.submission_key, weather="clear",
        finding="problem", text="井盖松动。", severity="minor", due_on=today,
    )  # fmt: skip
    fault = Fault.objects.get()
    assert here.group_member not in told("fault")
    assert told("fault") >= {here.officer, here.secretary, here.grid_worker}
    rectify_fault(make.context(here.officer), fault=fault, text="已换井盖。", photo=factory.prepared())
    assert here.officer not in told("fault_check")
    assert here.secretary in told("fault_check")
    check_fault(make.context(here.secretary, reason="没换好"), fault=fault, put_right=False)
    assert Notification.objects.filter(kind="fault", recipient=here.officer.user).count() == 2


def test_duty_is_told_the_afternoon_before_once(here):
    request = factory.joint_supervision(here)
    today = timezone.localdate()
    plan_duty(make.context(here.officer), request=request, day=today + timedelta(days=1), members=[here.group_member])
    moment = timezone.localtime().replace(hour=15, minute=0)
    assert tell_of_duty(now=moment) == 0
    for _again in range(3):
        tell_of_duty(now=moment.replace(hour=17))
    assert told("duty") == {here.group_member}
    assert Notification.objects.filter(kind="duty").count() == 1
    every_link_opens()


def test_a_proposer_with_an_account_hears_of_each_move_but_not_of_their_own(here):
    request = propose(
        make.context(here.grid_worker), community=here.community, unit=here.grid, submission_key=uuid.uuid4(),
        values=factory.CONTENT, photos=[(factory.prepared(), "before", "路面")], proposer=here.grid_worker,
    )  # fmt: skip
    advance(make.context(here.officer, reason="请补充"), request=request, event="return_for_completion")
    assert told("proposal_returned") == {here.grid_worker}
    advance(make.context(here.grid_worker), request=request, event="resubmit")
    assert told("proposal_moved") == set()
    advance(make.context(here.officer), request=request, event="accept")
    assert told("proposal_accepted") == {here.grid_worker}
    every_link_opens()


def test_a_resident_who_left_an_e_mail_address_is_written_to(here):
    request = propose(
        make.context(here.grid_worker), community=here.community, unit=here.grid, submission_key=uuid.uuid4(),
        values=factory.CONTENT, photos=[(factory.prepared(), "before", "路面")],
        contact=Contact(name="王", email="wang@example.com"),
    )  # fmt: skip
    advance(make.context(here.officer), request=request, event="accept")
    delivery.pass_on()
    delivery.send_due(now=timezone.now() + timedelta(hours=12))
    (sent,) = mail.outbox
    assert sent.to == ["wang@example.com"]
    assert sent.body.count("/f/") == 1
    assert "修一段路" not in sent.body
