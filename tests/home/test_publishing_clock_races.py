"""Two workers at the same minute, and a worker beside people: each thing happens once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Event
from community.refusals import ActionRefused
from home.actions.clock import call_off, publish_due, record_expiry
from home.actions.publishing import withdraw_page
from home.models import PageTrace
from tests.engines import tries
from tests.factories import community as units
from tests.factories import pages as make
from tests.together import together

from .test_publishing_actions import Office
from .test_publishing_clock import Later

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races, pytest.mark.both_engines]

ROUNDS = tries(2, thorough=8)


@pytest.fixture
def due(monkeypatch):
    """A version that is due now."""
    office = Later()
    schedule = office.approved()
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    return office, schedule


def test_two_workers_publish_once(due):
    office, _schedule = due
    assert sorted(together(publish_due, publish_due)) == [0, 1]
    assert office.now().live
    assert Event.objects.filter(verb="page.publish_scheduled").count() == 1


def test_called_off_at_its_hour_one_of_the_two_happens(due):
    office, schedule = due
    published, called_off = together(
        publish_due, lambda: call_off(units.context(office.officer, "活动改期"), schedule=schedule)
    )
    assert bool(published) is isinstance(called_off, ActionRefused)
    assert office.now().live is bool(published)


def test_two_workers_record_an_expiry_once():
    office = Office()
    yesterday = timezone.localdate() - timedelta(days=1)
    for number in range(ROUNDS):
        make.notice(office.page, valid_until=yesterday)
        assert sorted(together(record_expiry, record_expiry)) == [0, 1]
        assert PageTrace.objects.filter(kind="expired").count() == number + 1
    assert Event.objects.filter(verb="page.expire").count() == ROUNDS


def test_over_while_it_is_withdrawn():
    """Whichever comes first: the page is withdrawn, its expiry is recorded at most once and never after that."""
    office = Office()
    yesterday = timezone.localdate() - timedelta(days=1)
    administrator = units.context(office.administrator, "楼栋写错")
    for _number in range(ROUNDS):
        notice = make.notice(office.page, valid_until=yesterday)
        ended, withdrawn = together(record_expiry, lambda page=notice: withdraw_page(administrator, page=page))
        assert isinstance(withdrawn, Event)
        notice.refresh_from_db()
        assert not notice.live
        kinds = list(PageTrace.objects.filter(page=notice).order_by("pk").values_list("kind", flat=True))
        assert kinds == ["expired", "withdrawn"] if ended else ["withdrawn"]
