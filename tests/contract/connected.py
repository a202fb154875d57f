"""A World on the sandbox: connected by OAuth, and with a receiver for webhooks nearby."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from lexweb.lexware.oauth import AuthorizationServer, Tokens, new_verifier
from lexweb.lexware.office import NoPace, Office, Timeouts
from lexweb.sandbox import options
from lexweb.sandbox.server import RunningSandbox
from tests.contract.world import World
from tests.sandbox import partner

HURRIED = Timeouts(read=0.2)
RICHEST = "Softwareschmiede Nord AG"  # has a record of every kind


class Connected(World):
    """A World that can also renew and end its own connection."""

    def __init__(
        self, office: Office, hurried: Office, authorization: AuthorizationServer, sandbox: RunningSandbox, hook: str
    ) -> None:
        super().__init__(office, hook=hook)
        self.authorization, self.sandbox = authorization, sandbox
        self._offices = office, hurried

    def hurry(self, *, on: bool) -> None:
        """Let calls give up early, or take their time again."""
        self.office = self._offices[on]

    def refresh(self) -> Tokens:
        """Renew the tokens of a connection made for it."""
        return self.authorization.refresh(connect(self.authorization, self.sandbox).refresh_token)

    def revoke(self) -> None:
        """End a connection made for it."""
        self.authorization.revoke(connect(self.authorization, self.sandbox).refresh_token)


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

    def opened(timeout: Timeouts) -> Office:
        return Office(sandbox.url, credentials=credentials, pace=NoPace(), timeout=timeout, patience=0)

    with authorization, receiver() as hook, opened(Timeouts()) as office, opened(HURRIED) as hurried:
        yield Connected(office, hurried, authorization, sandbox, hook)


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
    server = HTTPServer(("127.0.0.1", 0), _Taker)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class _Taker(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response(200)
        self.end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
