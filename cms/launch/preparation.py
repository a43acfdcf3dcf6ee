"""Before the server starts: the database, the demo and the static files, each only when what it depends on changed."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .environment import PYTHON, ROOT, VAR, CannotGoOn, digest

PACKAGES = ("cms", "community", "home", "workflows", "services")
STAMPS = VAR / "prepared.json"


@dataclass(frozen=True)
class Step:
    """One management command, and the fingerprint of all that its result depends on."""

    title: str
    command: tuple[str, ...]
    fingerprint: str


def manage(*arguments: str, **environment: str) -> int:
    """Run a management command with the development settings; its exit status."""
    return subprocess.run([PYTHON, "manage.py", *arguments], cwd=ROOT, env={**os.environ, **environment}).returncode


def has_command(name: str) -> bool:
    return any(ROOT.glob(f"*/management/commands/{name}.py"))


def prepare() -> None:
    """Run the steps that are due, in order. Data that is there stays."""
    done = _read_stamps()
    if not _database_is_there():
        done = {"static": done.get("static", "")}
    for name, step in _steps().items():
        if done.get(name) == step.fingerprint or (name == "demo" and not has_command("load_demo")):
            continue
        print(step.title, flush=True)
        if manage(*step.command):
            raise CannotGoOn(
                f"`manage.py {step.command[0]}` did not succeed: what it says above has to be mended first."
            )
        done[name] = step.fingerprint
        _write_stamps(done)


def _steps() -> dict[str, Step]:
    code = list(_files(PACKAGES, "*.py"))
    base = digest([*code, ROOT / "requirements.txt"], os.environ.get("DATABASE_URL", ""))
    demo = digest([], base, os.environ.get("DEMO_PASSWORD", ""))
    static = digest([*_files(("static",), "*"), ROOT / "requirements.txt"])
    return {
        "database": Step("Bringing the database up to date …", ("migrate", "--verbosity=0"), base),
        "demo": Step("Loading the demo district …", ("load_demo",), demo),
        "static": Step("Collecting static files …", ("collectstatic", "--noinput", "--verbosity=0"), static),
    }


def _files(folders: tuple[str, ...], pattern: str) -> Iterator[Path]:
    for folder in folders:
        yield from (
            path for path in (ROOT / folder).rglob(pattern) if path.is_file() and "__pycache__" not in path.parts
        )


def _database_is_there() -> bool:
    """A database server may have been emptied meanwhile, so there the steps always run."""
    return not os.environ.get("DATABASE_URL") and (VAR / "linli.sqlite3").exists()


def _read_stamps() -> dict[str, str]:
    try:
        return json.loads(STAMPS.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def _write_stamps(done: dict[str, str]) -> None:
    STAMPS.touch(mode=0o600)
    STAMPS.write_text(json.dumps(done, indent=1))
