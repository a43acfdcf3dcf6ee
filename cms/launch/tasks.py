"""The tasks of the Makefile by name."""

import os
import subprocess
import sys

from . import server
from .environment import DEVELOPMENT, PYTHON, ROOT, VENV, CannotGoOn, ensure_environment
from .preparation import PACKAGES, manage

# What production asks for, with values that only serve to look at its settings.
PRODUCTION_SAMPLE = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "only-to-look-at-the-settings-" + "0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "linli.example",
    "DATABASE_URL": "sqlite:////tmp/linli-check.sqlite3",
    "LINLI_MASTER_KEY": "5a" * 32,
}


def main(arguments: list[str]) -> int:
    """Run one task; a CannotGoOn becomes one sentence on stderr and status 1."""
    task, *rest = arguments or ["run"]
    try:
        return TASKS[task](rest)
    except CannotGoOn as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    return server.run()


def test(arguments: list[str]) -> int:
    ensure_environment(DEVELOPMENT)
    return subprocess.run([PYTHON, "-m", "tests.suite", *arguments], cwd=ROOT).returncode


def tool(arguments: list[str]) -> int:
    """A program of the environment, such as ruff or uv."""
    ensure_environment(DEVELOPMENT)
    name, *rest = arguments
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    return subprocess.run([VENV / "bin" / name, *rest], cwd=ROOT, env=environment).returncode


def check(arguments: list[str]) -> int:
    """What can go stale beside the code: migrations, diagrams, production settings."""
    ensure_environment(DEVELOPMENT)
    return (
        manage("makemigrations", "--check", "--dry-run")
        or manage("draw_lifecycles", "--check")
        or manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION_SAMPLE)
    )


def messages(arguments: list[str]) -> int:
    """Collect the interface strings of our packages and compile the catalogue."""
    ensure_environment(DEVELOPMENT)
    others = sorted(p.name for p in ROOT.iterdir() if p.is_dir() and p.name not in PACKAGES)
    ignored = [argument for name in others for argument in ("--ignore", f"{name}/*")]
    collect = ("makemessages", "--locale=zh_Hans", "--no-location", "--no-wrap", "--no-obsolete", *ignored)
    return manage(*collect) or manage("compilemessages", "--locale=zh_Hans", "--ignore=.venv")


TASKS = {"run": run, "test": test, "tool": tool, "check": check, "messages": messages}
