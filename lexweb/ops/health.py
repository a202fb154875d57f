"""Whether this installation can do its work: a word for each thing it needs, and never a secret among them."""

from collections.abc import Callable

import structlog
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from lexweb.ops import status
from lexweb.sync import heartbeat

log = structlog.get_logger(__name__)

OK = "ok"
_migrated = False  # once they are applied, they stay applied: reading them all takes long


def pages() -> dict[str, str]:
    """Return what a web process needs: a load balancer takes it out if one of these is not "ok"."""
    return _checked(("database", _database), ("migrations", _migrations))


def everything() -> dict[str, str]:
    """Return what the whole installation needs, workers included."""
    return _checked(("database", _database), ("migrations", _migrations), ("worker", _worker), ("queue", _queue))


def _checked(*checks: tuple[str, Callable[[], str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, check in checks:
        if found and next(iter(found.values())) != OK:
            found[name] = "unknown"  # without a database nothing else can be told
            continue
        try:
            found[name] = check()
        except Exception as error:  # whatever the database of the day raises; its words may quote addresses
            log.warning("health.check_failed", check=name, kind=type(error).__name__)
            found[name] = "failed"
            connections[DEFAULT_DB_ALIAS].close()
    return found


def _database() -> str:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def _migrations() -> str:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if missing:
            return f"{missing} to be applied"
        _migrated = True
    return OK


def _worker() -> str:
    return OK if heartbeat.alive() else "none is alive"


def _queue() -> str:
    waiting = status.queue()
    return OK if waiting.seconds <= status.LONGEST_QUEUE.total_seconds() else f"waits for {round(waiting.seconds)} s"
