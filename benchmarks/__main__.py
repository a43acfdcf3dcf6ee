"""`make bench`: both engines with the demo district, each page beside a bare gunicorn of the same run.

Takes some minutes and both cores; figures of a busy machine say nothing. Ratios travel, absolute figures do not.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from benchmarks import import_register
from benchmarks.load import Result, ask, send
from tests import engines

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "benchmarks" / "figures.md"
PORT = int(os.environ.get("BENCH_PORT", "8790"))
CLIENTS, SECONDS, WARM_UP = 8, 10, 2
DATABASE = "linli_bench"


def main() -> None:
    with served("benchmarks.hello", environment={}) as (_, seconds):
        hello = ask(PORT, "/", clients=CLIENTS, seconds=SECONDS)
    rows = [row("bare gunicorn", "—", hello, hello)]
    starts, memory = [f"bare gunicorn {seconds:.1f} s"], []
    for engine, environment in places():
        measured = prepared(environment)
        with served("cms.wsgi", environment=environment) as (server, seconds):
            starts.append(f"{engine} {seconds:.1f} s")
            for name, page in measured["pages"].items():
                ask(PORT, page["path"], clients=CLIENTS, seconds=WARM_UP, cookie=page["cookie"])
                result = ask(PORT, page["path"], clients=CLIENTS, seconds=SECONDS, cookie=page["cookie"])
                rows.append(row(name, engine, result, hello))
            decided = send(PORT, measured["decisions"], clients=CLIENTS)
            rows.append(row("decision (POST)", engine, decided, hello))
            memory.append(f"{engine} {', '.join(map(str, memory_of_workers(server.pid)))} MB")
    FIGURES.write_text(f"{report(rows, starts, memory)}\n{import_register.section()}", encoding="utf-8")
    print(FIGURES.read_text(encoding="utf-8"))


def row(name: str, engine: str, result: Result, hello: Result) -> str:
    return (
        f"| {name} | {engine} | {result.per_second:.0f} | {hello.per_second / max(result.per_second, 0.1):.0f} ×"
        f" | {result.median:.0f} | {result.p99:.0f} | {result.answers} | {result.errors} |"
    )


def report(rows: list[str], starts: list[str], memory: list[str]) -> str:
    return f"""# Figures

{date.today().isoformat()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python
{platform.python_version()}; gunicorn as in `cms/gunicorn.py` (2 processes of 4 threads); {CLIENTS} readers at once for
{SECONDS} s on the same machine, each asking again as soon as it is answered; no page cache. A decision is the final
POST of a committee member, five members to a round, each once. Made by `make bench`.

| page | engine | answers/s | bare gunicorn is faster by | median ms | p99 ms | answers | errors |
|---|---|---|---|---|---|---|---|
{os.linesep.join(rows)}

- From the start of the process to the first answer: {"; ".join(starts)}.
- Memory of each server process after the load (resident, shared pages counted in each): {"; ".join(memory)}.
"""


def places() -> Iterator[tuple[str, dict[str, str]]]:
    """Each engine with an environment that leads to an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", {"LINLI_VAR": folder}
    if server := engines.postgresql():
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8'")
            with tempfile.TemporaryDirectory() as folder:
                url = urlsplit(server)._replace(path=f"/{DATABASE}").geturl()
                yield "PostgreSQL", {"LINLI_VAR": folder, "DATABASE_URL": url}
            connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def prepared(environment: dict[str, str]) -> dict:
    """Migrate, load the demo, collect static files; the pages to measure and the decisions to send."""
    for command in (["migrate", "-v0"], ["load_demo"], ["collectstatic", "--noinput", "-v0"]):
        manage(environment, *command)
    code = (ROOT / "benchmarks" / "addresses.py").read_text(encoding="utf-8")
    return json.loads(manage(environment, "shell", "--no-imports", "-c", code).splitlines()[-1])


def manage(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=whole(environment), stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def whole(environment: dict[str, str]) -> dict[str, str]:
    outer = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "LINLI_VAR"}}
    return {**outer, "DJANGO_SETTINGS_MODULE": "cms.settings.dev", **environment}


@contextmanager
def served(application: str, *, environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen, float]]:
    """A running gunicorn, and the seconds from its start to its first answer."""
    command = [sys.executable, "-m", "gunicorn", "--config", "cms/gunicorn.py", "--bind", f"127.0.0.1:{PORT}"]
    started = time.monotonic()
    server = subprocess.Popen([*command, application], cwd=ROOT, env=whole(environment), stderr=subprocess.DEVNULL)
    try:
        while not ask(PORT, "/", clients=1, seconds=0.01).answers:
            if server.poll() is not None or time.monotonic() - started > 60:
                raise RuntimeError(f"{application} does not answer on port {PORT}.")
            time.sleep(0.05)
        yield server, time.monotonic() - started
    finally:
        server.terminate()
        server.wait()


def memory_of_workers(parent: int) -> list[int]:
    listing = subprocess.run(["ps", "-o", "rss=", "--ppid", str(parent)], capture_output=True, text=True, check=True)
    return [int(kilobytes) // 1024 for kilobytes in listing.stdout.split()]


if __name__ == "__main__":
    main()
