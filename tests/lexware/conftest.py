"""
Two far ends for the client package.

A stage: a real HTTP server on localhost that plays given answers and remembers what it was asked. And a world: a
connection by OAuth to a sandbox that is never reset, in which every test makes what it needs.
"""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from lexweb.lexware.credentials import AccessToken
from lexweb.lexware.oauth import AuthorizationServer
from lexweb.lexware.office import Exchange, Office, Timeouts
from lexweb.sandbox import server as sandbox_server
from tests.contract import connected
from tests.contract.connected import Connected

SAMPLES = Path(__file__).parent.parent / "contract" / "samples"
# A busy machine stands still for a second now and then: only what is tested for its impatience may be impatient.
PATIENT = Timeouts(connect=20, read=20, write=20, pool=20, total=20)
IMPATIENT = Timeouts(connect=2, read=1, write=2, pool=1, total=2)


@dataclass
class Heard:
    """One request as it came over the wire."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int


Act = bytes | Callable[[socket.socket], None]


@dataclass
class Stage:
    """Give it `acts` (bytes to answer, or something to do with the socket); look into `heard` afterwards."""

    acts: list[Act] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._sockets: list[socket.socket] = []
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def play(self, *acts: Act) -> None:
        self.acts.extend(acts)

    def close(self) -> None:
        self.closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._sockets:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        with suppress(OSError):
            while not self.closing.is_set():
                connection, _ = self._listener.accept()
                self._sockets.append(connection)
                thread = threading.Thread(target=self._serve, args=(connection, len(self._sockets)), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        with connection, suppress(OSError), connection.makefile("rb") as stream:
            while request := self._read(stream, number):
                with self._lock:
                    self.heard.append(request)
                    act = self.acts.pop(0)
                if callable(act):
                    act(connection)
                else:
                    connection.sendall(act)

    def _read(self, stream: Any, number: int) -> Heard | None:
        first = stream.readline().decode()
        if not first:
            return None
        method, target, _ = first.split(" ", 2)
        headers = {}
        while line := stream.readline().decode().strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return Heard(method, target, headers, stream.read(int(headers.get("content-length", 0))), number)

    def left(self, number: int) -> bool:
        """Tell whether the caller has closed a connection, the first being 1; waits a moment for it."""
        self._threads[number].join(30)
        return not self._threads[number].is_alive()

    # Ways to misbehave

    def hang(self, connection: socket.socket) -> None:
        """Say nothing."""
        self.closing.wait(10)

    def reset(self, connection: socket.socket) -> None:
        """Break the connection off."""
        # Lingering for zero seconds makes the kernel send RST instead of FIN.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RD)
        raise OSError

    def hang_up(self, connection: socket.socket) -> None:
        """Close politely, without an answer."""
        raise OSError

    def break_in_body(self, connection: socket.socket) -> None:
        """Promise more than is sent."""
        connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"id": ')
        raise OSError

    def drip(self, connection: socket.socket) -> None:
        """Send a byte now and then, so that no time-out between two bytes ever trips."""
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not self.closing.wait(0.05):
            connection.sendall(b" ")

    def answer_then_hang_up(self, document: object) -> Act:
        """Answer as if the connection stayed open, then close it: keep-alive gone stale."""

        def act(connection: socket.socket) -> None:
            connection.sendall(reply(200, document))
            raise OSError

        return act


def reply(status: int, document: object = None, **headers: str) -> bytes:
    """Write an answer; a document of type bytes goes out as it is."""
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Pace:
    """A pace that only counts."""

    waits: int = 0
    penalties: list[float] = field(default_factory=list)

    def wait(self) -> None:
        self.waits += 1

    def penalize(self, seconds: float) -> None:
        self.penalties.append(seconds)


@dataclass
class Tape:
    """What happened around the calls: naps taken, exchanges made, the pace's log."""

    naps: list[float] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    pace: Pace = field(default_factory=Pace)


@pytest.fixture
def answer() -> Callable[..., bytes]:
    return reply


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.close()
    assert not stage.acts, "the stage still had acts to play"


@pytest.fixture
def tape() -> Tape:
    return Tape()


@pytest.fixture
def open_office(stage: Stage, tape: Tape) -> Iterator[Callable[..., Office]]:
    with ExitStack() as stack:

        def open_(**options: Any) -> Office:
            settings: dict[str, Any] = {
                "base_url": stage.url,
                "credentials": AccessToken("geheimer-schluessel"),
                "pace": tape.pace,
                "sleep": tape.naps.append,
                "timeout": PATIENT,
                "on_exchange": tape.exchanges.append,
            }
            return stack.enter_context(Office(**settings | options))

        yield open_


@pytest.fixture
def office(open_office: Callable[..., Office]) -> Office:
    return open_office()


@pytest.fixture
def impatient(open_office: Callable[..., Office]) -> Office:
    return open_office(timeout=IMPATIENT)


@pytest.fixture
def server(stage: Stage, tape: Tape) -> Iterator[AuthorizationServer]:
    with AuthorizationServer(stage.url, "our-id", "our-secret", timeout=PATIENT, sleep=tape.naps.append) as server:
        yield server


@pytest.fixture
def impatient_server(stage: Stage, tape: Tape) -> Iterator[AuthorizationServer]:
    with AuthorizationServer(stage.url, "our-id", "our-secret", timeout=IMPATIENT, sleep=tape.naps.append) as server:
        yield server


@pytest.fixture
def sample() -> Callable[[str], Any]:
    def read(name: str) -> Any:
        return json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))

    return read


@pytest.fixture(scope="session")
def _connection() -> Iterator[Connected]:
    with (
        sandbox_server.serve_in_thread(rate=1_000_000, burst=1_000_000) as sandbox,
        connected.world(sandbox) as world,
    ):
        yield world


@pytest.fixture
def world(_connection: Connected) -> Connected:
    _connection.sandbox.clear_faults()
    return _connection


@pytest.fixture
def partner_office(world: Connected) -> Office:
    return world.office
