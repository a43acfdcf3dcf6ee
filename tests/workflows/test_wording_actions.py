"""Corrections of wording: three characters, two people, and what is decided stays decided."""

import pytest

from community.refusals import ActionRefused, Conflict
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.worlds import world
from workflows.actions.moving import GateClosed
from workflows.actions.requests import TEXT_FIELDS, change_request
from workflows.actions.wording import propose_wording, settle_wording
from workflows.models import ApprovalRound, RenovationRequest

pytestmark = pytest.mark.django_db


@world
def request_(here):
    return factory.co_construction(here)


def proposed(here, request, **changed):
    current = RenovationRequest.objects.get(pk=request.pk)
    values = {**{name: getattr(current, name) for name in TEXT_FIELDS}, **changed}
    return propose_wording(make.context(here.officer), request=current, read_version=current.version, values=values)


def test_a_slip_of_the_pen_is_mended_by_two_and_the_approval_stays(here, request_):
    change = proposed(here, request_, plan="铺设雨水管，新修人行道。")
    assert RenovationRequest.objects.get().version == 1
    with pytest.raises(ActionRefused):
        settle_wording(make.context(here.officer), change=change, apply=True)
    changed = settle_wording(make.context(here.secretary), change=change, apply=True)
    assert (changed.version, changed.substance_version, changed.wording_used) == (2, 1, 1)
    assert ApprovalRound.objects.get().state == "passed"
    assert changed.state == "co_construction"


def test_more_than_three_characters_in_all_is_substance(here, request_):
    for title in ("修一条路", "修一条街"):
        settle_wording(make.context(here.secretary), change=proposed(here, request_, title=title), apply=True)
    with pytest.raises(GateClosed):
        proposed(here, request_, title="补这条街")


@pytest.mark.parametrize("plan", ["铺设雨水管，不建人行道。", "铺设雨水管，新建人行道3。"])
def test_a_negation_or_a_figure_is_substance(here, request_, plan):
    with pytest.raises(GateClosed):
        proposed(here, request_, plan=plan)


def test_one_correction_waits_at_a_time_and_holds_other_changes(here, request_):
    change = proposed(here, request_, title="修一条路")
    with pytest.raises(ActionRefused):
        change_request(make.context(here.officer), request=request_, read_version=1, values={"budget": 1})
    settle_wording(make.context(here.officer), change=change, apply=False)
    with pytest.raises(Conflict):
        settle_wording(make.context(here.secretary), change=change, apply=True)
    assert RenovationRequest.objects.get().title == "修一段路"
