"""
The worker's doors. A task is only a nudge: what is to be done stands in the database, and a lost or doubled nudge harms
nothing.
"""

import atexit
import threading

import structlog
from django.conf import settings
from huey import crontab
from huey.contrib.djhuey import HUEY, db_periodic_task, on_startup, task

from lexweb.sync import heartbeat, periodic
from lexweb.sync.crew import Crew

log = structlog.get_logger(__name__)

FULL = 1000  # nudges that wait; the lookout finds everything by itself
_starting = threading.Lock()
_crew: Crew | None = None


@task()
def look_after(connection_id: int) -> None:
    """Have this process's crew look after a connection."""
    if _crew is not None:
        _crew.board(connection_id)


@db_periodic_task(crontab(minute="*"))
def do_chores() -> None:
    """Do what is due from time to time; each chore once, however many workers there are."""
    structlog.contextvars.clear_contextvars()
    periodic.do_due()


@on_startup()
def start_crew() -> None:
    """Start the crew when the worker starts, and let it go in order when it stops. huey calls this in each thread."""
    global _crew
    with _starting:
        if _crew is not None:
            return
        _crew = Crew(hands=settings.WORKER_THREADS, seats=settings.WORKER_SEATS)
    _crew.start()
    heartbeat.start(_crew)
    atexit.register(_leave, _crew)


def _leave(crew: Crew) -> None:
    crew.stop()
    heartbeat.stop()


def nudge(connection_id: int) -> None:
    """
    Tell a worker that a connection is due; not when nobody reads what is in the queue already.

    Never raises: whatever the nudge belongs to is done, and every worker looks for what is due by itself.
    """
    try:
        if HUEY.pending_count() < FULL:
            look_after(connection_id)
    except Exception as error:  # whatever the queue of the day raises: SQLite, Redis, PostgreSQL
        log.warning("sync.nudge_lost", connection=connection_id, kind=type(error).__name__)
