"""An act: its rows, its event, its place in the chain."""

import json
from datetime import date

import pytest

from community.actions.people import appoint, end_appointment
from community.actions.places import move_unit
from community.canonical import GENESIS, canonical_row, link_hash
from community.models import ChainHead, Event, Unit
from community.records import Context, OutsideAct, act
from community.refusals import ActionRefused, NotAllowed
from tests.factories import community as make

pytestmark = pytest.mark.django_db


def test_events_of_a_community_form_one_chain():
    community = make.community()
    make.holder(make.Post.OFFICER, make.unit(parent=community))
    events = list(Event.objects.filter(unit=community))
    assert [event.verb for event in events] == ["unit.open", "unit.open", "member.register", "appointment.begin"]
    assert [event.sequence for event in events] == [1, 2, 3, 4]
    assert events[0].previous_hash == GENESIS
    for before, after in zip(events, events[1:], strict=False):
        assert after.previous_hash == before.hash
        assert after.hash == link_hash(after.previous_hash, after.body)
    assert ChainHead.objects.get(unit=community).hash == events[-1].hash


def test_body_holds_the_rows_as_the_database_gives_them_back():
    community = make.community()
    event = Event.objects.get(unit=community, verb="unit.open")
    row = Unit.history.get(event=event)
    assert json.loads(event.body)["rows"] == [canonical_row(row)]
    assert row.history_date == event.recorded_at


def test_a_row_with_history_is_not_written_outside_an_act():
    community = make.community()
    community.name = "改名"
    with pytest.raises(OutsideAct):
        community.save()


def test_a_refused_act_leaves_nothing():
    community = make.community()
    before = Event.objects.count()
    with pytest.raises(ActionRefused), act(make.SYSTEM, "test.refused", community) as a:
        community.name = "改名"
        a.save(community)
        raise ActionRefused("no")
    assert Event.objects.count() == before
    assert Unit.objects.get(pk=community.pk).name != "改名"


def test_a_moved_unit_is_recorded_in_both_chains():
    one, two = make.community(prefix="AA"), make.community(prefix="BB")
    grid = make.unit(parent=one)
    move_unit(make.SYSTEM, unit=grid, parent=two)
    assert Unit.objects.get(pk=grid.pk).community == two
    assert [event.unit_id for event in Event.objects.filter(verb="unit.move")] == sorted([one.pk, two.pk])


def test_rights_end_with_the_appointment():
    community = make.community()
    officer = make.holder(make.Post.OFFICER, community)
    newcomer = make.member(unit=community)
    today = date.today()
    appoint(make.context(officer), member=newcomer, unit=community, post=make.Post.EDITOR, starts_on=today)
    held = officer.appointments.get()
    end_appointment(make.SYSTEM, appointment=held, on=today)
    with pytest.raises(NotAllowed):
        appoint(make.context(officer), member=newcomer, unit=community, post=make.Post.OFFICER, starts_on=today)


def test_a_superuser_appoints_nobody_by_being_one():
    community = make.community()
    person = make.member(unit=community)
    user = person.user
    user.is_superuser = True
    user.save()
    with pytest.raises(NotAllowed):
        appoint(Context(user=user), member=person, unit=community, post=make.Post.EDITOR, starts_on=date.today())


def test_an_edit_with_a_stale_unit_leaves_the_tree_alone():
    community = make.community()
    grid = make.unit(parent=community)
    community.name = "新名"
    make.save(community, community)
    found = Unit.objects.get(pk=community.pk)
    assert (found.name, found.numchild) == ("新名", 1)
    assert list(found.get_children()) == [grid]
