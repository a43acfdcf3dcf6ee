"""What `verify_history` finds once somebody went round the triggers, and that it is silent otherwise."""

import random
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from community.actions.people import end_appointment
from community.actions.places import move_unit
from community.models import Appointment, ChainHead, Event, Unit
from community.records import act
from community.sealed import Contact, erase, seal_text
from community.verification import Kind, Verification
from tests.community import tampering
from tests.engines import tries
from tests.factories import community as make
from tests.worlds import world

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
TRIES = tries(40, thorough=200)


@world
def community():
    """A community with twenty-odd events: places, people, edits, a sealed text; and a neighbour with a shared act."""
    street = make.unit(Unit.Kind.STREET)
    own, neighbour = make.community(parent=street), make.community(parent=street, prefix="BB")
    grids = [make.unit(parent=own) for _number in range(3)]
    for grid in grids:
        person = make.holder("grid_worker", grid, contact=Contact("张", "13800138000"))
        end_appointment(make.SYSTEM, appointment=person.appointments.get(), on=date(2026, 1, 1))
    for number in range(4):
        own.hours = f"8:0{number}"
        make.save(own, own)
    with act(make.SYSTEM, "test.seal", own) as a:
        seal_text(a, own, "灯坏了")
    move_unit(make.SYSTEM, unit=make.unit(parent=neighbour), parent=own)
    return own


def first_misfit(unit=None):
    return next(Verification(unit=unit).misfits(), None)


@pytest.mark.parametrize("kind", tampering.KINDS)
def test_tampering_is_found_and_the_first_bad_row_named(community, kind):
    chain = tampering.Chain(community)
    assert first_misfit() is None
    tampering.unprotect()
    missed = []
    for seed in range(TRIES):
        with tampering.undone():
            expected = tampering.KINDS[kind](chain, random.Random(f"{kind} {seed}"))
            found = first_misfit(community)
        if found is None or (found.chain, found.sequence, found.table, found.key) != (community.code, *expected):
            missed.append((seed, expected, str(found)))
    assert missed == []
    assert first_misfit() is None


def test_clean_runs_are_silent(community):
    pick = random.Random(100)
    for number in range(tries(20, thorough=100)):
        unit = pick.choice(list(Unit.objects.all()))
        unit.address = "".join(pick.choices("路街巷号ab 12'\"\\🌳", k=pick.randint(0, 12)))
        make.save(unit, unit)
        misfits = list(Verification(unit=community if number % 2 else None).misfits())
        assert misfits == []


def test_tampering_with_what_stands_outside_the_chain_is_found(community):
    tampering.unprotect()
    held, head = Appointment.objects.first(), ChainHead._meta.db_table
    appointments, units = Appointment._meta.db_table, Unit._meta.db_table
    last = Event.objects.filter(unit=community).last().sequence
    new = date.today() + timedelta(days=900)
    grid = make.Unit.objects.filter(kind="grid").first()
    row = tampering.row_of(appointments, "id", held.pk) | {"id": 777_777, "reference": "x" * 16, "starts_on": new}
    cases = [
        (Kind.LIVE_DIFFERS, f"UPDATE {appointments} SET ends_on = %s WHERE id = %s", [new, held.pk]),
        (Kind.LIVE_DIFFERS, f"DELETE FROM {appointments} WHERE id = %s", [held.pk]),
        (Kind.LIVE_DIFFERS, f"UPDATE {units} SET name = %s WHERE id = %s", ["另一名", grid.pk]),
        (Kind.LIVE_WITHOUT_HISTORY, None, row | {"ends_on": None}),
        (Kind.HEAD, f"UPDATE {head} SET hash = %s WHERE unit_id = %s", ["0" * 64, community.pk]),
        (Kind.HEAD, f"DELETE FROM {head} WHERE unit_id = %s", [community.pk]),
        (Kind.MISSING_EVENT, f"UPDATE {head} SET sequence = %s WHERE unit_id = %s", [last + 3, community.pk]),
        (Kind.INSERTED_EVENT, f"UPDATE {head} SET sequence = %s WHERE unit_id = %s", [last - 2, community.pk]),
        (Kind.MISSING_EVENT, "DELETE FROM community_event WHERE unit_id = %s AND sequence = %s", [community.pk, last]),
    ]
    for kind, statement, values in cases:
        with tampering.undone():
            tampering.insert(appointments, values) if statement is None else tampering.sql(statement, *values)
            found = first_misfit()
        assert found is not None and found.kind == kind, (statement, found)


def test_a_value_that_cannot_be_read_is_named_too(community):
    if tampering.connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps the types of its columns.")
    tampering.unprotect()
    row = Appointment.history.filter(event__unit=community).first()
    event = Event.objects.get(unit=community, sequence=3)
    for table, key_column, key, values, sequence in [
        ("community_historicalappointment", "history_id", row.history_id, {"starts_on": "2026-99-99"}, None),
        ("community_event", "id", event.pk.hex, {"recorded_at": "2026-99-99 00:00:00"}, 3),
        ("community_event", "id", event.pk.hex, {"body": "{"}, 3),
    ]:
        with tampering.undone():
            tampering.write(table, key_column, key, **values)
            found = first_misfit()
        assert found is not None and found.sequence == (sequence or row.event.sequence)


def test_only_the_chain_that_was_named_is_read(community):
    neighbour = Unit.objects.get(reference_prefix="BB")
    tampering.unprotect()
    tampering.sql("UPDATE community_event SET verb = 'x' WHERE unit_id = %s AND sequence = 1", community.pk)
    assert first_misfit(neighbour) is None
    assert first_misfit(community).sequence == 1


def test_a_lost_event_of_an_act_in_two_chains_is_missed_in_the_other(community):
    copy = Event.objects.get(verb="unit.move", unit=Unit.objects.get(reference_prefix="BB"))
    tampering.unprotect()
    twin = Event.objects.exclude(pk=copy.pk).get(verb="unit.move")
    tampering.sql(
        "DELETE FROM community_event WHERE id = %s", twin.pk.hex if tampering.connection.vendor == "sqlite" else twin.pk
    )
    assert {misfit.chain for misfit in Verification().misfits()} >= {twin.unit.code}


def test_the_command_counts_and_is_content(community):
    out = StringIO()
    call_command("verify_history", stdout=out)
    assert "100%" in out.getvalue()
    assert f"{Event.objects.count()} 个事件" in out.getvalue() or f"{Event.objects.count()} events" in out.getvalue()


def test_the_command_fails_and_names_the_row(community):
    tampering.unprotect()
    tampering.sql("UPDATE community_event SET verb = 'x' WHERE unit_id = %s AND sequence = 4", community.pk)
    with pytest.raises(CommandError) as failed:
        call_command("verify_history", community=community.code, stdout=StringIO())
    assert f"{community.code} #4" in str(failed.value) and "verb" in str(failed.value)


def test_the_command_fails_while_a_table_is_unprotected(community):
    tampering.unprotect()
    with pytest.raises(CommandError, match="community_event"):
        call_command("verify_history", stdout=StringIO())


def test_an_unknown_unit_gets_a_sentence():
    with pytest.raises(CommandError, match="nowhere"):
        call_command("verify_history", community="nowhere")


def test_erasing_leaves_the_record_whole(community):
    with act(make.SYSTEM, "test.seal", community) as a:
        stub = seal_text(a, community, "漏水")
    erase(make.context(make.holder("officer", community), reason="本人要求"), stub)
    assert first_misfit() is None
