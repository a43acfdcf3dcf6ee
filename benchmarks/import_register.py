"""What a sheet costs: 1,702 homes, then the numbers of their 5,075 residents, on each engine.

    python -m benchmarks.import_register

Each engine in a process of its own, with a test database that is dropped again; every commit reaches the disk. Beside
it stands what reading the file alone takes. Writes its part of figures.md; `make bench` calls it too.
"""

import io
import json
import os
import re
import subprocess
import sys
import time
import tracemalloc
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "benchmarks" / "figures.md"
HOMES, RESIDENTS, BUILDINGS = 1702, 5075, 46
TITLE = "## Registers from sheets"
ENGINE = "LINLI_BENCH_ENGINE"


def main() -> None:
    if ENGINE in os.environ:
        print(json.dumps(one_engine()))
        return
    text = FIGURES.read_text(encoding="utf-8")
    before = re.split(rf"^{TITLE}$", text, flags=re.MULTILINE)[0]
    FIGURES.write_text(f"{before.rstrip()}\n\n{section()}", encoding="utf-8")
    print(FIGURES.read_text(encoding="utf-8").split(TITLE)[1])


def section() -> str:
    """The part of figures.md that tells of it."""
    lines = []
    for engine, url in engines_here():
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {ENGINE: engine, "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
        environment |= {"DATABASE_URL": url} if url else {}
        command = [sys.executable, "-m", "benchmarks.import_register"]
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        lines += rows_of(engine, json.loads(done.stdout.splitlines()[-1]))
    return f"""{TITLE}

{date.today().isoformat()}. An .xlsx of {HOMES:,} homes in {BUILDINGS} buildings, then one with the numbers of their
{RESIDENTS:,} residents, each imported as one act with a version of every row. Memory: the most that the step held at
once (Python's own objects, counted in a second run). Made by `python -m benchmarks.import_register`.

| step | engine | seconds | times reading alone | memory MB |
|---|---|---|---|---|
{os.linesep.join(lines)}
"""


def rows_of(engine: str, steps: list[dict]) -> list[str]:
    alone = steps[0]["seconds"]
    return [
        f"| {one['step']} | {engine} | {one['seconds']:.2f} | {one['seconds'] / alone:.1f} × | {one['memory']:.1f} |"
        for one in steps
    ]


def engines_here() -> list[tuple[str, str]]:
    from tests import engines

    server = engines.postgresql()
    return [("SQLite", ""), *([("PostgreSQL", server)] if server else [])]


def sheets() -> tuple[bytes, bytes]:
    """The two files: homes with their areas, homes with how many live there."""
    from community.imports.plans import KINDS

    places = [
        ["示例小区", f"{number % BUILDINGS + 1}号楼", f"{number % 3 + 1}单元", f"{number // BUILDINGS + 101}"]
        for number in range(HOMES)
    ]
    areas = [[*place, f"{60 + number % 80}.{number % 100:02d}"] for number, place in enumerate(places)]
    more = RESIDENTS - 2 * HOMES
    people = [[*place, str(2 + (number < more))] for number, place in enumerate(places)]
    return workbook(KINDS["homes"].sheet, areas), workbook(KINDS["residents"].sheet, people)


def workbook(sheet, rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook

    book, target = Workbook(write_only=True), io.BytesIO()
    page = book.create_sheet()
    for row in [[column.header for column in sheet.columns], *rows]:
        page.append(row)
    book.save(target)
    return target.getvalue()


def one_engine() -> list[dict]:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    if connection.vendor == "sqlite":  # a file, as in earnest: the tests' own settings spare the disk
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=OFF", "synchronous=FULL")
        connection.settings_dict["TEST"]["NAME"] = str(Path(settings.VAR_DIR) / "import-register.sqlite3")
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        seconds = measured(stopwatch)
        tracemalloc.start()
        memory = measured(most_memory)
        return [{"step": step, "seconds": seconds[step], "memory": memory[step]} for step in seconds]
    finally:
        teardown_databases(databases, verbosity=0)


def stopwatch(work) -> tuple[object, float]:
    begin = time.perf_counter()
    return work(), time.perf_counter() - begin


def most_memory(work) -> tuple[object, float]:
    """What the work gives, and the most that it held at once, in MB."""
    before, _most = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    result = work()
    return result, (tracemalloc.get_traced_memory()[1] - before) / 2**20


def measured(measure) -> dict[str, float]:
    """Every step by name with its figure, in a community of its own; and that all went as it should."""
    from community.actions.imports import import_rows
    from community.imports.files import read_table
    from community.imports.plans import plan_import
    from community.models import Home
    from community.verification import Verification
    from tests.factories import community as make

    unit, figures = opened(), {}
    homes, people = sheets()

    def step(name: str, work):
        result, figures[name] = measure(work)
        return result

    def imported(kind: str, rows):
        return lambda: import_rows(make.SYSTEM, kind=kind, unit=unit, rows=rows)

    rows = step("reading the file of homes alone", lambda: read_table("homes.xlsx", homes))
    step("showing what would change", lambda: plan_import(make.SYSTEM, "homes", unit, rows).digest)
    step("importing the homes", imported("homes", rows))
    numbers = read_table("residents.xlsx", people)
    step("importing the numbers", imported("residents", numbers))
    again = step("the same again", imported("residents", numbers))
    assert (again.new, again.changed, again.same) == (0, 0, HOMES)
    assert Home.objects.in_community(unit).residents() == (RESIDENTS, HOMES)
    assert next(Verification().misfits(), None) is None
    return figures


def opened():
    """A community with an estate and its buildings."""
    from community.actions.places import add_building, add_estate
    from tests.factories import community as make

    unit = make.community()
    estate = add_estate(make.SYSTEM, community=unit, name="示例小区")
    for number in range(BUILDINGS):
        add_building(make.SYSTEM, estate=estate, name=f"{number + 1}号楼")
    return unit


if __name__ == "__main__":
    main()
