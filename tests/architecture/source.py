"""The source as the architecture tests read it: tracked files and their syntax trees."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("cms", "services", "workflows", "home", "community")


@cache
def tracked(*patterns: str) -> tuple[Path, ...]:
    """Files under version control (and new ones not ignored) that match a pattern and still exist."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(ROOT / name for name in sorted(set(filter(None, names))) if (ROOT / name).is_file())


def modules(*, migrations: bool = False) -> list[Path]:
    """The Python modules of our packages."""
    paths = tracked(*(f"{package}/*.py" for package in PACKAGES))
    return [path for path in paths if migrations or "migrations" not in path.parts]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=name_of(path))


def imported(path: Path) -> set[str]:
    """The full dotted names of all that a module imports, relative ones resolved, inside functions too."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            origin = ".".join(filter(None, (start, node.module)))
            found |= {f"{origin}.{alias.name}" for alias in node.names}
    return found
