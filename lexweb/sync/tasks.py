"""
The worker's doors. A task is only a nudge: what is to be done stands in `State`, and a lost or doubled nudge harms
nothing.
"""

import atexit
import threading

import structlog
from huey import crontab
from huey.contrib.djhuey import HUEY, db_periodic_task, db_task, on_startup

from lexweb.clients import connecting
from lexweb.sync import engine, lease

log = structlog.get_logger(__name__)

AT_ONCE = 100
FULL = 1000  # nudges that wait; the reconciler finds everything again
_started = threading.Lock()


@db_task()
def sync(connection_id: int) -> None:
    """Run the sync of a connection, if it is due."""
    structlog.contextvars.clear_contextvars()
    engine.run(connection_id)


@db_periodic_task(crontab(minute="*"))
def reconcile() -> None:
    """Nudge everything that is due and that nobody works on: what a killed worker left, and the regular rounds."""
    structlog.contextvars.clear_contextvars()
    for state in lease.due()[:AT_ONCE]:
        sync(state.connection_id)


@db_periodic_task(crontab(minute="*"))
def revoke_loose_grants() -> None:
    """Give back what nobody uses."""
    structlog.contextvars.clear_contextvars()
    connecting.revoke_due()


@on_startup()
def pick_up() -> None:
    """
    Go on at once with what is due when a worker starts, and let the next one do so when it stops.

    huey calls this in each of its threads, and drops running tasks on SIGTERM.
    """
    if not _started.acquire(blocking=False):
        return
    atexit.register(lease.release_all)
    reconcile.call_local()


def nudge(connection_id: int) -> None:
    """
    Tell a worker that a sync is due; not when nobody reads what is in the queue already.

    Never raises: whatever the nudge belongs to is done, and the reconciler finds everything again.
    """
    try:
        if HUEY.pending_count() < FULL:
            sync(connection_id)
    except Exception as error:  # whatever the queue of the day raises: SQLite, Redis, PostgreSQL
        log.warning("sync.nudge_lost", connection=connection_id, kind=type(error).__name__)
