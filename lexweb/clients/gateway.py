"""The one door to Lexware Office: tokens, base URL and pace go in, an `Office` comes out."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import structlog
from django.conf import settings
from django.db import connection as database

from lexweb.clients import exchanges, tallies, troubles, vault
from lexweb.clients.lookout import Lookout
from lexweb.clients.models import Connection
from lexweb.clients.pace import Slots
from lexweb.clients.tokens import StoredCredentials
from lexweb.lexware import errors
from lexweb.lexware.api.profile import Profile
from lexweb.lexware.office import ApiKey, Exchange, NoPace, Office

log = structlog.get_logger(__name__)

__all__ = [
    "Conflict",
    "Door",
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


class Door:
    """A client's Lexware Office kept open for many calls; one thread at a time goes through."""

    def __init__(self, connection: Connection, *, background: bool = False) -> None:
        """
        :param background: sync and the like, which lets people go first
        :raises Trouble: the client is not connected
        """
        if not connection.is_connected:
            raise troubles.Trouble(connection.state, connection)
        patience = WORKER_PATIENCE if background else PERSON_PATIENCE
        self._connection = connection
        self._credentials = StoredCredentials(connection, background=background)
        self._lookout = Lookout(self._credentials, background=background)
        self.slots = Slots(str(connection.organization_id), background=background, patience=patience)
        self._office = Office(
            base_url=settings.LEXWARE_API_URL,
            credentials=self._credentials,
            pace=self.slots,
            patience=patience,
            on_exchange=self._hear,
        )

    @contextmanager
    def calls(self, *passing: type[errors.LexwareError]) -> Iterator[Office]:
        """
        Lead to the Office for some calls.

        :param passing: the errors that the caller handles itself
        :raises Trouble: anything but `passing` goes wrong inside
        """
        refuse_inside_transaction()
        connection = self._connection
        self._lookout.begin()
        with structlog.contextvars.bound_contextvars(connection=connection.pk):
            try:
                yield self._office
            except passing as error:
                self._lookout.settle(error)
                raise
            except errors.LexwareError as error:
                if isinstance(error, errors.Unauthorized):
                    self._credentials.give_up()
                self._lookout.settle(error)
                raise _trouble(error, connection) from error
            except vault.Unreadable as problem:
                # Our configuration, not the client's grant: with the right key everything goes on; nothing is changed.
                log.error("connection.sealed_with_missing_key")
                self._lookout.seal_missing()
                raise troubles.Trouble("sealed", connection) from problem
            self._lookout.settle()

    def _hear(self, exchange: Exchange) -> None:
        exchanges.note(exchange)
        self._lookout.hear(exchange.path_template, exchange.status)

    def close(self) -> None:
        """Close the connections."""
        self._office.close()


@contextmanager
def open_office(
    connection: Connection, *, background: bool = False, passing: tuple[type[errors.LexwareError], ...] = ()
) -> Iterator[Office]:
    """
    Open the client's Lexware Office for the calls of one act; the parameters and errors are those of `Door`.

    :raises Trouble: not connected, or anything but `passing` goes wrong inside
    """
    refuse_inside_transaction()
    with closing(Door(connection, background=background)) as door, door.calls(*passing) as office:
        yield office


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
            on_exchange=exchanges.note,
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
    tallies.note(tallies.TROUBLE, code)
    log.warning("lexware.trouble", code=code, method=error.method, status=error.status, trace=error.request_id)
    return troubles.Trouble(code, connection)
