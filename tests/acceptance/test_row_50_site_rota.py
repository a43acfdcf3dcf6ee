"""Row 50, turns at the site: a day without a log shows and must be explained; "stop" holds the works until cleared."""

import pytest
from django.urls import reverse

from community.roles import Post
from tests.acceptance.case import Case, day
from tests.acceptance.people import Person
from tests.factories import community as make
from tests.factories import renovation as build
from tests.worlds import world

pytestmark = pytest.mark.django_db


@world
def case():
    case = Case(build.neighbourhood())
    case.under_works(starts=-2)
    return case


def test_a_missing_day_shows_and_keeps_the_works_from_being_accepted_until_it_is_explained(case):
    case.plan_duty(-2, 0)
    case.log(-1)
    case.accept_together()
    case.advance("accept_works", status=422).shows("Duty days with neither a log nor an explanation: 1")
    week = case.group_member.read(reverse("desk-duty"))
    week.shows("Still to be written", "Done", "Today")
    owed = case.desk("explain", day(-2))
    case.group_member.send(owed, status=422, explanation="").shows("Please choose", "Please fill in")
    case.group_member.send(owed, no_log="weather", explanation="大雨，工地停工一天。")
    case.officer.read(case.admin("rota")).shows("大雨，工地停工一天。")
    case.advance("accept_works")


def test_stop_holds_the_works_until_somebody_else_has_seen_it_put_right(case):
    case.plan_duty(-2, 0)
    case.log(-2)
    case.log(-1)
    case.log(finding="problem", text="基坑没有围挡。", severity="stop", due_on=day(1))
    case.accept_together()
    case.advance("accept_works", status=422).shows("Faults not put right and checked: 1.")
    link = case.grid_worker.read(reverse("desk")).link("/faults/")
    case.grid_worker.send(link, text="围挡装好了。", photos=build.picture())
    assert not case.grid_worker.read(link).soup.select("main form")
    case.advance("accept_works", status=422).shows("Faults not put right and checked: 1.")
    case.officer.send(link, put_right="no", reason="东侧还缺一段。")
    case.grid_worker.send(link, text="东侧补上了。", photos=build.picture())
    case.officer.send(link, put_right="yes")
    case.advance("accept_works")


def test_turns_can_be_swapped_and_only_who_is_on_duty_writes_the_log(case):
    leader = make.holder(Post.TEAM_LEADER, case.here.grid, name="80 岁的组长")
    case.plan_duty(0, 0, leader)
    assert case.group_member.read(reverse("desk")).links("/site/") == []
    site = Person(leader).read(Person(leader).read(reverse("desk")).link("/site/"))
    assert not site.soup.select("main [type=radio][checked]")
    case.plan_duty(0, 0, case.here.group_member)
    assert Person(leader).read(reverse("desk")).links("/site/") == []
    case.log()
    case.officer.read(case.admin("rota")).shows(case.here.group_member.name, "雨水管已铺好。")
