"""The command that loads the sample district, without loading all of it."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cms.demo import finding
from cms.demo.district import timeline_of
from cms.demo.drawing import drawn
from cms.demo.places import open_district
from cms.demo.timeline import TOGETHER, Step, Timeline, first_day
from community.models import Event, Unit


@pytest.fixture(autouse=True)
def another_database():
    finding.forget()
    yield
    finding.forget()


def test_no_demo_in_earnest(db, settings):
    settings.LINLI_DEMO_ALLOWED = False
    with pytest.raises(CommandError):
        call_command("load_demo", verbosity=0)
    assert not Unit.objects.exists()


def test_an_interrupted_load_goes_on(db):
    """What was finished together stays, what broke off is done again, and the day of the first load is kept."""
    opened_at = Timeline(timezone.localdate()).moment("2020-01-06 08:00")
    district = open_district(opened_at)
    today = first_day(district, opened_at)
    whole = timeline_of(today)
    whole.steps = whole.steps[: TOGETHER + 5]

    def break_off(moment):
        raise RuntimeError("the power is gone")

    last = whole.steps[-1]
    interrupted = Timeline(today, [*whole.steps[:-1], Step(last.moment, break_off)])
    with pytest.raises(RuntimeError):
        interrupted.run(lambda count: None)
    assert Event.objects.filter(recorded_at__in=moments(whole)).count() == TOGETHER
    assert whole.run(lambda count: None) == 5
    assert Event.objects.filter(recorded_at__in=moments(whole)).count() == TOGETHER + 5
    assert whole.run(lambda count: None) == 0
    assert first_day(open_district(opened_at), opened_at) == today


def moments(timeline):
    return [step.moment for step in timeline.steps]


def test_pictures_are_the_same_at_every_load_and_differ_by_stage():
    assert drawn("road", 30, "one day") == drawn("road", 30, "one day")
    assert len({drawn("road", 30, "one day"), drawn("road", 30, "next day"), drawn("road", 60, "one day")}) == 3
