"""What a person meets who types `make run` where something is missing, and how the processes end together."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cms.launch import environment, preparation
from cms.launch.supervisor import Supervisor

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534


@pytest.fixture
def checkout(tmp_path):
    """A bare copy of what `make run` reads first."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    shutil.copytree(ROOT / "cms" / "launch", tmp_path / "cms" / "launch", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "cms" / "__init__.py").touch()
    return tmp_path


def make_run(checkout, **options):
    environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **options.pop("env", {})}
    return subprocess.run(
        ["make", "run", f"PYTHON={sys.executable}"],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        **options,
    )


def said(result) -> str:
    """The sentence on stderr, without make's own line."""
    assert result.returncode != 0
    lines = [line for line in result.stderr.splitlines() if not line.startswith("make")]
    assert len(lines) == 1, result.stderr
    return lines[0]


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_port_taken(checkout):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        sentence = said(make_run(checkout, env={"PORT": str(port)}))
    assert f"Port {port} is taken" in sentence
    assert "make run PORT=" in sentence


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "８０００"])
def test_port_that_is_no_port(checkout, port):
    assert f"not “{port}”" in said(make_run(checkout, env={"PORT": port, "PYTHONUTF8": "1"}))


def test_no_right_to_write(tmp_path):
    """Root may write anywhere, so there somebody else tries it."""
    tmp_path.chmod(0o555)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            if os.getuid() == 0:
                os.setuid(NOBODY)
            environment.ensure_writable(tmp_path / "var")
        except environment.CannotGoOn as error:
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        sentence = answer.read()
    assert f"Cannot make the directory {tmp_path / 'var'}" in sentence
    assert "give this account the right to write there" in sentence


def test_a_file_where_a_directory_should_be(checkout):
    (checkout / "var").touch()
    assert "Cannot make the directory" in said(make_run(checkout, env={"PORT": free_port()}))


def test_python_without_venv(checkout):
    (checkout / "sitecustomize.py").write_text("import sys\nsys.modules['ensurepip'] = None\n")
    sentence = said(make_run(checkout, env={"PORT": free_port(), "PYTHONPATH": str(checkout)}))
    assert "apt install python3-venv" in sentence


def test_python_too_old(checkout):
    (checkout / "sitecustomize.py").write_text("import sys\nsys.version_info = (3, 9, 2, 'final', 0)\n")
    sentence = said(make_run(checkout, env={"PORT": free_port(), "PYTHONPATH": str(checkout)}))
    assert "needs Python 3.11 or newer and this is 3.9" in sentence


def test_no_python_at_all(checkout):
    result = subprocess.run(["make", "run", "PYTHON=no-such-python"], cwd=checkout, capture_output=True, text=True)
    assert "There is no no-such-python" in said(result)


def test_packages_that_cannot_be_installed(checkout, monkeypatch):
    monkeypatch.setattr(environment, "ROOT", checkout)
    monkeypatch.setattr(environment, "VENV", checkout / ".venv")
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr(environment, "PYTHON", python)
    with pytest.raises(environment.CannotGoOn, match="could not be installed"):
        environment.ensure_environment()
    assert not (checkout / ".venv" / "requirements.txt.installed").exists()


def test_the_second_start_does_nothing_again(monkeypatch, tmp_path):
    """Same sources, same database: no step is due. Another password for the demo: only the demo is."""
    monkeypatch.setattr(preparation, "VAR", tmp_path)
    monkeypatch.setattr(preparation, "STAMPS", tmp_path / "prepared.json")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    commands = []

    def note(*arguments, **environment):
        commands.append(arguments[0])
        (tmp_path / "linli.sqlite3").touch()
        return 0

    monkeypatch.setattr(preparation, "manage", note)
    monkeypatch.setattr(preparation, "has_command", lambda name: True)
    preparation.prepare()
    assert commands == ["migrate", "load_demo", "collectstatic"]
    preparation.prepare()
    assert commands == ["migrate", "load_demo", "collectstatic"]
    monkeypatch.setenv("DEMO_PASSWORD", "another one")
    preparation.prepare()
    assert commands[3:] == ["load_demo"]
    (tmp_path / "linli.sqlite3").unlink()
    preparation.prepare()
    assert commands[4:] == ["migrate", "load_demo"]


def test_a_step_that_fails_is_tried_again(monkeypatch, tmp_path):
    monkeypatch.setattr(preparation, "VAR", tmp_path)
    monkeypatch.setattr(preparation, "STAMPS", tmp_path / "prepared.json")
    monkeypatch.setattr(preparation, "manage", lambda *arguments, **environment: 1)
    with pytest.raises(environment.CannotGoOn, match="migrate"):
        preparation.prepare()
    assert not (tmp_path / "prepared.json").exists()


class TestTogether:
    """One process that ends takes the other along; a request to end reaches both."""

    SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
    LEAVE = [sys.executable, "-c", "import sys; sys.exit(3)"]

    def test_one_ends_by_itself(self, capfd):
        supervisor = Supervisor({"server": self.SLEEP, "worker": self.LEAVE}, directory="/", environment={})
        handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
        try:
            assert supervisor.run(lambda: True) == 1
        finally:
            for number, handler in zip((signal.SIGINT, signal.SIGTERM), handlers, strict=True):
                signal.signal(number, handler)
        assert "The worker ended by itself (status 3)" in capfd.readouterr().err
        assert all(process.poll() is not None for process in supervisor._processes.values())

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_asked_to_end(self, tmp_path, number):
        process, children = self.start(tmp_path)
        process.send_signal(number)
        assert process.wait(timeout=15) == 0
        assert not any(map(is_alive, children))

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
    def test_killed(self, tmp_path):
        process, children = self.start(tmp_path)
        process.kill()
        process.wait(timeout=15)
        patience = time.monotonic() + 15
        while any(map(is_alive, children)) and time.monotonic() < patience:
            time.sleep(0.1)
        assert not any(map(is_alive, children))

    def start(self, tmp_path):
        """A supervisor in a process of its own, and the numbers of its two children."""
        child = [sys.executable, "-c", WRITE_PID_AND_SLEEP, str(tmp_path)]
        code = f"import sys; from cms.launch.supervisor import Supervisor; c = {child!r}\n"
        code += "sys.exit(Supervisor({'a': c, 'b': c}, directory='.', environment={}).run(lambda: True))"
        process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
        patience = time.monotonic() + 15
        while len(list(tmp_path.glob("*.pid"))) < 2 and time.monotonic() < patience:
            time.sleep(0.05)
        return process, [int(path.stem) for path in tmp_path.glob("*.pid")]


WRITE_PID_AND_SLEEP = """
import os, pathlib, sys, time
pathlib.Path(sys.argv[1], f"{os.getpid()}.pid").touch()
time.sleep(60)
"""


def is_alive(number: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{number}/stat").read_text().split()[2]
    except (FileNotFoundError, ProcessLookupError):
        return False
