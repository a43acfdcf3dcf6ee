"""So many readers at once, each asking again as soon as it is answered, for so many seconds."""

import http.client
import queue
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """What came of it. Times in milliseconds."""

    answers: int
    errors: int
    seconds: float
    median: float
    p99: float

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds


def ask(port: int, path: str, *, clients: int, seconds: float, cookie: str = "") -> Result:
    """Load one address of 127.0.0.1; an answer other than 200 counts as an error."""
    times: list[float] = []
    errors: list[int] = []
    end = time.monotonic() + seconds
    seconds = _at_once(clients, _read, port, path, cookie, end, times, errors)
    return _result(times, errors, seconds)


def send(port: int, forms: list[dict], *, clients: int) -> Result:
    """Post every form once, each with its own cookie; anything but a redirect counts as an error."""
    times: list[float] = []
    errors: list[int] = []
    waiting = queue.SimpleQueue()
    for form in forms:
        waiting.put(form)
    seconds = _at_once(clients, _post, port, waiting, times, errors)
    return _result(times, errors, seconds)


def _at_once(clients: int, work, *arguments) -> float:
    """Run `work` in so many threads; the seconds until the last has ended."""
    threads = [threading.Thread(target=work, args=arguments) for _ in range(clients)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - started


def _result(times: list[float], errors: list[int], seconds: float) -> Result:
    ordered = sorted(times) or [0.0]
    return Result(
        answers=len(times),
        errors=len(errors),
        seconds=seconds,
        median=1000 * ordered[len(ordered) // 2],
        p99=1000 * ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)],
    )


def _read(port: int, path: str, cookie: str, end: float, times: list[float], errors: list[int]) -> None:
    headers = {"Cookie": cookie} if cookie else {}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while (started := time.monotonic()) < end:
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            errors.append(0)
            continue
        if response.status == 200:
            times.append(time.monotonic() - started)
        else:
            errors.append(response.status)
    connection.close()


def _post(port: int, waiting: queue.SimpleQueue, times: list[float], errors: list[int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while True:
        try:
            form = waiting.get_nowait()
        except queue.Empty:
            connection.close()
            return
        started = time.monotonic()
        headers = {"Cookie": form["cookie"], "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", form["path"], body=form["body"], headers=headers)
        response = connection.getresponse()
        response.read()
        if response.status == 302:
            times.append(time.monotonic() - started)
        else:
            errors.append(response.status)
