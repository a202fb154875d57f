"""The queue on SQLite, PostgreSQL and Redis, with real servers and a real worker: a nudge arrives within 0.25 s."""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests import postgres
from tests.sync.processes import ROOT, until

pytestmark = [pytest.mark.xdist_group("workers")]
LATEST = 0.25
TASKS = 9
ENQUEUE = """
import sys, time
import django; django.setup()
from tests.ops.echo.tasks import tell
for path in sys.argv[1:]:
    tell(path); print(time.time(), flush=True); time.sleep(0.4)
"""


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Run a Redis of our own."""
    if shutil.which("redis-server") is None:
        pytest.skip("Debian's package redis-server is needed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Run a PostgreSQL of our own."""
    if postgres.programs() is None:
        pytest.skip("Debian's package postgresql is needed")
    with postgres.server() as address:
        yield address


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    """Only a file."""
    yield f"sqlite:///{folder / 'queue.sqlite3'}"


@pytest.mark.parametrize("kind", [sqlite, postgresql, redis])
def test_a_task_is_picked_up_at_once(kind: object, tmp_path: Path) -> None:
    with kind(tmp_path) as address:  # type: ignore[operator]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.ops.queue_settings",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'data.sqlite3'}",
            "QUEUE_URL": address,
            "VAR_DIR": str(tmp_path),
        }
        run = {"cwd": ROOT, "env": environment}
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], check=True, **run)
        with (tmp_path / "log").open("wb") as log:
            worker = subprocess.Popen([sys.executable, "manage.py", "run_huey"], stdout=log, stderr=log, **run)
        try:
            waits = _waits(tmp_path, run)
        finally:
            worker.terminate()
            worker.wait(20)

    assert worker.returncode == 0
    assert statistics.median(waits) < LATEST, waits
    assert max(waits) < 1.5, waits  # a busy machine; the slowest polling of huey's own defaults is 10 s


def test_an_idle_worker_does_not_ask_less_and_less_often() -> None:
    """On SQLite; huey's own default grows to ten seconds, which would take the test above as long to notice."""
    assert settings.HUEY["consumer"]["max_delay"] <= LATEST


def _waits(folder: Path, run: dict[str, object]) -> list[float]:
    """Enqueue one task after the other from another process; return the seconds that each waited for the worker."""
    warm = folder / "warm"
    subprocess.run([sys.executable, "-c", ENQUEUE, str(warm)], check=True, **run)  # type: ignore[call-overload]
    until(warm.exists)
    time.sleep(1.5)  # an idle worker polls less and less often
    paths = [folder / f"task{number}" for number in range(TASKS)]
    asked = subprocess.run(
        [sys.executable, "-c", ENQUEUE, *map(str, paths)], check=True, capture_output=True, text=True, **run
    )  # type: ignore[call-overload]
    until(lambda: all(path.exists() and path.read_text() for path in paths))
    moments = [float(line) for line in asked.stdout.split()]
    return [float(path.read_text()) - moment for path, moment in zip(paths, moments, strict=True)]
