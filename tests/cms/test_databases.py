"""The databases under the tests and under Linli: triggers in force, everything back after a commit, a safe journal."""

import pytest
from django.db import connection
from wagtail.models import Collection, Locale, Page, Site

from cms import journal
from community.models import User
from community.triggers import append_only_models, unprotected_tables

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")


@pytest.mark.both_engines
class TestAfterACommit:
    """Two tests that commit the same thing; each must find the database as it was migrated."""

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("time", ["first", "second"])
    def test_everything_is_there_again(self, time):
        assert not User.objects.filter(username="left-behind").exists()
        assert append_only_models()
        assert unprotected_tables() == []
        assert Page.objects.filter(depth=1).count() == 1
        assert Locale.objects.count() == Collection.objects.count() == 1
        assert Site.objects.count() <= 1
        User.objects.create_user("left-behind")


@on_sqlite
@pytest.mark.django_db(transaction=True)
class TestJournal:
    def test_migrating_chose_the_journal_that_is_safe_here(self):
        assert journal.journal_mode() == journal.JOURNAL_MODE

    def test_a_connection_waits_for_its_turn_and_for_the_disk(self):
        """The tests switch the waiting for the disk off; everything else is as in earnest."""
        with connection.cursor() as cursor:
            for pragma, value in {"busy_timeout": 20_000, "foreign_keys": 1, "recursive_triggers": 1}.items():
                assert cursor.execute(f"PRAGMA {pragma}").fetchone()[0] == value
        assert connection.transaction_mode == "IMMEDIATE"

    def test_an_unsafe_journal_is_reported_and_mended(self, monkeypatch):
        monkeypatch.setattr(journal, "WAL_IS_SAFE", False)
        monkeypatch.setattr(journal, "JOURNAL_MODE", "delete")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
        assert [problem.id for problem in journal.check_journal_mode(None, ["default"])] == ["cms.E001"]
        journal.set_journal_mode()
        assert journal.check_journal_mode(None, ["default"]) == []
        assert journal.journal_mode() == "delete"
