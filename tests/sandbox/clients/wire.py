"""Requests byte by byte, because a good HTTP library would tidy up what other clients send."""

import json
import socket
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any

from lexweb.sandbox.server import RunningSandbox

TIMEOUT = 60  # seconds; nothing here is meant to run into it


@dataclass(frozen=True)
class Received:
    """One answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Wire:
    """A socket to the sandbox for each exchange, with the API key of a company."""

    def __init__(self, sandbox: RunningSandbox, key: str) -> None:
        host, port = sandbox.url.removeprefix("http://").split(":")
        self.address, self.key = (host, int(port)), key

    def ask(
        self, method: str, target: str, body: bytes = b"", *, version: str = "1.1", **headers: str | None
    ) -> Received:
        """Underscores in header names stand for hyphens; None leaves a header out that is sent otherwise."""
        return self.send(self.head(method, target, len(body), version=version, **headers) + body, method)

    def head(self, method: str, target: str, length: int = 0, *, version: str = "1.1", **headers: str | None) -> bytes:
        """The head of a request, as ``ask`` sends it."""
        known: dict[str, str | None] = {"Host": "x", "Authorization": f"Bearer {self.key}", "Connection": "close"}
        known |= {"Content-Length": str(length)} if length else {}
        known |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{method} {target} HTTP/{version}", *(f"{name}: {value}" for name, value in known.items() if value)]
        return "\r\n".join([*lines, "", ""]).encode()

    def send(self, request: bytes, method: str = "GET") -> Received:
        """Send what may be any bytes, and read one answer."""
        with socket.create_connection(self.address, timeout=TIMEOUT) as connection:
            connection.sendall(request)
            answer = HTTPResponse(connection, method=method)
            answer.begin()
            return Received(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
