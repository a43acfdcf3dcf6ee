"""Two look at once, or one looks while the page is withdrawn: one answer counts, the other hears why."""

from functools import partial

import pytest

from community.models import Event
from community.refusals import Conflict
from home.actions.publishing import withdraw_page
from home.actions.urgent import confirm_urgent, demand_correction, publish_urgently, withdraw_urgent
from home.models import OwedReview
from tests.engines import tries
from tests.factories import community as units
from tests.together import together

from .test_publishing_urgent import Burst

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races, pytest.mark.both_engines]

ROUNDS = tries(3, thorough=10)
LOOKS = ["page.confirm_urgent", "page.demand_correction", "page.withdraw"]


def results(*calls) -> list[str]:
    return sorted(type(one).__name__ for one in together(*calls))


@pytest.mark.parametrize("other", [confirm_urgent, demand_correction, withdraw_urgent])
def test_two_look_at_once(other):
    office = Burst()
    for number in range(ROUNDS):
        office.edit(office.author, lead=f"第 {number} 次停水")
        owed = office.alone(note="又一次")
        found = results(
            partial(confirm_urgent, units.context(office.second), owed=owed),
            partial(other, units.context(office.officer, "不对"), owed=owed),
        )
        assert found == ["Conflict", "OwedReview"]
        assert Event.objects.filter(verb__in=LOOKS).count() == number + 1
        owed.refresh_from_db()
        assert owed.outcome != "owed"


def test_a_look_and_a_withdrawal_at_once():
    office = Burst()
    owed = office.alone()
    administrator = units.context(office.administrator, "没有停水")
    first, second = together(
        lambda: confirm_urgent(units.context(office.second), owed=owed),
        lambda: withdraw_page(administrator, page=office.now()),
    )
    assert isinstance(second, Event)
    assert isinstance(first, OwedReview | Conflict)
    assert not office.now().live
    owed.refresh_from_db()
    assert owed.outcome == ("confirmed" if isinstance(first, OwedReview) else "withdrawn")


def test_two_publish_urgently_at_once():
    office = Burst()
    page = office.now()
    people = [units.context(person, "爆管") for person in (office.author, office.second)]
    found = results(*(partial(publish_urgently, context, page=page) for context in people))
    assert found == ["ActionRefused", "OwedReview"]
    assert OwedReview.objects.count() == 1
