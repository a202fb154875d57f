"""Processes of lexweb that share the test's database, and that can be killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection as database

from lexweb.sandbox.server import RunningSandbox

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def running(*arguments: str, sandbox: RunningSandbox, var: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run Python with the arguments; whatever is left of it is killed at the end."""
    with (var / "process.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=_environment(sandbox, var), stdout=log, stderr=log
        )
        try:
            yield process
        finally:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End it without a warning, as a crash or the kernel would."""
    process.send_signal(signal.SIGKILL)
    process.wait(60)


def _environment(sandbox: RunningSandbox, var: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": _database_url(),
        "QUEUE_URL": f"sqlite:///{var / 'queue.sqlite3'}",
        "VAR_DIR": str(var),
        "LEXWARE_API_URL": sandbox.url,
        "LEXWARE_APP_URL": sandbox.url,
    }


def _database_url() -> str:
    found = database.settings_dict
    if database.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    person = f"{quote(found['USER'])}:{quote(found['PASSWORD'])}" if found["PASSWORD"] else quote(found["USER"])
    return f"postgres://{person}@{found['HOST']}:{found['PORT']}/{found['NAME']}"
