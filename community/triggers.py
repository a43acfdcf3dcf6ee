"""Append-only tables, held by the database on SQLite and PostgreSQL (14 or newer).

What triggers cannot stop: the database's owner can drop them. That is what the chain is for.
"""

from django.apps import apps
from django.core import checks
from django.db import connections, models

from .models import AppendOnly, Event, HistoryRow

FUNCTION = "linli_append_only"
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
POSTGRESQL_TRIGGERS = ("append_only_no_change", "append_only_no_truncate")
POSTGRESQL_PRESENT = """
SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid) AND t.tgfoid = to_regproc(%s)
"""


def append_only_models() -> list[type[models.Model]]:
    """Events, history tables and every model built on AppendOnly, in the order of their tables."""
    found = [model for model in apps.get_models() if model is Event or issubclass(model, AppendOnly | HistoryRow)]
    return sorted(found, key=lambda model: model._meta.db_table)


def unique_constraints(model: type[models.Model]) -> list[models.UniqueConstraint]:
    return [constraint for constraint in model._meta.constraints if isinstance(constraint, models.UniqueConstraint)]


def sqlite_triggers(model: type[models.Model], connection) -> dict[str, str]:
    """{name: CREATE TRIGGER …} for one table. REPLACE and upsert are refused by what they would replace."""
    table = model._meta.db_table
    refuse = f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
    exists = " OR ".join(_sqlite_clashes(model, connection))
    return {
        f"{table}_no_update": f'CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}" {refuse}',
        f"{table}_no_delete": f'CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}" {refuse}',
        f"{table}_no_replace": f'CREATE TRIGGER "{table}_no_replace" BEFORE INSERT ON "{table}" WHEN {exists} {refuse}',
    }


def _sqlite_clashes(model, connection):
    """A condition for each way in which a new row may take the place of an old one."""
    table, meta = model._meta.db_table, model._meta
    # NEW.rowid is -1 while SQLite has yet to choose it, so ordinary inserts pass.
    yield f'EXISTS (SELECT 1 FROM "{table}" WHERE rowid = NEW.rowid)'  # noqa: S608
    alone = [[field.column] for field in meta.local_concrete_fields if field.primary_key or field.unique]
    together = [[meta.get_field(name).column for name in names] for names in meta.unique_together]
    for columns in [*alone, *together]:
        yield f'EXISTS (SELECT 1 FROM "{table}" WHERE {_same(columns)})'  # noqa: S608
    new_row = ", ".join(f'NEW."{field.column}" AS "{field.column}"' for field in meta.local_concrete_fields)
    for constraint in unique_constraints(model):
        same = _same([meta.get_field(name).column for name in constraint.fields])
        condition = constraint._get_condition_sql(model, connection.SchemaEditorClass(connection))
        if condition is None:
            yield f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})'  # noqa: S608
        else:
            old_row = f'EXISTS (SELECT 1 FROM "{table}" WHERE {same} AND ({condition}))'  # noqa: S608
            yield f"({old_row} AND EXISTS (SELECT 1 FROM (SELECT {new_row}) WHERE {condition}))"  # noqa: S608


def _same(columns: list[str]) -> str:
    return " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)


def postgresql_statements(model: type[models.Model]) -> list[str]:
    table, (change, truncate) = model._meta.db_table, POSTGRESQL_TRIGGERS
    return [
        f'CREATE OR REPLACE TRIGGER {change} BEFORE UPDATE OR DELETE ON "{table}"'
        f" FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
        f'CREATE OR REPLACE TRIGGER {truncate} BEFORE TRUNCATE ON "{table}"'
        f" FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()",
        f'ALTER TABLE "{table}" ENABLE TRIGGER {change}',
        f'ALTER TABLE "{table}" ENABLE TRIGGER {truncate}',
    ]


def models_with_tables(connection) -> list[type[models.Model]]:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    return [model for model in append_only_models() if model._meta.db_table in tables]


def install_triggers(*, using: str = "default") -> int:
    """(Re)install the triggers on every append-only table that lacks them; returns how many tables that were."""
    connection = connections[using]
    lacking = set(unprotected_tables(using=using))
    here = [model for model in models_with_tables(connection) if model._meta.db_table in lacking]
    with connection.cursor() as cursor:
        if here and connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for model in here:
            for statement in _statements(model, connection):
                cursor.execute(statement)
    return len(here)


def _statements(model, connection):
    if connection.vendor == "postgresql":
        return postgresql_statements(model)
    triggers = sqlite_triggers(model, connection)
    return [*(f'DROP TRIGGER IF EXISTS "{name}"' for name in triggers), *triggers.values()]


def remove_triggers(*, using: str = "default") -> None:
    """Take the triggers away: for tests that tamper, and for nothing else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in models_with_tables(connection):
            table = model._meta.db_table
            if connection.vendor == "postgresql":
                for name in POSTGRESQL_TRIGGERS:
                    cursor.execute(f'DROP TRIGGER IF EXISTS {name} ON "{table}"')
            else:
                for name in sqlite_triggers(model, connection):
                    cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')


def unprotected_tables(*, using: str = "default") -> list[str]:
    """Append-only tables that exist without their triggers, or with triggers that say something else."""
    connection = connections[using]
    here = models_with_tables(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_PRESENT, [FUNCTION])
            present = set(cursor.fetchall())
            expected = {model: {(model._meta.db_table, name) for name in POSTGRESQL_TRIGGERS} for model in here}
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            present = set(cursor.fetchall())
            expected = {model: set(sqlite_triggers(model, connection).items()) for model in here}
    return [model._meta.db_table for model in here if not expected[model] <= present]


@checks.register(checks.Tags.database)
def check_triggers(app_configs, databases, **kwargs):
    """`check --database default` says which history could be rewritten without a trace.

    A warning, since an error would stop the very `migrate` that puts the triggers back; `verify_history` fails on it.
    """
    return [
        checks.Warning(f"{table} is not append-only.", hint="Run `python manage.py migrate`.", id="community.W001")
        for using in databases or ()
        for table in unprotected_tables(using=using)
    ]


@checks.register(checks.Tags.models)
def check_unique_constraints(app_configs, **kwargs):
    """Unique expressions are beyond what the SQLite trigger compares: REPLACE would pass it."""
    return [
        checks.Error(
            f"{constraint.name}: an append-only table has no unique expressions.", obj=model, id="community.E002"
        )
        for model in append_only_models()
        for constraint in unique_constraints(model)
        if constraint.expressions
    ]
