"""Runs the sandbox: as a process, or in a thread of a test."""

import signal
import threading
from types import TracebackType
from typing import Any, Self

from lexweb.sandbox import browser, control_accounts, seed
from lexweb.sandbox.app import make_app
from lexweb.sandbox.faults import Fault
from lexweb.sandbox.options import Options
from lexweb.sandbox.state import State
from lexweb.sandbox.storage import Storage
from lexweb.sandbox.wire import Server

POLL = 0.02  # seconds until a stop is noticed
CHORES = 0.1  # seconds between two looks at what is due
ENDINGS = {signal.SIGINT, signal.SIGTERM}


class RunningSandbox:
    """
    A sandbox that listens on a port. Leaving the context stops it.

    :raises OSError: the port is taken
    :raises ValueError: the state file is not one of ours
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.state = State(options)
        self._storage = Storage(self.state, options.state) if options.state else None
        self._server = Server((options.host, options.port), make_app(self.state))
        if self._storage:
            self._storage.start()
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(POLL,), name="sandbox-server", daemon=True
        )
        self._thread.start()
        self._chores = threading.Thread(target=self._work, name="sandbox-chores", daemon=True)
        self._chores.start()

    @property
    def url(self) -> str:
        """Base address without a trailing slash."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def stop(self) -> None:
        """Let held requests go, close all connections, save. May be called twice."""
        if not self._thread.is_alive():
            return
        self.state.stop()
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()
        self._chores.join()
        if self._storage:
            self._storage.close()

    def _work(self) -> None:
        while not self.state.stopped:
            self.state.do_chores()
            self.state.wait(CHORES)

    def reset(self) -> None:
        """Back to the seed."""
        self.state.reset()

    def fault(self, kind: str, **details: Any) -> str:
        """Let a fault wait; ``details`` are the members of ``faults.Fault``. Returns its id."""
        with self.state.lock:
            return self.state.faults.add(Fault(kind=kind, **details)).id

    def clear_faults(self) -> None:
        """Misbehave no more."""
        with self.state.lock:
            self.state.faults.clear()

    def consent(self, address: str, organization_id: str, *, allow: bool = True) -> str:
        """Log in and agree at an authorization address, like a browser; returns where that is sent next."""
        return browser.consent(address, organization_id, allow=allow)

    def requests(self) -> list[dict[str, Any]]:
        """The journal, oldest first, as GET /_sandbox/requests shows it."""
        return self.state.journal.shown()

    def organizations(self) -> list[dict[str, Any]]:
        """All organizations, as GET /_sandbox/organizations shows them."""
        return control_accounts.listed(self.state)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def serve_in_thread(**options: Any) -> RunningSandbox:
    """A running sandbox on a free port; ``options`` are the members of ``options.Options``."""
    return RunningSandbox(Options(**{"port": 0} | options))


def run(options: Options) -> None:
    """Run until SIGINT or SIGTERM, then save and return."""
    # Blocked before any thread starts: a handler would be lost when the kernel picks another thread than the one that
    # waits, which happened in one of four stops under load.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    with RunningSandbox(options) as sandbox:
        threading.Thread(target=seed.warm, args=(sandbox.state.today,), name="sandbox-seed", daemon=True).start()
        print(f"Lexware Office sandbox on {sandbox.url}", flush=True)  # noqa: T201  (says where it listens)
        signal.sigwait(ENDINGS)
