"""Several workers at once, each with a database connection of its own."""

import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def at_once(work: Callable[[int], T], *, workers: int) -> list[T | Exception]:
    """Run `work(number)` in threads that start together; return what each returned or raised."""
    results: list[T | Exception] = [RuntimeError("never ran")] * workers
    gate = threading.Barrier(workers)

    def run(number: int) -> None:
        gate.wait(60)
        try:
            results[number] = work(number)
        except Exception as problem:
            results[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return results
