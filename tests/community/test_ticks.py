"""What is due by the clock is called, once at a time, and one failure does not stop the others."""

import threading

import pytest
from django.db import connection

from community import ticks


@pytest.fixture
def empty_registry(monkeypatch):
    monkeypatch.setattr(ticks, "_ticks", {})


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_registry")]


def test_called_when_due_and_not_before():
    calls = []
    ticks.register_tick("deadlines", lambda: calls.append("deadlines"), every=60)
    assert ticks.run_due_ticks(1000.0) == ["deadlines"]
    assert ticks.run_due_ticks(1059.9) == []
    assert ticks.run_due_ticks(1060.0) == ["deadlines"]
    assert calls == ["deadlines", "deadlines"]


def test_a_failure_is_logged_and_the_others_go_on(caplog):
    def fail():
        raise RuntimeError("no such round")

    ticks.register_tick("broken", fail, every=60)
    ticks.register_tick("sound", lambda: None, every=60)
    assert ticks.run_due_ticks(0.0) == ["sound"]
    assert "The tick “broken” failed" in caplog.text
    assert "no such round" in caplog.text


def test_a_failed_tick_waits_for_its_next_time():
    calls = []

    def fail():
        calls.append(1)
        raise RuntimeError

    ticks.register_tick("broken", fail, every=60)
    for now in (0.0, 1.0, 60.0):
        ticks.run_due_ticks(now)
    assert len(calls) == 2


def test_a_name_is_taken_once():
    ticks.register_tick("deadlines", lambda: None, every=60)
    with pytest.raises(ValueError, match="already"):
        ticks.register_tick("deadlines", lambda: None, every=60)


def test_an_interval_is_positive():
    with pytest.raises(ValueError, match="positive"):
        ticks.register_tick("deadlines", lambda: None, every=0)


@pytest.mark.both_engines
@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_run_the_same_tick_at_the_same_moment():
    """The second worker finds the tick taken while the first is still in it, and can run it afterwards."""
    inside, leave = threading.Event(), threading.Event()

    def first_worker():
        with ticks.single_flight("deadlines") as ours:
            answers.append(ours)
            inside.set()
            leave.wait(10)
        connection.close()

    answers = []
    thread = threading.Thread(target=first_worker)
    thread.start()
    assert inside.wait(10)
    with ticks.single_flight("deadlines") as ours:
        assert not ours
    with ticks.single_flight("another") as ours:
        assert ours
    leave.set()
    thread.join(10)
    assert answers == [True]
    with ticks.single_flight("deadlines") as ours:
        assert ours
