"""A World on the sandbox: connected by OAuth, and with a receiver for webhooks nearby."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx

from lexweb.lexware.oauth import AuthorizationServer, Tokens, new_verifier
from lexweb.lexware.office import NoPace, Office
from lexweb.sandbox import options
from lexweb.sandbox.server import RunningSandbox
from tests.contract.world import World
from tests.sandbox import partner

HURRIED = 0.05  # seconds until a call gives up that is to meet a time-out
RICHEST = "Softwareschmiede Nord AG"  # has a record of every kind


class Connected(World):
    """A World that can also renew and end its own connection."""

    def __init__(
        self, office: Office, network: "Network", authorization: AuthorizationServer, sandbox: RunningSandbox, hook: str
    ) -> None:
        super().__init__(office, hook=hook)
        self.authorization, self.sandbox = authorization, sandbox
        self._network = network
        self._ready: set[str] = set()

    def hurry(self, method: str = "", pattern: str = "") -> None:
        """Let one operation give up early; without one, let all take their time again."""
        self._network.hurried = method, pattern

    def ready_for(self, name: str, call: Callable[[World], object]) -> None:
        """See to it that all the records a call needs are there, by calling it once."""
        if name not in self._ready:
            call(self)
            self._ready.add(name)

    def refresh(self) -> Tokens:
        """Renew the tokens of a connection made for it."""
        return self.authorization.refresh(connect(self.authorization, self.sandbox).refresh_token)

    def revoke(self) -> None:
        """End a connection made for it."""
        self.authorization.revoke(connect(self.authorization, self.sandbox).refresh_token)


class Network(httpx.BaseTransport):
    """
    The network, on which one operation can be hurried: only it gives up early, not what it needs beforehand.

    As in the client package, reads share connections and writes have one each.
    """

    def __init__(self) -> None:
        self.hurried = "", ""
        self._reads, self._writes = (_transport(idle_connections=number) for number in (2, 0))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request on."""
        method, pattern = self.hurried
        if request.method == method and fnmatchcase(request.url.path, pattern):
            request.extensions["timeout"]["read"] = HURRIED
        inner = self._reads if request.method == "GET" else self._writes
        return inner.handle_request(request)

    def close(self) -> None:
        """Close all connections."""
        self._reads.close()
        self._writes.close()


def _transport(*, idle_connections: int) -> httpx.HTTPTransport:
    limits = httpx.Limits(max_keepalive_connections=idle_connections)
    return httpx.HTTPTransport(limits=limits, verify=partner.TLS)


class Renewing:
    """Credentials of a connection that renews its token, and connects anew once it has ended."""

    partner = True
    scopes = None

    def __init__(self, authorization: AuthorizationServer, sandbox: RunningSandbox) -> None:
        self._authorization, self._sandbox = authorization, sandbox
        self._tokens: Tokens | None = None

    def current(self) -> str:
        """The token of the connection, which is made if there is none."""
        if self._tokens is None:
            self._tokens = connect(self._authorization, self._sandbox)
        return self._tokens.access_token

    def renew(self, rejected: str) -> str:
        """Another token; InvalidGrant once the connection has ended."""
        assert self._tokens is not None
        old, self._tokens = self._tokens, None
        self._tokens = self._authorization.refresh(old.refresh_token)
        return self._tokens.access_token


@contextmanager
def world(sandbox: RunningSandbox) -> Iterator[Connected]:
    """A connected World in which nobody waits between two tries."""
    authorization = AuthorizationServer(sandbox.url, options.CLIENT_ID, options.CLIENT_SECRET)
    credentials = Renewing(authorization, sandbox)

    network = Network()
    office = Office(sandbox.url, credentials=credentials, pace=NoPace(), patience=0, transport=network)
    with authorization, receiver() as hook, office:
        yield Connected(office, network, authorization, sandbox, hook)


def connect(authorization: AuthorizationServer, sandbox: RunningSandbox) -> Tokens:
    """Agree as the client, and exchange the code."""
    verifier = new_verifier()
    address = authorization.authorization_url(
        redirect_uri=partner.REDIRECT, state="x", verifier=verifier, connection_name="Vertrag"
    )
    organization = next(each for each in sandbox.organizations() if each["companyName"] == RICHEST)
    answer = partner.query(sandbox.consent(address, organization["organizationId"]))
    return authorization.exchange(answer["code"], verifier=verifier, redirect_uri=partner.REDIRECT)


@contextmanager
def receiver() -> Iterator[str]:
    """An address that takes every webhook."""
    with HTTPServer(("127.0.0.1", 0), _Taker) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


class _Taker(BaseHTTPRequestHandler):
    timeout = 5  # seconds: who connects and says nothing would keep us from ever stopping

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
