"""The queue on SQLite, PostgreSQL and Redis, with real servers and a real worker: a nudge arrives within 0.25 s."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests import ports, postgres
from tests.sync.processes import ROOT
from tests.waiting import until

LATEST = 0.25
TASKS = 10
ENQUEUE = """
import pathlib, sys, time
import django; django.setup()
from tests.ops.echo.tasks import tell
warm, *paths = sys.argv[1:]
tell(warm)
while not pathlib.Path(warm).exists(): time.sleep(0.02)
time.sleep(1.0)  # an idle worker polls less and less often
for path in paths:
    print(time.time(), flush=True); tell(path); time.sleep(0.3)
"""


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Run a Redis of our own."""
    if shutil.which("redis-server") is None:
        pytest.skip("Debian's package redis-server is needed")
    [port] = ports.free(1)
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(60)


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


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database for the worker, migrated once: what is looked at is the queue."""
    folder = tmp_path_factory.mktemp("queue")
    address = f"sqlite:///{folder / 'data.sqlite3'}"
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": address, "VAR_DIR": str(folder)
    }  # fmt: skip
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120)
    return address


@pytest.mark.parametrize("kind", [sqlite, postgresql, redis])
def test_a_task_is_picked_up_at_once(kind: object, tmp_path: Path, database: str) -> None:
    with kind(tmp_path) as address:  # type: ignore[operator]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.ops.queue_settings",
            "DATABASE_URL": database,
            "QUEUE_URL": address,
            "VAR_DIR": str(tmp_path),
        }
        run = {"cwd": ROOT, "env": environment}
        with (tmp_path / "log").open("wb") as log:
            worker = subprocess.Popen([sys.executable, "manage.py", "run_huey"], stdout=log, stderr=log, **run)
        try:
            waits = _waits(tmp_path, run)
        finally:
            worker.terminate()
            worker.wait(60)

    assert worker.returncode == 0
    assert sorted(waits)[2] < LATEST, waits  # a busy machine makes some of them late


def test_an_idle_worker_does_not_ask_less_and_less_often() -> None:
    """On SQLite; huey's own default grows to ten seconds, which would take the test above as long to notice."""
    assert settings.HUEY["consumer"]["max_delay"] <= LATEST


def _waits(folder: Path, run: dict[str, Any]) -> list[float]:
    """Enqueue one task after the other from another process; return the seconds that each waited for the worker."""
    paths = [folder / f"task{number}" for number in range(TASKS)]
    command = [sys.executable, "-c", ENQUEUE, str(folder / "warm"), *map(str, paths)]
    asked = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=200, **run)
    until(lambda: all(path.exists() and path.read_text() for path in paths))
    moments = [float(line) for line in asked.stdout.split()]
    return [float(path.read_text()) - moment for path, moment in zip(paths, moments, strict=True)]
