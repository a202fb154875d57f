"""
How fresh the mirror is, measured from outside on real web and worker processes; one JSON line each, as `measure` does.

The sandbox has its real limits: 2 requests a second, 4 at once. Without a limit it runs for the two figures that are
about this machine: 200 connections in one worker (each still asks twice a second at most), and bytes on disk.
"""

import json
import os
import re
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tests.e2e.database import own_database
from tests.e2e.office import Organization
from tests.faults import truth
from tests.faults.books import Books, Shelf
from tests.faults.fleet import QUICK, UNLIMITED, Fleet
from tests.faults.processes import until

LARGE, FULL = "Hanse", "Elektro"  # 12,500 vouchers; 1,100
LIMIT = 2.0  # requests a second
EDITS, CONNECTIONS = 30, 200
BACKFILL = 45.0  # seconds of back-fill that are measured
QUIET = {"LOG_LEVEL": "ERROR"}


def main() -> None:
    """Measure everything."""
    with _running(QUIET) as fleet:
        _limits(fleet)
    with _running(QUIET, limits=(*UNLIMITED, "--copies", str(CONNECTIONS))) as fleet:
        _many(fleet)
    with _running(QUIET | QUICK, limits=UNLIMITED) as fleet:
        _disk(fleet)


def report(what: str, target: float, figure: float, unit: str, *, least: bool = False) -> None:
    """Print one figure; `least`: the target is not to be missed from below."""
    print(json.dumps([what, target, figure, unit, *([True] if least else [])]), flush=True)


def _limits(fleet: Fleet) -> None:
    """Connect a small client and the largest one, and watch."""
    shelf = Shelf(fleet)
    small = shelf.connect()
    large = _first_lists(shelf)
    large.hooked(within=60)
    _backfill(large)
    until(small.idle, within=180, every=0.5, what=lambda: f"an end of {small.status}")
    small.hooked()
    times = [*_edits(small, EDITS // 2), *_edits(large, EDITS - EDITS // 2)]
    p95 = statistics.quantiles(times, n=20)[-1]
    report(f"an edit in Lexware Office until it is in the mirror: p95 of {EDITS}", 2, p95, "s")
    _unchanged(small)


def _unchanged(books: Books) -> None:
    """Count what a look for changes costs when there are none."""
    before = books.status["vouched"].get("changes", 0)
    books.fleet.office.forget_requests()
    books.fleet.ask("wake", books.connection, "changes")
    until(lambda: books.status["vouched"].get("changes", 0) > before, what="a look for changes")
    time.sleep(2)
    report("requests of an incremental run without changes", 2, len(books.asked("/v1/")), "")


def _first_lists(shelf: Shelf) -> Books:
    """Connect the largest client, and watch its lists come in."""
    began = time.time()
    books = shelf.connect(LARGE)
    until(lambda: books.status["listed"], within=120, every=0.1, what="the first list")
    seconds = time.time() - began
    asked = [row for row in books.asked("/v1/") if row["at"] < began + seconds]
    report(f"first list of 12,500 vouchers: {len(asked)} requests / 2 per s", 1.05, seconds * LIMIT / len(asked), "x")
    return books


def _backfill(books: Books) -> None:
    books.fleet.office.forget_requests()
    began = time.time()
    time.sleep(BACKFILL)
    count = sum(began <= row["at"] < began + BACKFILL for row in books.asked("/v1/"))
    report("back-fill of details against 2 per s", 0.95, count / BACKFILL / LIMIT, "x", least=True)


def _edits(books: Books, count: int) -> Iterator[float]:
    """Yield how many seconds each edit took."""
    contacts = list(books.fleet.ask("mirror", books.connection)["contacts"])
    for number, contact_id in enumerate(contacts[:count]):
        words = f"edit {number} of {time.time()}"
        began = time.perf_counter()
        books.rename(contact_id, words)
        until(lambda: books.fleet.ask("note", books.connection, contact_id) == words, within=30, every=0.02)  # noqa: B023
        yield time.perf_counter() - began


def _many(fleet: Fleet) -> None:
    """Let one worker process read the lists of many clients, all of which are there when it starts."""
    (worker,) = fleet.workers
    worker.stop()
    copies = [each for each in fleet.office.organizations() if re.search(r"\(\d+\)$", each.name)]
    for organization in copies[:CONNECTIONS]:
        _connect(fleet, organization)
    worker.start()
    until(lambda: fleet.ask("pages")["pages"], every=0.05)
    began, before = time.perf_counter(), fleet.ask("pages")["pages"]
    until(lambda: fleet.ask("pages")["listed"] == CONNECTIONS, within=300, every=0.5, what="all lists")
    seconds, stored = time.perf_counter() - began, fleet.ask("pages")
    each = stored["rows"] / stored["pages"]
    what = f"{CONNECTIONS} connections, one worker: pages stored, of {each:.0f} rows on average"
    report(what, 55, (stored["pages"] - before) / seconds, "/s", least=True)


def _connect(fleet: Fleet, organization: Organization) -> None:
    fleet.ask("connect", organization.name, organization.key)


def _disk(fleet: Fleet) -> None:
    """Compare what the tables of one client with all details take with the JSON of the same records."""
    books = Shelf(fleet).connect(FULL)
    empty = fleet.ask("stored_bytes")
    books.settle(within=300)
    real = truth.size(fleet.office.url, books.organization.key)
    report("mirror on disk, indexes included, over the JSON", 1.5, (fleet.ask("stored_bytes") - empty) / real, "x")


@contextmanager
def _running(settings: dict[str, str], *, limits: Sequence[str] = ()) -> Iterator[Fleet]:
    """Run a fleet on an empty database, of the kind that this process has."""
    home = Path(mkdtemp(prefix="fleet-", dir=os.environ["VAR_DIR"]))
    with own_database() as address:
        fleet = Fleet(home, database_url=address, settings=settings, limits=limits)
        try:
            fleet.start()
            yield fleet
        finally:
            fleet.close()


if __name__ == "__main__":
    main()
