"""What a record costs: an act with one version of one row, beside a plain save of the same row, in the same run.

    python benchmarks/record_cost.py

Uses the engine that DATABASE_URL names, in a test database that is made beside it and dropped again. Each save is
committed on its own, and the disk is waited for (synchronous=FULL on SQLite). TIMES sets how often.
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from community.actions.places import open_unit  # noqa: E402
from community.models import Partner, Unit  # noqa: E402
from community.records import Context, act  # noqa: E402
from community.verification import Verification  # noqa: E402

TIMES = int(os.environ.get("TIMES", "500"))
SYSTEM = Context(channel="system")


def milliseconds(step) -> list[float]:
    step(0)
    found = []
    for number in range(1, TIMES + 1):
        begin = time.perf_counter()
        step(number)
        found.append((time.perf_counter() - begin) * 1000)
    return found


def plain_save(partner):
    def step(number):
        partner.name = f"单位 {number}"
        partner.skip_history_when_saving = True
        with transaction.atomic():
            partner.save()
        del partner.skip_history_when_saving

    return step


def recorded_save(partner, community):
    def step(number):
        with act(SYSTEM, "bench.save", community, subject=partner) as a:
            locked = a.lock(Partner, pk=partner.pk)
            locked.name = f"共建 {number}"
            a.save(locked)

    return step


def show(name: str, times: list[float]) -> None:
    last = sorted(times)[int(len(times) * 0.99)]
    print(f"{name:<30} median {statistics.median(times):6.2f} ms   p99 {last:6.2f} ms")


def show_verification() -> None:
    run = Verification()
    begin = time.perf_counter()
    assert next(run.misfits(), None) is None
    seconds = time.perf_counter() - begin
    rate = (run.counts.events + run.counts.rows) / seconds
    print(f"verify_history: {rate:,.0f} events and rows per second over {run.counts.events} events")


def measure() -> None:
    street = open_unit(SYSTEM, parent=None, kind=Unit.Kind.STREET, name="街道", code="street")
    community = open_unit(
        SYSTEM, parent=street, kind=Unit.Kind.COMMUNITY, name="社区", code="community", reference_prefix="KY"
    )
    with act(SYSTEM, "bench.open", community) as a:
        partner = a.subject = a.save(Partner(community=community, name="单位"))
    print(f"{connection.vendor}, {TIMES} times each, in turn")
    plain, recorded = plain_save(partner), recorded_save(partner, community)
    show("plain save", milliseconds(plain))
    show("act with one version", milliseconds(recorded))
    show("plain save, again", milliseconds(plain))
    recorded(TIMES + 1)
    show_verification()


def main() -> None:
    if connection.vendor == "sqlite":  # a file, as in earnest: the tests' own settings spare the disk
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=OFF", "synchronous=FULL")
        connection.settings_dict["TEST"]["NAME"] = str(Path(settings.VAR_DIR) / "record-cost.sqlite3")
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        measure()
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
