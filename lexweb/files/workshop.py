"""
Where strangers' bytes are opened: a process of its own that may not take much, and may die.

Each of our processes has one such child, started when it is first needed, and a new one after a crash, a time-out or
`TASKS` tasks. What runs in it knows no Django (examining.py, drawing.py), so that it starts quickly and holds nothing.
"""

import atexit
import contextlib
import ctypes
import multiprocessing
import os
import resource
import threading
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError as Late
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

T = TypeVar("T")
TASKS = 500  # after that many the child is replaced: whatever leaked goes with it
MEMORY = 1024 * 1024 * 1024  # bytes of address space, with all libraries
QUEUE = 120  # seconds a task may wait for its turn
GLANCE = 1.0  # seconds after which who waits looks whether the child is still there


class Failed(Exception):
    """The work took too long or too much, or its process died: the bytes are to blame."""


class Busy(Exception):
    """So much was to be opened before that its turn did not come; that says nothing about these bytes."""


def do(work: Callable[..., T], *args: Any, seconds: float = 10) -> T:
    """
    Return what the function of a module makes of the arguments; both travel by pickle. Its exceptions are raised here.

    :raises Failed: it did not come to an end
    :raises Busy: it was not begun
    """
    try:
        pool = _started()
        try:
            return _ask(pool, work, args, seconds)
        except (BrokenProcessPool, _NotTaken):  # the child died while it had nothing to do
            _forget(pool)
            return _ask(_started(), work, args, seconds)
    except (ProcessExpired, Late, MemoryError, BrokenProcessPool, _NotTaken) as problem:
        raise Failed from problem


class _NotTaken(Exception):
    """The pool is over."""


_lock = threading.Lock()
_pool: ProcessPool | None = None


def _ask(pool: ProcessPool, work: Callable[..., T], args: tuple[Any, ...], seconds: float) -> T:
    try:
        future: Any = pool.schedule(_within, args=(seconds, work, args), timeout=seconds)
    except RuntimeError as problem:
        raise _NotTaken from problem
    last = time.monotonic() + seconds + QUEUE
    while not _is_over(future, min(GLANCE, last - time.monotonic())):
        if not pool.active:  # what it had not begun when it ended is never answered
            raise _NotTaken
        if time.monotonic() >= last:
            future.cancel()
            raise Busy
    result: T = future.result()
    return result


def _is_over(future: Any, seconds: float) -> bool:
    """Wait a while; say whether there is an answer."""
    return bool(wait([future], timeout=max(seconds, 0)).done)


def _started() -> ProcessPool:
    global _pool
    with _lock:
        if _pool is None:
            context = multiprocessing.get_context("spawn")  # nothing of our memory: no keys, no locks, no connections
            _pool = ProcessPool(max_workers=1, max_tasks=TASKS, initializer=_limit, context=context)
        return _pool


def _forget(broken: ProcessPool | None = None) -> None:
    """End the child; a certain one only if nobody has put another one into its place meanwhile."""
    global _pool
    with _lock:
        pool: Any = _pool
        if broken not in (None, pool):
            return
        _pool = None
    if pool is not None:
        pool.stop()
        pool.join()


def _after_fork() -> None:
    """Leave the child to the process that has it; a lock that somebody held there would never open here."""
    global _pool, _lock
    _pool, _lock = None, threading.Lock()


os.register_at_fork(after_in_child=_after_fork)
atexit.register(_forget)


def _limit() -> None:
    """In the child: none of our secrets, so much memory, no files written, no traces left."""
    _forget_environment()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _forget_environment() -> None:
    """It holds the keys; the system shows it as it was at the start, until that is blanked."""
    os.environ.clear()
    with contextlib.suppress(OSError, ValueError):  # where there is no /proc
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        start, end = int(fields[47]), int(fields[48])  # env_start and env_end, proc(5)
        if start:
            ctypes.memset(start, 0, end - start)


def _within(seconds: float, work: Callable[..., T], args: tuple[Any, ...]) -> T:
    """In the child: do it; a loop that nobody outside could end is ended by the system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
    return work(*args)
