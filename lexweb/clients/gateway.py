"""The one door to Lexware Office: tokens, base URL and pace go in, an `Office` comes out."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.conf import settings
from django.db import connection as database

from lexweb.clients import troubles, vault
from lexweb.clients.models import Connection
from lexweb.clients.pace import Slots
from lexweb.clients.tokens import StoredCredentials
from lexweb.lexware import errors
from lexweb.lexware.api.profile import Profile
from lexweb.lexware.office import ApiKey, Exchange, NoPace, Office

log = structlog.get_logger(__name__)

__all__ = [
    "Conflict",
    "NotFound",
    "Office",
    "Rejected",
    "Uncertain",
    "identify",
    "open_office",
    "refuse_inside_transaction",
]

# What a service can act on, if it says so with `passing`.
Conflict = errors.Conflict
Rejected = errors.Rejected
NotFound = errors.NotFound
Uncertain = errors.Uncertain

PERSON_PATIENCE = 8.0  # seconds that somebody sits and waits while we repeat
WORKER_PATIENCE = 20.0


@contextmanager
def open_office(
    connection: Connection, *, background: bool = False, passing: tuple[type[errors.LexwareError], ...] = ()
) -> Iterator[Office]:
    """
    Open the client's Lexware Office.

    :param background: sync and the like, which lets people go first
    :param passing: the errors that the caller handles itself
    :raises Trouble: not connected, or anything but `passing` goes wrong inside
    """
    refuse_inside_transaction()
    if not connection.is_connected:
        raise troubles.Trouble(connection.state, connection)
    credentials, patience = StoredCredentials(connection), WORKER_PATIENCE if background else PERSON_PATIENCE
    office = Office(
        base_url=settings.LEXWARE_API_URL,
        credentials=credentials,
        pace=Slots(str(connection.organization_id), background=background, patience=patience),
        patience=patience,
        on_exchange=_note,
    )
    with structlog.contextvars.bound_contextvars(connection=connection.pk), office:
        try:
            yield office
        except passing:
            raise
        except errors.LexwareError as error:
            if isinstance(error, errors.Unauthorized):
                credentials.give_up()
            raise _trouble(error, connection) from error
        except vault.Unreadable as problem:
            # Our configuration, not the client's grant: with the right key everything goes on, so nothing is changed.
            log.error("connection.sealed_with_missing_key")
            raise troubles.Trouble("sealed", connection) from problem


def identify(token: str) -> Profile:
    """
    Return the profile behind a token or key that belongs to no connection yet.

    :raises Trouble: it is refused, or Lexware Office does not answer
    """
    refuse_inside_transaction()
    try:
        office = Office(
            settings.LEXWARE_API_URL,
            credentials=ApiKey(token),
            pace=NoPace(),  # which account it is, only the answer tells
            patience=PERSON_PATIENCE,
            on_exchange=_note,
        )
        with office:
            return office.profile.get()
    except ValueError:
        raise troubles.Trouble("reconnect") from None
    except errors.LexwareError as error:
        raise _trouble(error) from error


def refuse_inside_transaction() -> None:
    """Raise when a transaction is open: it would be held, and block others, for as long as the API takes."""
    if any(not block._from_testcase for block in database.atomic_blocks):  # type: ignore[attr-defined]
        raise RuntimeError("No calls to Lexware Office inside a transaction.")


def _trouble(error: errors.LexwareError, connection: Connection | None = None) -> troubles.Trouble:
    code = troubles.code_of(error)
    log.warning("lexware.trouble", code=code, method=error.method, status=error.status, trace=error.request_id)
    return troubles.Trouble(code, connection)


def _note(exchange: Exchange) -> None:
    log.info(
        "lexware.exchange",
        method=exchange.method,
        path=exchange.path_template,
        status=exchange.status,
        ms=round(exchange.seconds * 1000),
        attempt=exchange.attempt,
    )
