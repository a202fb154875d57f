"""
One HTTP exchange: bytes out, bytes in. The only file that imports httpx.

Which failures mean what: before anything was sent → `Unreachable`; afterwards → `Unavailable` for a read,
`Uncertain` for a write. Errors are raised outside of the `except` block, so that httpx's own exceptions
(which hold the request with its query and token) do not travel along as context into error reports.
"""

import functools
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx

from lexweb.lexware import errors
from lexweb.lexware.answers import READS

Transport = httpx.BaseTransport  # for tests: httpx.WSGITransport(app=…) instead of the network

_NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


@dataclass(frozen=True)
class Timeouts:
    """
    Seconds. Lexware's gateway gives up after 30 s, so we wait a little longer for its answer.

    `total` is for an answer that drips in byte by byte and never trips `read`. It is looked at whenever bytes
    arrive, so an answer that drips first and falls silent then may take another `read`.
    """

    connect: float = 5
    read: float = 35
    write: float = 35
    pool: float = 5
    total: float = 60


DEFAULT_TIMEOUTS = Timeouts()


@dataclass(frozen=True)
class Request:
    """What to send. Everything personal or secret is kept out of the repr."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Exchange:
    """One request on the wire, for logs and counters: no ids, no query. `status` None: no answer came."""

    method: str
    path_template: str
    status: int | None
    seconds: float
    attempt: int


class Sender:
    """
    Connections to one host.

    Reads share kept-alive connections: should the server close one just then, a retry hides it. Writes open a
    fresh connection each: on a reused one, the server closing it while idle could not be told from a write
    that got lost half way, and would leave an `Uncertain` behind. At two requests per second a handshake more
    is nothing.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout: Timeouts,
        transport: Transport | None = None,
        on_exchange: Callable[[Exchange], None] | None = None,
    ) -> None:
        self._timeout = timeout
        self._on_exchange = on_exchange
        self._reads = _client(base_url, timeout, transport, idle_connections=2)
        self._writes = _client(base_url, timeout, transport, idle_connections=0)

    def close(self) -> None:
        """Close all connections."""
        self._reads.close()
        self._writes.close()

    def send(self, request: Request, *, attempt: int = 1) -> Answer:
        """
        Send once and read the whole answer, whatever its status.

        :raises Unreachable: nothing was sent
        :raises Unavailable: a read got no (complete) answer
        :raises Uncertain: a write got no (complete) answer
        """
        started = time.monotonic()
        answer: Answer | None = None
        failure: Exception | None = None
        try:
            answer = self._exchange(request, deadline=started + self._timeout.total)
        except (httpx.HTTPError, TimeoutError) as error:
            failure = error
        if self._on_exchange:
            status, seconds = answer.status if answer else None, time.monotonic() - started
            self._on_exchange(Exchange(request.method, errors.template(request.path), status, seconds, attempt))
        if answer is None:
            raise _meaning(failure, request)
        return answer

    def _exchange(self, request: Request, *, deadline: float) -> Answer:
        client = self._reads if request.method in READS else self._writes
        with client.stream(
            request.method,
            request.path,
            params=request.query,
            headers=request.headers,
            content=request.content,
        ) as response:
            _in_time(deadline)
            chunks = []
            for chunk in response.iter_bytes():
                chunks.append(chunk)
                _in_time(deadline)
            return Answer(response.status_code, dict(response.headers), b"".join(chunks))


def _in_time(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise TimeoutError


def _client(base_url: str, timeout: Timeouts, transport: Transport | None, *, idle_connections: int) -> httpx.Client:
    return httpx.Client(
        base_url=base_url,
        timeout=httpx.Timeout(connect=timeout.connect, read=timeout.read, write=timeout.write, pool=timeout.pool),
        limits=httpx.Limits(max_keepalive_connections=idle_connections),
        transport=transport,
        verify=_tls(),
        follow_redirects=False,  # a redirect must not carry a token elsewhere
        headers={"User-Agent": "lexweb", "Accept": "application/json"},
    )


@functools.cache
def _tls() -> ssl.SSLContext:
    """Read the certificates once per process; it takes longer than many a call."""
    return httpx.create_ssl_context()


def _meaning(failure: Exception | None, request: Request) -> errors.LexwareError:
    if isinstance(failure, _NOTHING_SENT):
        kind: type[errors.LexwareError] = errors.Unreachable
    elif isinstance(failure, httpx.LocalProtocolError):
        kind = errors.Unexpected  # our own request is malformed; it never left
    else:
        kind = errors.Unavailable if request.method in READS else errors.Uncertain
    return kind(type(failure).__name__, method=request.method, path=request.path)
