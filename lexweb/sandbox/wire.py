"""HTTP/1.1 on a socket, one thread per connection, for one WSGI application."""

import io
import re
import socket
import struct
import sys
import traceback
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import unquote_to_bytes

from lexweb.sandbox import framing
from lexweb.sandbox.web import Wsgi

ORIGIN = re.compile(r"\Ahttps?://[^/?]*", re.IGNORECASE)  # before the path if a client talks as to a proxy
HANG_UP_AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER with time 0: close() sends RST instead of FIN


class Hangup(ConnectionResetError):
    """
    Leaves the WSGI application to end the connection without a complete answer.

    ``sent`` goes out first, as it is. With ``reset`` the connection ends with RST, else in order. Without a
    socket (``httpx.WSGITransport``) the caller sees this exception itself, hence the ConnectionResetError.
    """

    def __init__(self, sent: bytes = b"", *, reset: bool = False) -> None:
        super().__init__("the sandbox hung up")
        self.sent, self.reset = sent, reset


class Server(ThreadingMixIn, HTTPServer):
    """Serves a WSGI application; keeps connections open between requests."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], application: Wsgi) -> None:
        self.application = application
        self._open: set[socket.socket] = set()
        super().__init__(address, Exchange)

    def server_bind(self) -> None:
        """Bind without HTTPServer's look-up of the full host name, which can take seconds without DNS."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, so that stopping can end it."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the connections that clients keep open."""
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the client was faster

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent about clients that went away; print everything else."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class Exchange(BaseHTTPRequestHandler):
    """One connection: requests in, answers out."""

    protocol_version = "HTTP/1.1"
    server_version = "lexware-sandbox"
    sys_version = ""
    disable_nagle_algorithm = True  # a small answer must not wait for the client's ACK
    wbufsize = -1  # head and body leave in one piece
    server: Server

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the journal knows the requests."""

    def __getattr__(self, name: str) -> Any:
        """Answer every method, also unknown ones: what is allowed is the application's business."""
        if name.startswith("do_"):
            return self._exchange
        raise AttributeError(name)

    def _exchange(self) -> None:
        try:
            coding, length = self.headers.get("Transfer-Encoding"), self.headers.get("Content-Length")
            body = framing.read(coding, length, self.rfile)
        except framing.UnknownCoding:
            return self.send_error(HTTPStatus.NOT_IMPLEMENTED)
        except framing.Broken:
            return self.send_error(HTTPStatus.BAD_REQUEST)
        try:
            self._answer(*_run(self.server.application, self._environ(body)))
        except Hangup as hangup:
            self._hang_up(hangup)
        except Exception:
            traceback.print_exc()
            self._answer("500 Internal Server Error", [("Content-Type", "text/plain")], b"The sandbox has a bug.")

    def _answer(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        # These have no body (RFC 9110, 8.6): HEAD says how long the answer to GET is, which the application knows.
        bare = self.command == "HEAD" or code == "204"
        for name, value in headers:
            if bare or name.lower() != "content-length":
                self.send_header(name, value)
        if not bare:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(b"" if bare else body)

    def _hang_up(self, hangup: Hangup) -> None:
        self.close_connection = True
        self.wfile.write(hangup.sent)
        self.wfile.flush()
        if hangup.reset:
            # socketserver's own way out would send FIN first, so every file on the socket is closed here.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, HANG_UP_AT_ONCE)
            self.rfile.close()
            self.wfile.close()
            self.connection.close()
            raise hangup

    def finish(self) -> None:
        """Flush and close, unless the connection was reset."""
        if not self.wfile.closed:
            super().finish()

    def _environ(self, body: bytes) -> dict[str, Any]:
        path, _, query = ORIGIN.sub("", self.path, count=1).partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_NAME": self.server.server_name,
            "SERVER_PORT": str(self.server.server_port),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.headers.items():
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        return environ


def _run(application: Wsgi, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
    started: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], error: Any = None) -> None:
        started[:] = [status, headers]

    body = b"".join(application(environ, start_response))
    return started[0], started[1], body
