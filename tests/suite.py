"""`make test`: the suite on SQLite, then on PostgreSQL what must hold on both engines; says what did not join."""

import os
import subprocess
import sys
import time

from tests import engines

NOTHING_COLLECTED = 5
MOST_WORKERS = "4"


def main(arguments: list[str]) -> int:
    """The exit status of the first pass that failed, or 1 when a required engine is missing."""
    started = time.monotonic()
    absent = missing_engines()
    fatal = engines.required() & set(absent)
    status = 1 if fatal else run_everywhere(arguments)
    print(f"\nmake test: {time.monotonic() - started:.0f} s, on SQLite" + joined(absent))
    for name, reason in absent.items():
        print(f"  did not join: {name}: {reason}" + (" — and LINLI_REQUIRE asks for it" if name in fatal else ""))
    print("  " + ("all passed" if not status else "FAILED"))
    return status


def missing_engines() -> dict[str, str]:
    """The engines that are not here, each with the reason."""
    absent = {}
    if not engines.postgresql():
        absent["postgresql"] = "no server found here that lets us create databases (DATABASE_URL_TEST names one)"
    if reason := engines.missing_chromium():
        absent["chromium"] = reason
    return absent


def joined(absent: dict[str, str]) -> str:
    present = [name for name in ("postgresql", "chromium") if name not in absent]
    return f", with {' and '.join(present)}" if present else ""


def run_everywhere(arguments: list[str]) -> int:
    on_sqlite = run_pytest(arguments, engine="SQLite")
    url = engines.postgresql()
    on_postgresql = run_pytest(["-m", "both_engines", *arguments], engine="PostgreSQL", url=url) if url else 0
    return on_sqlite or on_postgresql


def run_pytest(arguments: list[str], *, engine: str, url: str | None = None) -> int:
    print(f"\n— {engine} —", flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if url:
        environment["DATABASE_URL"] = url
    workers = ["-n", "auto", "--maxprocesses", MOST_WORKERS, "--dist", "worksteal"]
    status = subprocess.run([sys.executable, "-m", "pytest", *workers, *arguments], env=environment).returncode
    return 0 if url and status == NOTHING_COLLECTED else status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
