"""HTTP to one receiver, over connections that are kept while there is something to send."""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from functools import cache
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult, urljoin, urlsplit

from lexweb.sandbox.webhooks.retrying import DNS, REDIRECTS, TIMEOUT, UNREACHABLE, Outcome

PATIENCE = 5.0  # seconds a receiver has to answer
MOST_REDIRECTS = 3
MOVED = {301, 302, 303, 307, 308}
MOST_READ = 65_536  # of an answer nobody looks at
Connection = http.client.HTTPConnection


class Line:
    """Sends requests to an address; leaving the context hangs up. For one thread."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connections: dict[tuple[str, str], Connection] = {}

    def send(self, method: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Outcome:
        """Send one request, following up to three redirects with the same method and body. Never raises."""
        started = time.monotonic()
        url, known = self._url, dict(headers or {})
        for _ in range(MOST_REDIRECTS + 1):
            outcome, moved_to = self._exchange(method, url, body, known)
            if outcome.status is not None and time.monotonic() - started > PATIENCE:
                return Outcome(None, TIMEOUT)  # it came in drops, each of them in time
            if moved_to is None:
                return outcome
            url = moved_to
        return Outcome(None, REDIRECTS)

    def _exchange(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> tuple[Outcome, str | None]:
        try:
            parts = urlsplit(url)
            connection = self._connection(parts)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(method, target, body or None, headers)
            with connection.getresponse() as answer:
                answer.read(MOST_READ)
                if not answer.isclosed():
                    self._hang_up()
                location = answer.getheader("Location") if answer.status in MOVED else None
                return Outcome(answer.status), urljoin(url, location) if location else None
        except (OSError, http.client.HTTPException, ValueError) as problem:
            self._hang_up()
            return Outcome(None, _name(problem)), None

    def _connection(self, parts: SplitResult) -> Connection:
        key = parts.scheme, parts.netloc
        if key not in self._connections:
            self._connections[key] = _connect(parts)
        return self._connections[key]

    def _hang_up(self) -> None:
        """End all connections; the next request makes new ones."""
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()


def _connect(parts: SplitResult) -> Connection:
    """:raises ValueError: a redirect led to something that is no web address"""
    if not parts.hostname or parts.scheme not in {"http", "https"}:
        raise ValueError(parts.scheme)
    if parts.scheme == "http":
        return http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)
    return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=PATIENCE, context=_tls())


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _name(problem: Exception) -> str:
    if isinstance(problem, socket.gaierror | UnicodeError):
        return DNS
    return TIMEOUT if isinstance(problem, TimeoutError) else UNREACHABLE
