"""What every test stands on: a migrated database, an empty cache, and which engines take part."""

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase

from tests import engines, worlds
from tests.databases import database_of_this_worker


def pytest_collection_modifyitems(items):
    """Tests of one world come together. Browser tests join when there is a browser; where it is required, they fail."""
    worlds.group(items)
    reason = engines.missing_chromium()
    if not reason or "chromium" in engines.required():
        return
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """Copy a migrated database for this worker; after a test that commits, copy it again."""
    with django_db_blocker.unblock():
        database = database_of_this_worker()
        database.set_up(rebuild=request.config.getvalue("create_db"))
    restore_by_flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda test: database.restore()
    yield
    TransactionTestCase._fixture_teardown = restore_by_flush
    with django_db_blocker.unblock():
        worlds.leave()
        database.tear_down()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    """Open the worlds of a test just before its own transaction begins."""
    if fixturedef.argname == "_django_db_helper":
        mark = request.node.get_closest_marker("django_db")
        fixtures = {"transactional_db", "live_server"}
        commits = bool(mark and mark.kwargs.get("transaction")) or not fixtures.isdisjoint(request.fixturenames)
        with request.getfixturevalue("django_db_blocker").unblock():
            worlds.enter(request.node, commits=commits)


@pytest.fixture(autouse=True)
def empty_cache():
    """A cache outlives the transaction of a test, so each one starts with an empty one."""
    cache.clear()
