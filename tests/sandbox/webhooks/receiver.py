"""A program that receives webhooks: over real HTTP, in threads, answering what the test wants."""

import base64
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from lexweb.sandbox.server import RunningSandbox


@dataclass(frozen=True)
class Received:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        event: dict[str, Any] = json.loads(self.body)
        return event


class Receiver:
    """
    Answers HEAD with ``head``, POST with ``status``; ``location`` redirects.

    While ``silent``, a POST is not answered, until ``speak`` is called or the receiver is closed.
    """

    def __init__(self) -> None:
        self.head, self.status, self.silent = 200, 204, False
        self._speaking = threading.Event()
        self.location: Callable[[str], str | None] = lambda path: None
        self.before_head: Callable[[], object] = lambda: None
        self.requests: list[Received] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def posted(self) -> list[Received]:
        return [each for each in list(self.requests) if each.method == "POST"]

    def speak(self) -> None:
        """Answer what waits for an answer, and all that comes."""
        self.silent = False
        self._speaking.set()

    def close(self) -> None:
        self._speaking.set()
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_HEAD(self) -> None:
                receiver.before_head()
                self._answer(receiver.head)

            def do_POST(self) -> None:
                if receiver.silent:
                    receiver._speaking.wait(120)
                self._answer(receiver.status)

            def _answer(self, status: int) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.requests.append(Received(self.command, self.path, headers, body))
                location = receiver.location(self.path)
                self.send_response(302 if location else status)
                if location:
                    self.send_header("Location", location)
                if location or status != 204:
                    self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler


def genuine(sandbox: RunningSandbox, received: Received) -> bool:
    """Is the signature of the raw body right?"""
    pem = httpx.get(f"{sandbox.url}/webhookSignature/public/public_key.pub").content
    key = serialization.load_pem_public_key(pem)
    assert isinstance(key, rsa.RSAPublicKey)
    assert key.key_size >= 2048
    signature = base64.b64decode(received.headers["x-lxo-signature"], validate=True)
    try:
        key.verify(signature, received.body, padding.PKCS1v15(), hashes.SHA512())
    except InvalidSignature:
        return False
    return True
