"""`run_worker`: tasks get done, the clock is kept, and an end asked for is a graceful one."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from community import ticks

RUN_WORKER = [sys.executable, "manage.py", "run_worker"]
on_sqlite = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="works on a copy of the SQLite file")


@pytest.mark.django_db
def test_one_round_calls_what_is_due(monkeypatch):
    calls = []
    monkeypatch.setattr(ticks, "_ticks", {})
    ticks.register_tick("deadlines", lambda: calls.append("deadlines"), every=60)
    call_command("run_worker", once=True)
    assert calls == ["deadlines"]


@pytest.fixture
def place(tmp_path, transactional_db):
    """A migrated database of its own with the development settings, which keep tasks in the database."""
    environment = {**os.environ, "LINLI_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
    environment.pop("DATABASE_URL", None)
    shutil.copyfile(settings.DATABASES["default"]["NAME"], tmp_path / "linli.sqlite3")
    return environment


def in_shell(code: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    result = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


TASKS_THAT_ARE_NOT_DONE = "SELECT status FROM django_tasks_database_dbtaskresult WHERE status <> 'SUCCESSFUL'"
ENQUEUE = """
from wagtail.models import Page
from wagtail.tasks import update_reference_index_task
page = Page.objects.first()
print(update_reference_index_task.enqueue("wagtailcore", "page", str(page.pk)).status)
"""
MAKE_NOTICE_THAT_ENDED = """
from datetime import timedelta
from django.utils import timezone
from tests.factories import pages
pages.notice(pages.community(), valid_until=timezone.localdate() - timedelta(days=1))
"""


def ask(environment: dict[str, str], query: str) -> list[tuple]:
    with closing(sqlite3.connect(Path(environment["LINLI_VAR"], "linli.sqlite3"), timeout=20)) as database:
        return database.execute(query).fetchall()


@on_sqlite
def test_the_wiring_records_notices_that_are_over(place):
    in_shell(MAKE_NOTICE_THAT_ENDED, place)
    result = subprocess.run(RUN_WORKER + ["--once"], cwd=settings.BASE_DIR, env=place, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "failed" not in result.stderr
    assert ask(place, "SELECT channel FROM community_event WHERE verb = 'page.expire'") == [("system",)]


@on_sqlite
def test_a_task_gets_done_and_a_request_to_end_is_followed(place):
    assert in_shell(ENQUEUE, place) == "READY"
    worker = subprocess.Popen(RUN_WORKER, cwd=settings.BASE_DIR, env=place)
    try:
        patience = time.monotonic() + 30
        while ask(place, TASKS_THAT_ARE_NOT_DONE) and time.monotonic() < patience:
            time.sleep(0.2)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=15) == 0
    finally:
        worker.kill()
    assert not ask(place, TASKS_THAT_ARE_NOT_DONE)
