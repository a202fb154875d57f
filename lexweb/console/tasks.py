"""The worker's doors: forget answers and old calls, close what a killed process left open."""

import structlog
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from lexweb.console import closing, keeping


@db_periodic_task(crontab(minute="*/10"))
def tidy_up() -> None:
    """Running it twice changes nothing."""
    structlog.contextvars.clear_contextvars()
    closing.settle()
    keeping.forget()
