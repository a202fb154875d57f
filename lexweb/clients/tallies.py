"""
What `/metrics` counts, for all processes together.

Counted in memory and written every few seconds with one statement: a request to Lexware Office must not cost a row
lock, and SQLite has one writer. A process that is killed loses the counts of its last seconds, which is fine for a
counter and would not be for anything else.
"""

import atexit
import contextlib
import threading
import time
from collections import Counter

import structlog
from django.db import connection as database

log = structlog.get_logger(__name__)

EVERY = 5.0  # seconds between two writes of one process

REQUEST = "request"  # to the API, by "METHOD status"
TOKEN_REQUEST = "token_request"  # noqa: S105 — to the authorization server, the same
TROUBLE = "trouble"  # by the code of troubles.TABLE

UPSERT = """
    INSERT INTO clients_tally (name, label, count) VALUES {rows}
    ON CONFLICT (name, label) DO UPDATE SET count = clients_tally.count + excluded.count
"""

_counts: Counter[tuple[str, str]] = Counter()
_lock = threading.Lock()
_written = time.monotonic()


def note(name: str, label: str = "") -> None:
    """Count one. Never raises, and never writes inside a transaction: that is somebody else's."""
    with _lock:
        _counts[name, label[:60]] += 1
    if time.monotonic() - _written > EVERY:
        flush()


def flush() -> None:
    """Write what was counted, if no transaction is open; what cannot be written stays for the next time."""
    global _written
    if database.in_atomic_block:
        return
    with _lock:
        _written = time.monotonic()
        counts = dict(_counts)
        _counts.clear()
    try:
        _add(counts)
    except Exception as error:  # whatever the database of the day raises; counting is nobody's reason to fail
        log.warning("tallies.kept", kind=type(error).__name__)
        with _lock:
            _counts.update(counts)
        _mend()


def _add(counts: dict[tuple[str, str], int]) -> None:
    # In order: two processes that lock the same rows in different orders would wait for each other.
    if not counts:
        return
    values = [value for key, count in sorted(counts.items()) for value in (*key, count)]
    with database.cursor() as cursor:
        cursor.execute(UPSERT.format(rows=", ".join(["(%s, %s, %s)"] * len(counts))), values)


def _mend() -> None:
    """Close the database connection if the failure showed that it is dead."""
    try:
        database.close_if_unusable_or_obsolete()
    except Exception as error:
        log.warning("tallies.kept", kind=type(error).__name__)


def _at_exit() -> None:
    with contextlib.suppress(Exception):  # nobody is left to read about it
        _add(dict(_counts))
        database.close()


atexit.register(_at_exit)
