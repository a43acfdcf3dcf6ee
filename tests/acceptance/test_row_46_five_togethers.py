"""Row 46, the five togethers: no stage begins without the record of the one before, and every step is accounted for."""

import pytest

from tests.acceptance.case import Case
from tests.factories import renovation as build
from tests.worlds import world

pytestmark = pytest.mark.django_db


@world
def case():
    return Case(build.neighbourhood())


def test_no_works_without_a_decision_on_record(case):
    case.propose()
    case.advance("open_co_construction", status=422)
    case.advance("accept")
    case.advance("open_co_construction", status=422).shows(
        "The committees have not been asked yet.", "The publicity period is missing."
    )
    case.advance("start_works", status=422)
    case.resolve()
    case.no_vote_needed()
    case.display()
    case.ask()
    case.advance("open_co_construction", status=422).shows("0 of 2 approval steps have passed.")
    case.approve()
    case.advance("open_co_construction").shows("Building together")


def test_no_end_without_an_evaluation_and_every_step_has_its_record(case):
    case.under_works()
    case.plan_duty(-1, 0)
    case.log(-1)
    case.accept_together()
    case.advance("accept_works")
    case.advance("publish_result", status=422).shows("The evaluation is missing.")
    case.advance("close", status=422)
    case.evaluate(satisfied=2)
    case.advance("publish_result", status=422)
    case.advance("back_to_works", reason="排水口还在积水", remedies="排水口重做").shows("排水口重做")
    here, newest = case.here, case.officer.read(case.admin("history"))
    newest.shows("Back to the works", "Reason 排水口还在积水", here.officer.name, here.secretary.name)
    older = case.officer.read(newest.called("Older"))
    for step in (older.text + newest.text).split("Decided in a seat")[1:]:
        assert "About version 1" in step
    everything = older.text + newest.text
    for person in (here.grid_worker, *here.grid_committee[:2], *here.committee[:3]):
        assert person.name in everything
