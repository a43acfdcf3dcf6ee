"""Worlds: what several tests find in the database, built once instead of before every one of them.

    @world
    def here():
        return factory.neighbourhood()

    @world
    def works(here):
        return factory.joint_supervision(here)

A world is a fixture without anything but other worlds among its arguments. It is built in a transaction that stays
open as long as the tests that follow ask for the same worlds; each test runs in a savepoint within, so what it does is
gone when it ends, and gets its own copies of the objects that the builder returned. A test that asks for other worlds,
or for none, finds these gone. A test that commits (`transaction=True`) cannot stand in an open transaction: for it, and
for it alone, the worlds are built as ordinary fixtures are.

Tests of one module that stand in the same worlds run one after the other, whatever their order in the file.
"""

import copy
import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby, takewhile

import pytest
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


def world(build: Callable):
    """The fixture whose value is what `build` returns."""

    @functools.wraps(build)
    def given(db, **below):
        return _copies[build.__name__] if _copies else build(**below)

    given.__signature__ = _signature_with_the_database(build)
    given.is_world = True
    return pytest.fixture(given)


@dataclass
class Layer:
    """An open world: its builder, its transaction and the connection that holds it, and the objects of it and of the
    worlds below it, by name."""

    build: Callable
    transaction: transaction.Atomic
    held_by: BaseDatabaseWrapper
    objects: dict


_open: list[Layer] = []
_copies: dict = {}


def enter(item, *, commits: bool) -> None:
    """Have those worlds open for which the test asks, and no other. To be called before its own transaction begins."""
    global _copies
    forget_what_is_lost()
    wanted = {} if commits else worlds_of(item)
    pairs = zip(_open, wanted.values(), strict=False)
    standing = sum(1 for _pair in takewhile(lambda pair: pair[0].build is pair[1], pairs))
    leave(standing)
    for name, build in list(wanted.items())[standing:]:
        _open.append(_build(name, build))
    _copies = copy.deepcopy(_open[-1].objects) if _open else {}


def leave(standing: int = 0) -> None:
    """Undo the worlds that were built last, down to the first few."""
    forget_what_is_lost()
    while len(_open) > standing:
        _undo(_open.pop().transaction)


def forget_what_is_lost() -> None:
    """Within a browser's event loop another connection is the current one: the one with the worlds is closed."""
    if not _open or _open[0].held_by is connections["default"]:
        return
    held = _open[0].held_by
    _open.clear()
    held.close()
    held.connection, held.in_atomic_block = None, False


def group(items: list) -> None:
    """Bring the tests of a module that stand in the same worlds together."""
    modules = groupby(items, key=lambda item: item.path)
    items[:] = [item for _path, those in list((p, list(i)) for p, i in modules) for item in sorted(those, key=_names)]


def worlds_of(item) -> dict[str, Callable]:
    """Builders of the worlds of a test by name, each after those on which it stands."""
    fixtures = getattr(item, "_fixtureinfo", None)
    definitions = fixtures.name2fixturedefs if fixtures else {}
    known = {name: found[-1].func for name, found in definitions.items() if hasattr(found[-1].func, "is_world")}
    ordered = {}

    def add(name: str) -> None:
        build = known[name].__wrapped__
        for below in inspect.signature(build).parameters:
            add(below)
        ordered[name] = build

    for name in sorted(known):
        add(name)
    return ordered


def _names(item) -> list[str]:
    return list(worlds_of(item))


def _signature_with_the_database(build: Callable) -> inspect.Signature:
    database = inspect.Parameter("db", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return inspect.Signature([database, *inspect.signature(build).parameters.values()])


def _build(name: str, build: Callable) -> Layer:
    below = copy.deepcopy(_open[-1].objects) if _open else {}
    opened = transaction.atomic()
    opened.__enter__()
    try:
        made = build(**{name: below[name] for name in inspect.signature(build).parameters})
    except BaseException:
        _undo(opened)
        raise
    return Layer(build, opened, connections["default"], {**below, name: made})


def _undo(opened: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    opened.__exit__(None, None, None)
