"""Append-only tables refuse to be changed by plain SQL, on either engine, and let ordinary inserts through."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import isolate_apps

from community import triggers
from community.models import Appointment, Event, SealedText, Unit
from community.records import act
from community.sealed import seal_text
from tests.community.tampering import columns_of, insert, row_of, sql, unprotect
from tests.factories import community as make
from tests.worlds import world

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
UNITS = Unit.history.model
PROTECTED = {"event": Event, "history": UNITS, "append-only": SealedText}


@world
def community():
    community = make.community()
    with act(make.SYSTEM, "test.seal", community) as a:
        seal_text(a, community, "灯坏了")
    return community


@pytest.fixture(params=PROTECTED)
def protected(request, community):
    """(table, key column, the row as it is) of one row in each kind of table."""
    model = PROTECTED[request.param]
    key = model._meta.pk.column
    table = model._meta.db_table
    found = sql(f'SELECT "{key}" FROM "{table}" LIMIT 1')[0][0]
    return table, key, row_of(table, key, found)


def refused(statement: str, *values) -> bool:
    try:
        with transaction.atomic():
            sql(statement, *values)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def places(row: dict) -> str:
    return ", ".join(["%s"] * len(row))


def names(row: dict) -> str:
    return ", ".join(f'"{name}"' for name in row)


def test_update_and_delete_are_refused(protected):
    table, key, row = protected
    assert refused(f'UPDATE "{table}" SET "{key}" = "{key}" WHERE "{key}" = %s', row[key])
    assert refused(f'DELETE FROM "{table}" WHERE "{key}" = %s', row[key])
    assert refused(f'DELETE FROM "{table}"')
    assert row_of(table, key, row[key]) == row


def test_upsert_is_refused(protected):
    table, key, row = protected
    assert refused(
        f'INSERT INTO "{table}" ({names(row)}) VALUES ({places(row)})'
        f' ON CONFLICT ("{key}") DO UPDATE SET "{key}" = EXCLUDED."{key}"',
        *row.values(),
    )


def test_truncate_is_refused(protected):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE.")
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    assert refused(f'TRUNCATE "{protected[0]}" CASCADE')
    assert refused("TRUNCATE community_unit CASCADE")


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE", "UPDATE OR REPLACE"])
def test_replace_is_refused_whatever_the_connection_is_set_to(protected, verb, recursive):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE.")
    table, key, row = protected
    sql(f"PRAGMA recursive_triggers = {recursive}")
    try:
        if verb.startswith("UPDATE"):
            assert refused(f'UPDATE OR REPLACE "{table}" SET "{key}" = "{key}"')
        else:
            assert refused(f'{verb} INTO "{table}" ({names(row)}) VALUES ({places(row)})', *row.values())
    finally:
        sql("PRAGMA recursive_triggers = ON")
    assert row_of(table, key, row[key]) == row


@pytest.mark.parametrize("alias", ["rowid", "oid", "_rowid_"])
def test_replace_by_row_number_or_by_another_unique_key_is_refused(community, alias):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no row numbers.")
    event = Event.objects.filter(unit=community).first()
    number = sql("SELECT rowid FROM community_event WHERE id = %s", event.pk.hex)[0][0]
    row = row_of("community_event", "id", event.pk.hex)
    for other in (row | {"id": "f" * 32}, row | {"id": "f" * 32, "sequence": 999, alias: number}):
        assert refused(
            f"INSERT OR REPLACE INTO community_event ({names(other)}) VALUES ({places(other)})", *other.values()
        )
    stub = row_of("community_sealedtext", "id", SealedText.objects.get().pk)
    for other in (stub | {"id": 5_000}, stub | {"id": str(stub["id"]), "reference": "e" * 32}):
        assert refused(
            f"INSERT OR REPLACE INTO community_sealedtext ({names(other)}) VALUES ({places(other)})", *other.values()
        )


def test_ordinary_inserts_pass_one_by_one_and_in_bulk(community):
    before = SealedText.objects.count()
    with act(make.SYSTEM, "test.bulk", community) as a:
        rows = [SealedText(unit=community, purpose="statement", commitment=str(number)) for number in range(500)]
        a.append_all(rows)
        a.append(SealedText(unit=community, purpose="statement", commitment="last"))
    assert SealedText.objects.count() == before + 501
    assert len({row.pk for row in rows}) == 500 and None not in {row.pk for row in rows}


def test_conflicts_are_never_ignored_silently(community):
    """`ignore_conflicts` would hide that a row was not written: on SQLite the trigger says so."""
    stub = SealedText.objects.get()
    again = SealedText(
        pk=stub.pk,
        unit=community,
        purpose="statement",
        commitment="x",
        event_id=stub.event_id,
        reference=stub.reference,
    )
    if connection.vendor == "sqlite":
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            SealedText.objects.bulk_create([again], ignore_conflicts=True)
    else:
        SealedText.objects.bulk_create([again], ignore_conflicts=True)
    assert SealedText.objects.get().commitment == stub.commitment


def test_the_orm_cannot_change_history_either(community):
    version = UNITS.objects.first()
    for attempt in (
        lambda: UNITS.objects.update(name="x"),
        lambda: UNITS.objects.all().delete(),
        lambda: version.delete(),
        lambda: version.save(),
        lambda: Event.objects.update(reason="x"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()


@pytest.mark.parametrize(
    "command", [("clean_old_history", "--auto", "--days", "0"), ("clean_duplicate_history", "--auto")]
)
def test_the_commands_that_would_clean_history_fail(community, command):
    today = date.today()
    held = Appointment(member=make.member(unit=community), unit=community, post="officer", starts_on=today)
    make.save(held, community)
    make.save(held, community)
    before = UNITS.objects.count(), Appointment.history.count()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        call_command(*command, verbosity=0)
    assert (UNITS.objects.count(), Appointment.history.count()) == before


def test_a_missing_trigger_is_reported_and_put_back(community):
    assert triggers.unprotected_tables() == []
    unprotect()
    reported = {message.id: message for message in triggers.check_triggers(None, ["default"])}
    assert "community.W001" in reported
    assert "community_event" in triggers.unprotected_tables()
    assert triggers.install_triggers() == len(triggers.append_only_models())
    assert triggers.unprotected_tables() == []
    assert refused("DELETE FROM community_event")


def test_a_trigger_that_was_emptied_is_reported(community):
    if connection.vendor == "sqlite":
        sql('DROP TRIGGER "community_event_no_update"')
        sql('CREATE TRIGGER "community_event_no_update" BEFORE UPDATE ON community_event BEGIN SELECT 1; END')
    else:
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        sql("ALTER TABLE community_event DISABLE TRIGGER append_only_no_change")
    assert triggers.unprotected_tables() == ["community_event"]
    triggers.install_triggers()
    assert refused("UPDATE community_event SET reason = ''")


@isolate_apps()
def test_uniqueness_under_a_condition_holds_against_replace_and_lets_the_rest_through():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE.")

    class Seat(models.Model):  # noqa: DJ008
        number = models.IntegerField()
        final = models.BooleanField()

        class Meta:
            app_label = "community"
            db_table = "test_seat"
            constraints = [models.UniqueConstraint(fields=["number"], condition=models.Q(final=True), name="one_final")]

    sql('CREATE TABLE test_seat (id integer PRIMARY KEY, "number" integer, "final" bool)')
    sql('CREATE UNIQUE INDEX one_final ON test_seat ("number") WHERE "final"')
    for statement in triggers.sqlite_triggers(Seat, connection).values():
        sql(statement)
    for final in (0, 0, 1, 0):
        insert("test_seat", {"number": 1, "final": final})
    insert("test_seat", {"number": 2, "final": 1})
    assert refused("INSERT OR REPLACE INTO test_seat (number, final) VALUES (1, 1)")
    assert sql("SELECT count(*) FROM test_seat") == [(5,)]
    assert columns_of("test_seat") == ["id", "number", "final"]


@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_table_is_protected_again_after_migrate(community):
    """SQLite changes a column by building the table anew, and the triggers go with the old one."""
    old = SealedText._meta.get_field("commitment")
    new = models.CharField(max_length=80)
    new.set_attributes_from_name("commitment")
    new.model = SealedText
    with connection.schema_editor() as editor:
        editor.alter_field(SealedText, old, new)
    if connection.vendor == "sqlite":
        assert triggers.unprotected_tables() == ["community_sealedtext"]
    call_command("migrate", verbosity=0, interactive=False)
    assert triggers.unprotected_tables() == []
    assert refused("DELETE FROM community_sealedtext")
