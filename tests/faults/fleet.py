"""
A whole installation of real processes that can be killed, paused and started again.

    sandbox ◄── worker 1, worker 2 …  ──►  database, queue  ◄──  web 1, web 2 …
       └──────────── webhooks ──────────────────────────────────────►┘

All web processes take connections at one port, as behind a load balancer.
"""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests import ports, postgres
from tests.faults.office import Office
from tests.faults.processes import ROOT, Process

LEFT_OUT = (
    "COV_CORE_", "DATABASE_URL", "DEBUG", "DJANGO_", "FLEET_", "LEXWARE_", "PYTEST_", "QUEUE_URL", "SANDBOX_",
    "SECRET_KEY", "TOKEN_KEYS",
)  # fmt: skip
QUICK = {"FLEET_SPACING": "0.004", "FLEET_HURRY": "4", "SYNC_LEASE": "4"}
UNLIMITED = ("--rate", "10000", "--burst", "10000")
WRONG = ("[error ", "[critical", "Exception in thread", "database is locked", "deadlock detected")


class Fleet:
    """
    Sandbox, web processes and workers on one database and one queue.

    :param settings: environment of all our processes
    :param limits: arguments of the sandbox
    """

    def __init__(
        self, home: Path, *, database_url: str = "", queue_url: str = "", webs: int = 1, workers: int = 1,
        settings: dict[str, str] = QUICK, limits: Sequence[str] = UNLIMITED,
    ) -> None:  # fmt: skip
        self.home = home
        self.port, sandbox_port, *behind = ports.free(2 + webs)
        self.url = f"http://localhost:{self.port}"
        self._environment = _environment(home, self.url, sandbox_port) | settings
        if database_url:
            self._environment["DATABASE_URL"] = database_url
        if queue_url:
            self._environment["QUEUE_URL"] = queue_url
        self.office = Office(f"http://127.0.0.1:{sandbox_port}")
        arguments = ("-m", "lexweb.sandbox", "--port", str(sandbox_port), "--state", str(home / "sandbox.json"))
        self.sandbox = self._process("sandbox", (*arguments, *limits), lambda: _answers(sandbox_port))
        self.webs = [self._web(number, port) for number, port in enumerate(behind, 1)]
        self.workers = [self.worker(number) for number in range(1, workers + 1)]
        self._desk: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Migrate, and start everything that there is."""
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        self.sandbox.launch()
        subprocess.run(command, cwd=ROOT, env=self._environment, check=True, timeout=120)
        self._desk = self._open_desk()
        every = [self.sandbox, *self.webs, *self.workers]
        for each in every[1:]:
            each.launch()
        for each in every:
            each.wait()

    def mend(self) -> None:
        """Start again what has been killed, wake what has been paused, and let the sandbox behave."""
        for each in (self.sandbox, *self.webs, *self.workers):
            each.go_on()
            if not each.alive:
                each.start()
        self.office.behave()

    def close(self) -> None:
        """Leave nothing behind."""
        for each in (*self.workers, *self.webs, self.sandbox):
            each.go_on()
            each.kill()
        if self._desk:
            self._desk.kill()
            self._desk.communicate(timeout=10)  # closes its pipes

    def worker(self, number: int, *, skew: float = 0.0) -> Process:
        """Return a worker that is not running yet; `skew` is how many seconds its clock is ahead."""
        command = ("manage.py", "run_huey", "--quiet")
        return self._process(f"worker-{number}", command, lambda: True, FLEET_SKEW=str(skew))

    def ask(self, what: str, *details: Any) -> Any:
        """Let the desk do something, and return what it says; see desk.py."""
        assert self._desk is not None
        assert self._desk.stdin is not None
        assert self._desk.stdout is not None
        self._desk.stdin.write(json.dumps({"do": what, "with": details}) + "\n")
        self._desk.stdin.flush()
        answer = json.loads(self._desk.stdout.readline())
        assert "failed" not in answer, answer["failed"]
        return answer["said"]

    def get(self, path: str, *, session: str = "", port: int = 0) -> tuple[int, float]:
        """Read a page; return status and seconds."""
        began = time.perf_counter()
        web = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=30)
        try:
            web.request("GET", path, headers={"Host": f"localhost:{self.port}", "Cookie": f"sessionid={session}"})
            answer = web.getresponse()
            answer.read()
            return answer.status, time.perf_counter() - began
        finally:
            web.close()

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> int:
        """Send something, and return the status."""
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            web.request("POST", path, body, {"Host": f"localhost:{self.port}", **headers})
            return web.getresponse().status
        finally:
            web.close()

    def logs(self) -> dict[Path, int]:
        """Return how long each log is, for `complaints`."""
        return {log: log.stat().st_size for log in self.home.glob("*.log")}

    def complaints(self, since: dict[Path, int], *, expected: Sequence[str] = ()) -> list[str]:
        """Return what the processes logged as errors since then, but for lines that hold one of the expected words."""
        found = []
        for log in sorted(self.home.glob("*.log")):
            with log.open("rb") as stream:
                stream.seek(since.get(log, 0))
                lines = stream.read().decode(errors="replace").splitlines()
            for number, line in enumerate(lines):
                if any(word in line for word in WRONG):
                    found.append("\n".join((f"{log.name}:", *lines[number : number + 40])))
        return [each for each in found if not any(word in each for word in expected)]

    def _web(self, number: int, port: int) -> Process:
        command = (
            "-m", "gunicorn", "lexweb.wsgi", "--reuse-port", "--bind", f"127.0.0.1:{self.port}", "--bind",
            f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "1", "--threads", "8",
            "--log-level", "warning",
        )  # fmt: skip
        return self._process(f"web-{number}", command, lambda: _healthy(port))

    def _process(self, name: str, arguments: Sequence[str], ready: Any, **settings: str) -> Process:
        log = self.home / f"{name}.log"
        return Process([sys.executable, *arguments], log=log, environment=self._environment | settings, ready=ready)

    def _open_desk(self) -> subprocess.Popen[str]:
        with (self.home / "desk.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.faults.desk"], cwd=ROOT, env=self._environment, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip


class Redis:
    """A Redis of our own on a free port, gone afterwards."""

    def __init__(self, home: Path) -> None:
        (self._port,) = ports.free(1)
        self.address = f"redis://127.0.0.1:{self._port}/0"
        command = ("redis-server", "--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--dir", str(home))
        self.process = Process(
            command, log=home / "redis.log", environment=dict(os.environ), ready=lambda: _answers(self._port)
        )


@contextmanager
def on_sqlite(home: Path, **options: Any) -> Iterator[Fleet]:
    """Run a fleet on one machine: SQLite for data and queue."""
    fleet = Fleet(home, **options)
    try:
        fleet.start()
        yield fleet
    finally:
        fleet.close()


@contextmanager
def on_servers(home: Path, **options: Any) -> Iterator[tuple[Fleet, postgres.Server, Redis]]:
    """Run a fleet on PostgreSQL and Redis."""
    with ExitStack() as end:
        server, redis = postgres.Server(), Redis(home)
        end.callback(server.remove)
        server.start()
        end.callback(redis.process.kill)
        redis.process.start()
        fleet = Fleet(home, database_url=server.address, queue_url=redis.address, **options)
        end.callback(fleet.close)
        fleet.start()
        yield fleet, server, redis


def missing() -> str:
    """Say which server is not installed; an empty text means none."""
    if postgres.programs() is None:
        return "there is no PostgreSQL: install Debian's package postgresql"
    return "" if shutil.which("redis-server") else "there is no redis-server"


def _environment(home: Path, url: str, sandbox_port: int) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)}
    return clean | {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "LEXWARE_ENVIRONMENT": "demo",
        "LOG_LEVEL": "INFO",
        "PORT": url.rpartition(":")[2],
        "PUBLIC_URL": url,
        "PYTHONUNBUFFERED": "1",
        "SANDBOX_PORT": str(sandbox_port),
        "SANDBOX_REDIRECT_URIS": f"{url}/connect/callback/",
        "VAR_DIR": str(home),
    }


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _healthy(port: int) -> bool:
    if not _answers(port):
        return False
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        web.request("GET", "/accounts/login/", headers={"Host": "localhost"})
        return web.getresponse().status == 200
    finally:
        web.close()
