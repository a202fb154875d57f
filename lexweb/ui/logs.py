"""
Logs as events: `noun.verb` plus keys, one line each, JSON outside the demo.

Never in a log: tokens, bodies, names of clients or people, addresses, query strings. Bound at the edge: request id,
staff, client, connection — all as our own numbers.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def config(*, level: str, as_json: bool) -> dict[str, Any]:
    """Configure structlog, and return the matching dictionary for Django's LOGGING."""
    renderer: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "events": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    renderer,
                ],
            }
        },
        "filters": {"routes": {"()": Routes}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "events"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # These write addresses with query strings, bodies, or the values behind a page.
            "httpx": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
            "huey": {"level": "WARNING", "handlers": ["stderr"], "propagate": False},
            "django.server": {"level": "ERROR"},
            # A refusal is no event for a developer.
            "django.request": {"level": "ERROR", "filters": ["routes"]},
            "django.security.csrf": {"level": "ERROR"},  # the same, and its address says whose
            "django.template": {"level": "INFO"},
            "django.db.backends": {"level": "INFO"},
        },
    }


class Routes(logging.Filter):
    """Name the route instead of the address, which may hold a secret: that of a webhook, or of a link."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Django writes "Internal Server Error: /the/address/"."""
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        if isinstance(record.args, tuple) and len(record.args) == 2:
            record.args = (record.args[0], match.view_name if match else "")
        return True


def current_request() -> str:
    """Return the id of the web request that is being answered or whose work is being done; "" outside of any."""
    return str(structlog.contextvars.get_contextvars().get("request", ""))


@contextmanager
def bound_request(request: str) -> Iterator[None]:
    """Let what is logged inside carry the id of the web request it was asked for in, if it was in any."""
    with structlog.contextvars.bound_contextvars(**({"request": request} if request else {})):
        yield
