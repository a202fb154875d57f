"""
One client's Lexware Office.

    with Office(base_url="https://api.lexware.io", credentials=ApiKey(key), pace=NoPace()) as office:
        contact = office.contacts.get(contact_id)

Inside lexweb, only `clients/gateway.py` opens one (docs: "Lexware Office API Documentation", introduction).
"""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from lexweb.lexware._http import DEFAULT_TIMEOUTS, Exchange, Sender, Timeouts, Transport
from lexweb.lexware.api.contacts import ContactsEndpoint
from lexweb.lexware.api.countries import CountriesEndpoint
from lexweb.lexware.api.profile import Ping, ProfileEndpoint
from lexweb.lexware.credentials import ApiKey, Credentials
from lexweb.lexware.pacing import NoPace, Pace
from lexweb.lexware.session import Session

__all__ = ["ApiKey", "Credentials", "Exchange", "NoPace", "Office", "Pace", "Timeouts"]

BASE_URL = "https://api.lexware.io"


class Office:
    """One connection's API: `contacts`, `countries`, `profile`. Belongs to one thread; use it in a `with`."""

    def __init__(
        self,
        base_url: str = BASE_URL,
        *,
        credentials: Credentials,
        pace: Pace,
        timeout: Timeouts = DEFAULT_TIMEOUTS,
        patience: float = 20,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        on_exchange: Callable[[Exchange], None] | None = None,
        transport: Transport | None = None,
    ) -> None:
        """
        :param base_url: without `/v1`
        :param patience: seconds after which a call starts no further attempt, see `retry.Patience`
        :param on_exchange: told of every request sent, for logs and counters; must not raise
        :param transport: for tests, instead of the network
        """
        self._sender = Sender(base_url, timeout=timeout, transport=transport, on_exchange=on_exchange)
        session = Session(self._sender, credentials=credentials, pace=pace, patience=patience, sleep=sleep, clock=clock)
        self.contacts = ContactsEndpoint(session)
        self.countries = CountriesEndpoint(session)
        self.profile = ProfileEndpoint(session)

    def ping(self) -> Ping:
        """Ask whether the token works."""
        return self.profile.ping()

    def close(self) -> None:
        """Close the connections."""
        self._sender.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
