"""Any sequence of edits can be read back, version by version, and the events say the same."""

import json
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.canonical import canonical_row, canonical_text, canonical_value
from community.models import Appointment, Building, Estate, Home
from community.verification import Verification
from tests.factories import community as make

pytestmark = pytest.mark.both_engines

# Whatever a person or another system may write; NUL and lone surrogates no database takes.
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=10)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
edits = st.lists(st.tuples(words, words, st.integers(1, 2**31 - 1)), min_size=1, max_size=6)
periods = st.lists(st.tuples(days, st.none() | days, words).filter(lambda p: p[1] is None or p[0] <= p[1]), max_size=5)


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=edits, periods=periods)
def test_any_sequence_of_edits_is_read_back(edits, periods):
    community = make.community()
    home, steps = home_of(community), []
    held = Appointment(member=make.member(unit=community), unit=community, post="officer", starts_on=date(2020, 1, 1))
    for entrance, number, area in edits:
        home.entrance, home.number, home.floor_area_centi = entrance, number, area
        make.save(home, community)
        steps.append((entrance, number, area))
    for starts_on, ends_on, basis in periods:
        held.starts_on, held.ends_on, held.basis = starts_on, ends_on, basis
        make.save(held, community)
    versions = home.history.order_by("history_id")
    assert [(v.entrance, v.number, v.floor_area_centi) for v in versions][1:] == steps
    assert list(held.history.order_by("history_id").values_list("starts_on", "ends_on", "basis")) == periods
    for version in [*versions, *held.history.all()]:
        assert json.loads(version.event.body)["rows"] == [canonical_row(version)]
    assert list(Verification(unit=community).misfits()) == []


def home_of(community) -> Home:
    estate = make.save(Estate(community=community, name="科苑小区"), community)
    building = make.save(Building(community=community, estate=estate, name="3号楼"), community)
    return make.save(Home(community=community, building=building, number="101", floor_area_centi=8950), community)


FIELDS = {
    "text": (models.TextField(), words),
    "decimal": (models.DecimalField(max_digits=12, decimal_places=2), st.decimals(-(10**9), 10**9, places=2)),
    "moment": (models.DateTimeField(), st.datetimes(timezones=st.timezones())),
    "day": (models.DateField(), days),
    "time": (models.TimeField(), st.times()),
    "duration": (models.DurationField(), st.timedeltas(timedelta(days=-99_999), timedelta(days=99_999))),
    "uuid": (models.UUIDField(), st.uuids()),
    "bytes": (models.BinaryField(), st.binary()),
    "whole number": (models.BigIntegerField(), st.integers(-(2**63), 2**63 - 1)),
    "number": (models.FloatField(), st.floats(allow_nan=False, allow_infinity=False)),
    "yes or no": (models.BooleanField(), st.booleans()),
    "JSON": (
        models.JSONField(),
        st.recursive(
            st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e15, 1e15) | words,
            lambda part: st.lists(part, max_size=3) | st.dictionaries(words, part, max_size=3),
            max_leaves=5,
        ),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", FIELDS)
def test_a_value_gives_the_same_text_from_memory_and_from_the_database(kind):
    field, values = FIELDS[kind]
    field.set_attributes_from_name("value")
    table = f"probe_{kind.split(' ')[0].lower()}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TABLE "{table}" (value {field.db_type(connection)})')

    @settings(max_examples=60, deadline=None)
    @given(value=values)
    def check(value):
        assert canonical_text(canonical_value(field, value)) == canonical_text(
            canonical_value(field, through_the_database(connection, table, field, value))
        )

    check()


def through_the_database(connection, table: str, field: models.Field, value):
    """What comes back of a value by the ways of the ORM: prepared, written, read, converted."""
    column = SimpleNamespace(
        output_field=field, get_db_converters=lambda connection: field.get_db_converters(connection)
    )
    placeholder = field.get_placeholder(value, None, connection) if hasattr(field, "get_placeholder") else "%s"
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute(f'INSERT INTO "{table}" VALUES ({placeholder})', [field.get_db_prep_save(value, connection)])
        cursor.execute(f'SELECT value FROM "{table}"')
        found = cursor.fetchone()[0]
    for convert in [
        *connection.ops.get_db_converters(models.expressions.Col("t", field)),
        *field.get_db_converters(connection),
    ]:
        found = convert(found, column, connection)
    return found


@pytest.mark.parametrize("value", ["1.005", "0.125", "-0.001", "1e-3"])
def test_a_decimal_that_two_databases_would_round_differently_is_refused(value):
    with pytest.raises(ValueError, match="more than 2 places"):
        canonical_value(models.DecimalField(max_digits=12, decimal_places=2), value)


def test_zero_has_no_sign():
    assert canonical_value(models.FloatField(), -0.0) == canonical_value(models.FloatField(), 0.0)
