"""One process with its log, which can be killed, paused and started again."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds


class Process:
    """
    A process in a session of its own, whatever it starts included.

    :param ready: says whether it does its work; asked until it does
    """

    def __init__(
        self, command: Sequence[str], *, log: Path, environment: Mapping[str, str], ready: Callable[[], bool]
    ) -> None:
        self._command, self.log, self._ready = list(command), log, ready
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        """Say whether it runs."""
        return self._process is not None and self._process.poll() is None

    def launch(self) -> None:
        """Start it without waiting."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def wait(self) -> None:
        """Wait until it does its work."""
        until(lambda: not self.alive or self._ready(), within=PATIENCE)
        assert self.alive, f"{self.log.name} ended by itself:\n{self.said}"

    def start(self) -> None:
        """Start it, and wait until it does its work."""
        self.launch()
        self.wait()

    def kill(self) -> None:
        """End it without a warning, as a crash or the kernel would."""
        self._signal(signal.SIGKILL)
        self._end()

    def stop(self) -> None:
        """Let it end in order, as systemd and Ctrl-C do."""
        self._signal(signal.SIGTERM)
        self._end()

    def pause(self) -> None:
        """Let it stand still, as a machine that swaps or sleeps."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on where it stood still."""
        self._signal(signal.SIGCONT)

    @property
    def said(self) -> str:
        """The end of its log."""
        return "".join(self.log.read_text(errors="replace").splitlines(keepends=True)[-60:])

    def _signal(self, number: int) -> None:
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, number)

    def _end(self) -> None:
        if self._process is not None:
            self._process.wait(30)


def until(condition: Callable[[], object], *, within: float = PATIENCE, every: float = 0.05, what: Any = "it") -> None:
    """Wait for something that other processes do; `what` may be a function that says how far it is."""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what() if callable(what) else what} did not happen within {within:g} s")
        time.sleep(every)
