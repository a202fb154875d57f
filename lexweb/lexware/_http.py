"""
One HTTP exchange: bytes out, bytes in. The only file that imports httpx.

Which failures mean what: before anything was sent → `Unreachable`; afterwards → `Unavailable` for a read,
`Uncertain` for a write. Errors are raised outside of the `except` block, so that httpx's own exceptions
(which hold the request with its query and token) do not travel along as context into error reports.
"""

import functools
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

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
class Attachment:
    """A file inside a multipart request, read from the stream piece by piece."""

    name: str = field(repr=False)
    media_type: str
    stream: BinaryIO = field(repr=False)


@dataclass(frozen=True)
class Request:
    """
    What to send. Everything personal or secret is kept out of the repr.

    With an `attachment` the body is multipart: the part `file`, and `fields` beside it. `masked` is what logs may say
    of a path in which more than ids could be personal.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: bytes | None = field(default=None, repr=False)
    attachment: Attachment | None = None
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    masked: str = ""


@dataclass(frozen=True)
class Answer:
    """What came back; `seconds` is how long it took from sending to the last byte."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    seconds: float = 0.0


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
        incoming = self.open(request, attempt=attempt)
        try:
            body = b"".join(incoming.chunks())
            return Answer(incoming.status, incoming.headers, body, time.monotonic() - started)
        finally:
            incoming.close()

    def open(self, request: Request, *, attempt: int = 1) -> "Incoming":
        """
        Send once and return as soon as the answer begins. The caller closes it.

        :raises: as `send`
        """
        started = time.monotonic()
        response: httpx.Response | None = None
        failure: Exception | None = None
        client = self._reads if request.method in READS else self._writes
        try:
            response = client.send(_built(client, request), stream=True)
        except httpx.HTTPError as error:
            failure = error

        def note(status: int | None) -> None:
            if self._on_exchange:
                seconds, path = time.monotonic() - started, request.masked or errors.template(request.path)
                self._on_exchange(Exchange(request.method, path, status, seconds, attempt))

        if response is None:
            note(None)
            raise _meaning(failure, request)
        # A file may take its time to go up; what counts is how long the answer takes then.
        since = time.monotonic() if request.attachment else started
        return Incoming(response, request, deadline=since + self._timeout.total, note=note)


class Incoming:
    """An answer that has begun: status and headers are there, the body comes piece by piece."""

    def __init__(
        self, response: httpx.Response, request: Request, *, deadline: float, note: Callable[[int | None], None]
    ) -> None:
        self._response = response
        self._request = request
        self._deadline = deadline
        self._note: Callable[[int | None], None] | None = note
        self._whole = True
        self.status = response.status_code
        self.headers: Mapping[str, str] = dict(response.headers)

    def chunks(self) -> Iterator[bytes]:
        """
        Yield the body's pieces.

        :raises Unavailable: a read broke off
        :raises Uncertain: the answer to a write broke off
        """
        failure: Exception | None = None
        try:
            _in_time(self._deadline)
            for chunk in self._response.iter_bytes():
                yield chunk
                _in_time(self._deadline)
        except (httpx.HTTPError, TimeoutError) as error:
            failure = error
        if failure:
            self._whole = False
            raise _meaning(failure, self._request)

    def close(self) -> None:
        """Give the connection back, and tell `on_exchange`."""
        self._response.close()
        if self._note:
            self._note(self.status if self._whole else None)
            self._note = None


def _built(client: httpx.Client, request: Request) -> httpx.Request:
    attached = request.attachment
    files = {"file": (attached.name, attached.stream, attached.media_type)} if attached else None
    return client.build_request(
        request.method,
        request.path,
        params=request.query,
        headers=request.headers,
        content=request.content,
        files=files,
        data=dict(request.fields) or None,
    )


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
