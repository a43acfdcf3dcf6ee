"""The virtual environment and what is installed in it; stamps that spare the work when nothing changed."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
VAR = Path(os.environ.get("LINLI_VAR") or ROOT / "var")
PYTHON = VENV / "bin" / "python"
RUNTIME = ("requirements.txt",)
DEVELOPMENT = ("requirements.txt", "requirements-dev.txt")


class CannotGoOn(Exception):
    """Something outside is missing. The text is one sentence that says what to do."""


def digest(paths: Iterable[Path], *more: str) -> str:
    """One fingerprint of these files (names and contents) and texts, the same on every machine."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    for text in more:
        total.update(text.encode() + b"\0")
    return total.hexdigest()


def ensure_writable(directory: Path) -> None:
    """Make the directory, or say who has to let us write there."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except (PermissionError, FileExistsError, NotADirectoryError) as error:
        raise CannotGoOn(
            f"Cannot make the directory {directory} ({error.strerror}): give this account the right to write there."
        ) from error
    if not os.access(directory, os.W_OK | os.X_OK):
        raise CannotGoOn(f"Cannot write to {directory}: give this account the right to write there.")


def ensure_environment(requirements: tuple[str, ...] = RUNTIME) -> None:
    """Have `.venv` with exactly these pinned packages; does nothing when they are already there."""
    outdated = [name for name in requirements if not _is_installed(name)]
    if PYTHON.exists() and not outdated:
        return
    ensure_writable(ROOT)
    if not PYTHON.exists():
        _create()
    print(f"Installing {' and '.join(requirements)} into .venv …", flush=True)
    files = [argument for name in requirements for argument in ("-r", name)]
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet", "--require-hashes"]
    if subprocess.run([*pip, *files], cwd=ROOT).returncode:
        raise CannotGoOn(
            "The packages could not be installed (pip says why above): see to the connection or the package index,"
            " then give the command again."
        )
    for name in requirements:
        _stamp(name).write_text(digest([ROOT / name]))


def _is_installed(name: str) -> bool:
    stamp = _stamp(name)
    return stamp.exists() and stamp.read_text() == digest([ROOT / name])


def _stamp(name: str) -> Path:
    return VENV / f"{name}.installed"


def _create() -> None:
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError as error:
        raise CannotGoOn(
            "This Python cannot make virtual environments: on Debian or Ubuntu run `apt install python3-venv`,"
            " then give the command again."
        ) from error
    print("Making the virtual environment .venv …", flush=True)
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV]).returncode:
        raise CannotGoOn(
            "The virtual environment .venv could not be made (see above): remove it, then give the command again."
        )
