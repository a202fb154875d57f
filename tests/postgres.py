"""
A PostgreSQL of our own, on a free port, gone afterwards: for CI, the bench and whoever wants to try.

    python -m tests.postgres make test      run a command with DATABASE_URL set
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import ports

OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"


def programs() -> Path | None:
    """Return the folder of Debian's PostgreSQL programs, the newest, or None if it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return found[-1].parent if found else None


class Server:
    """
    A server of our own in a temporary folder, as it is after `initdb`.

    :raises FileNotFoundError: PostgreSQL is not installed
    """

    def __init__(self) -> None:
        folder = programs()
        if folder is None:
            raise FileNotFoundError("Debian's package postgresql is needed.")
        self._home = Path(tempfile.mkdtemp(prefix="lexweb-postgres-"))
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self._home, "postgres")
        [self._port] = ports.free(1)
        self.address = f"postgres://lexweb@127.0.0.1:{self._port}/postgres"
        data = str(self._home / "data")
        self._control = [str(folder / "pg_ctl"), "-D", data, "-w", "-l", str(self._home / "log")]
        _run([str(folder / "initdb"), "-D", data, "-U", "lexweb", "-A", "trust", "-E", "UTF8"])

    def start(self) -> None:
        """Start it, and return when it takes connections."""
        _run([*self._control, "-o", f"-p {self._port} -k {self._home} {OPTIONS}", "start"])

    def stop(self) -> None:
        """End it at once, whatever it is doing, as a crash would."""
        _run([*self._control, "-m", "immediate", "stop"], check=False)

    def remove(self) -> None:
        """Stop it, and leave nothing behind."""
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)


@contextmanager
def server() -> Iterator[str]:
    """Run a server and yield the address of its database."""
    ours = Server()
    try:
        ours.start()
        yield ours.address
    finally:
        ours.remove()


def _run(command: list[str], *, check: bool = True) -> None:
    prefix = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    # To a file: a pipe would be held open by the server that pg_ctl starts.
    subprocess.run([*prefix, *command], check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")


if __name__ == "__main__":
    with server() as address:
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": address}, check=False).returncode)
