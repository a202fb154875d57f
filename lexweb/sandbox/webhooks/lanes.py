"""Threads that send: each address has a queue and workers of its own, so a slow receiver holds up nobody else."""

import threading
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from lexweb.sandbox.webhooks.line import Line

WORKERS = 2  # for each address; enough for events to overtake each other, as they do in real life
Load = TypeVar("Load")


@dataclass
class _Lane(Generic[Load]):
    waiting: deque[Load] = field(default_factory=deque)
    workers: int = 0


class Lanes(Generic[Load]):
    """
    Runs ``carry(line, load)`` for each load, in threads that exist while there is something to do.

    :param stopped: asked before each load; whatever waits then stays undone
    """

    def __init__(self, carry: Callable[[Line, Load], None], stopped: Callable[[], bool]) -> None:
        self._carry, self._stopped = carry, stopped
        self._lock = threading.Lock()
        self._lanes: dict[str, _Lane[Load]] = {}

    def add(self, url: str, load: Load) -> None:
        """Queue something for an address. Returns at once."""
        with self._lock:
            lane = self._lanes.setdefault(url, _Lane())
            lane.waiting.append(load)
            if lane.workers < WORKERS:
                lane.workers += 1
                threading.Thread(target=self._work, args=(url,), name="sandbox-webhooks", daemon=True).start()

    def clear(self) -> None:
        """Forget what waits."""
        with self._lock:
            for lane in self._lanes.values():
                lane.waiting.clear()

    def _work(self, url: str) -> None:
        with Line(url) as line:
            while (load := self._next(url)) is not None:
                try:
                    self._carry(line, load)
                except Exception:
                    traceback.print_exc()  # a bug of ours must not close the lane

    def _next(self, url: str) -> Load | None:
        with self._lock:
            lane = self._lanes[url]
            if lane.waiting and not self._stopped():
                return lane.waiting.popleft()
            lane.workers -= 1
            if not lane.workers and not lane.waiting:
                del self._lanes[url]
            return None
