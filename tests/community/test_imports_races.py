"""Two sheets at once, and a sheet beside somebody who types: each row once, and whoever was slower is told."""

from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection

from community.actions import imports
from community.actions.places import add_estate, add_home
from community.models import Event, Home
from community.refusals import ActionRefused, Conflict
from tests.factories import community as make

from .neighbourhoods import neighbourhood
from .sheets import table

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races, pytest.mark.both_engines]


def at_once(*calls) -> list:
    """What each call gives or refuses, begun at the same moment in a thread of its own."""
    barrier, results = Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        try:
            barrier.wait()
            results[number] = call()
        except ActionRefused as refusal:
            results[number] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number, call)) for number, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


ROWS = [["本小区", "本楼", "3单元", str(number), "80"] for number in range(1, 41)]


def test_two_imports_of_one_sheet():
    own = neighbourhood(make.unit("street"), "本")
    rows = table("homes", *ROWS)

    def run():
        return imports.import_rows(make.SYSTEM, kind="homes", unit=own.community, rows=rows)

    plans = at_once(run, run)
    assert sorted(plan.new for plan in plans) == [0, 40]
    assert Home.objects.filter(entrance="3单元").count() == 40
    assert Event.objects.filter(verb="homes.import").count() == 1
    call_command("verify_history", verbosity=0)


def test_one_sheet_confirmed_twice():
    own = neighbourhood(make.unit("street"), "本")
    officer = make.holder(make.Post.OFFICER, own.community)
    rows = table("homes", *ROWS)
    sheet = imports.hand_in(make.context(officer), kind="homes", unit=own.community, rows=rows)
    digest = imports.plan_import(make.SYSTEM, "homes", own.community, rows).digest

    def confirm():
        return imports.confirm_import(make.context(officer), sheet=sheet, digest=digest).state

    def carry_out():
        imports.carry_out_queued()
        return ""

    assert not [one for one in at_once(confirm, confirm, carry_out) if isinstance(one, ActionRefused)]
    sheet.refresh_from_db()
    assert sheet.state == "done" and Event.objects.filter(verb="homes.import").count() == 1
    call_command("verify_history", verbosity=0)


def test_a_sheet_beside_somebody_who_types():
    own = neighbourhood(make.unit("street"), "本")
    rows = table("homes", *ROWS)
    digest = imports.plan_import(make.SYSTEM, "homes", own.community, rows).digest

    def by_sheet():
        return imports.import_rows(make.SYSTEM, kind="homes", unit=own.community, rows=rows, digest=digest)

    def by_hand():
        add_estate(make.SYSTEM, community=own.community, name="新")
        return add_home(make.SYSTEM, building=own.building, entrance="3单元", number="7", floor_area_centi=8000)

    sheet, hand = at_once(by_sheet, by_hand)
    assert isinstance(sheet, Conflict) != isinstance(hand, ActionRefused)
    assert Home.objects.filter(entrance="3单元", number="7").count() == 1
    call_command("verify_history", verbosity=0)
