"""The real demo stack as a process of its own: sandbox, web and worker, started and stopped as a person would."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests import ports

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 150  # seconds until "lexweb is ready", on a machine that does much else besides
LEFT_OUT = ("DJANGO_", "LEXWARE_", "SANDBOX_", "PYTEST_", "QUEUE_URL", "SECRET_KEY", "TOKEN_KEYS", "DEBUG", "COV_CORE_")


class Stack:
    """
    `manage.py demo` in its own process group.

    :param var: its folder; a second stack on the same folder goes on where the first one stopped
    """

    def __init__(self, var: Path, database_url: str = "") -> None:
        self.var = var
        self.port, self.sandbox_port = ports.free(2)
        self.url = f"http://localhost:{self.port}"
        self.sandbox_url = f"http://127.0.0.1:{self.sandbox_port}"
        self._database_url = database_url
        self._log = var / "demo.log"  # a file: a pipe would make us wait for whoever still holds it

    def start(self) -> None:
        """Start it and wait for the line that says where to go."""
        before = len(self._lines())
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "demo"],
                cwd=ROOT,
                env=self._environment(),
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + PATIENCE
        while not any("lexweb is ready" in line for line in self._lines()[before:]):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"The demo did not start:\n{self.said}")
            time.sleep(0.1)

    def stop(self) -> int:
        """Press Ctrl-C; return the exit code."""
        self.check_alive()
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(90)

    def check_alive(self) -> None:
        """Raise if it has ended by itself, with the end of what it printed."""
        if (code := self._process.poll()) is not None:
            raise RuntimeError(f"The demo ended by itself with code {code}:\n{self.said}")

    def kill(self) -> None:
        """Leave nothing behind, whatever happened."""
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        self._process.wait(60)

    @property
    def said(self) -> str:
        """The end of what it printed."""
        return "".join(self._lines()[-100:])

    @property
    def breakdowns(self) -> list[str]:
        """Return what the processes logged as errors, each with the lines that follow; refusals are warnings."""
        said = self._lines()
        return [
            "".join(said[number : number + 40])
            for number, line in enumerate(said)
            if "[error " in line or "[critical" in line
        ]

    def processes(self) -> list[int]:
        """Return the living processes of its session, whose leader it is: nobody can leave it unnoticed."""
        return [pid for pid in _pids() if _session(pid) == self._process.pid]

    def listening(self) -> list[int]:
        """Return which of its ports still take connections."""
        return [port for port in (self.port, self.sandbox_port) if _answers(port)]

    def read(self, path: str) -> bytes:
        """Read an address of the web process."""
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:  # noqa: S310
            return bytes(answer.read())

    def _lines(self) -> list[str]:
        return self._log.read_text(errors="replace").splitlines(keepends=True) if self._log.exists() else []

    def _environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)}
        clean.pop("DATABASE_URL", None)
        own = {
            "LEXWARE_ENVIRONMENT": "demo",
            "VAR_DIR": str(self.var),
            "PORT": str(self.port),
            "SANDBOX_PORT": str(self.sandbox_port),
            "PUBLIC_URL": self.url,
            "PYTHONWARNINGS": "default",
        }
        return clean | own | ({"DATABASE_URL": self._database_url} if self._database_url else {})


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _session(pid: int) -> int | None:
    """Return the session of a living process (proc(5): field 6 of stat; zombies are dead)."""
    try:
        state, _parent, _group, session = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:4]
    except (OSError, ValueError):
        return None
    return None if state in "ZX" else int(session)
