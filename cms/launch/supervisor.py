"""Several processes under one command: they start together and end together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

GRACE = 30  # seconds between the request to end and the end by force
PAUSE = 0.2
PR_SET_PDEATHSIG = 1


class Supervisor:
    """Runs named commands until one of them ends or this process is asked to (SIGINT, SIGTERM)."""

    def __init__(self, commands: dict[str, list[str]], *, directory: str, environment: dict[str, str]):
        self._commands = commands
        self._options = {"cwd": directory, "env": environment}
        self._processes: dict[str, subprocess.Popen] = {}
        self._requests = 0

    def run(self, when_started: Callable[[], bool]) -> int:
        """0 when asked to end, 1 when a process ended by itself.

        `when_started` is called now and again until it answers True.
        """
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        try:
            for name, command in self._commands.items():
                self._processes[name] = subprocess.Popen(
                    command, start_new_session=True, preexec_fn=_end_with_parent, **self._options
                )
            ended = self._wait(when_started)
        finally:
            self._stop_all()
        if ended is None:
            return 0
        status = self._processes[ended].returncode
        print(f"The {ended} ended by itself (status {status}), so everything was stopped.", file=sys.stderr)
        return 1

    def _wait(self, when_started: Callable[[], bool]) -> str | None:
        started = False
        while not self._requests:
            for name, process in self._processes.items():
                if process.poll() is not None:
                    return name
            started = started or when_started()
            time.sleep(PAUSE)
        return None

    def _stop_all(self) -> None:
        for process in self._processes.values():
            if process.poll() is None:
                process.terminate()
        patience = time.monotonic() + GRACE
        for process in self._processes.values():
            while process.poll() is None and time.monotonic() < patience and self._requests < 2:
                time.sleep(PAUSE)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _on_signal(self, number: int, frame: object) -> None:
        self._requests += 1


def _end_with_parent() -> None:
    """On Linux, be told to end when the supervisor is killed; elsewhere there is no such request."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
