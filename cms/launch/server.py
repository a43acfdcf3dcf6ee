"""`make run`: from a bare checkout to an address that answers."""

import http.client
import os
import socket
import sys

from .environment import PYTHON, ROOT, VAR, CannotGoOn, ensure_environment, ensure_writable
from .preparation import prepare
from .supervisor import Supervisor

HOST = "127.0.0.1"
SIGN_INS = VAR / "demo-sign-ins.txt"


def run() -> int:
    """Prepare what is due, then serve until asked to end. The exit status."""
    port = wanted_port(os.environ.get("PORT", ""))
    ensure_free(port)
    ensure_writable(VAR)
    ensure_environment()
    prepare()
    ensure_free(port)
    python = str(PYTHON)
    commands = {
        "server": [python, "-m", "gunicorn", "--config", "cms/gunicorn.py", "--bind", f"{HOST}:{port}", "cms.wsgi"],
        "worker": [python, "manage.py", "run_worker"],
    }
    address = f"http://{HOST}:{port}/"
    environment = {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "LINLI_BASE_URL": address.rstrip("/"), **os.environ}
    supervisor = Supervisor(commands, directory=str(ROOT), environment=environment)
    return supervisor.run(lambda: _answers(port) and _announce(address))


def wanted_port(text: str) -> int:
    """The port as a number from 1 to 65535; raises CannotGoOn for anything else."""
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise CannotGoOn(f"PORT must be a number from 1 to 65535, not “{text}”: try `make run PORT=8001`.")


def ensure_free(port: int) -> None:
    """Raise CannotGoOn when another program listens on the port, or it is not ours to take."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise CannotGoOn(f"Port {port} needs special rights: try `make run PORT=8001`.") from error
        except OSError as error:
            raise CannotGoOn(
                f"Port {port} is taken by another program: end that one, or try `make run PORT={port % 65535 + 1}`."
            ) from error


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def _announce(address: str) -> bool:
    print(f"\nLinli answers on {address} (Ctrl+C ends it)\n", flush=True)
    if SIGN_INS.exists():
        print(SIGN_INS.read_text(encoding="utf-8"))
        print(f"These sign-ins stand in {SIGN_INS}; `DEMO_PASSWORD=… make run` sets one password for all.")
    sys.stdout.flush()
    return True
