"""
The hands of a worker process.

A seat is a connection whose lease this process holds. A hand takes the seat whose turn it is, does one step (normally
one request) and puts it back for when its account has the next free slot: no hand waits for a slot, so a few of them
keep hundreds of connections at two requests a second each, and a large client takes nothing away from a small one.
"""

import heapq
import itertools
import threading
import time
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone

from lexweb.clients import gateway
from lexweb.clients.troubles import Trouble
from lexweb.sync import engine, lease
from lexweb.sync.models import State

log = structlog.get_logger(__name__)

LOOK_EVERY = 1.0  # seconds between two looks at what is due: the queue may lose a nudge
LONG_WAIT = 5.0  # seconds for a slot; a seat that waits longer is given back
LEAVE = 5.0  # seconds that hands have to end what they are doing when the process stops


class Seat:
    """A connection that this process works on."""

    def __init__(self, state: State) -> None:
        """:raises Trouble: the client is not connected any more"""
        self.state = state
        self.rank = 0
        self._door = gateway.Door(state.connection, background=True)

    def turn(self) -> float | None:
        """
        Do one step if a slot is free.

        :returns: seconds until the next turn, or None when the lease was given back
        :raises Exception: whatever `engine.carry_out` raises; the lease is still ours
        """
        self.state = lease.look(self.state)
        todo = engine.plan(self.state)
        if todo is None:
            return None if lease.rest(self.state, engine.next_due(self.state)) else 0.0
        wait = self._door.slots.take()
        if wait > LONG_WAIT:
            lease.release(self.state, due_at=timezone.now() + timedelta(seconds=wait))
            return None
        if wait > 0:
            return wait
        self.rank = todo.rank
        taken = time.monotonic()
        engine.carry_out(self.state, self._door, todo)
        return max(0.0, settings.LEXWARE_SPACING - (time.monotonic() - taken))

    def fail(self, error: Exception) -> None:
        """Give the lease back after a step that went wrong."""
        engine.fail(self.state, error)

    def close(self) -> None:
        """Close the connections to Lexware Office."""
        self._door.close()


class Crew:
    """All seats and hands of this process."""

    def __init__(self, *, hands: int, seats: int) -> None:
        self._seats = seats
        self._aboard: set[int] = set()  # ids of connections
        self._waiting: list[tuple[float, int, Seat]] = []  # by the moment of their next turn
        self._ready: list[tuple[int, int, Seat]] = []  # by urgency, then by arrival
        self._order = itertools.count()
        self._asked: set[int] = set()  # by nudges
        self._stopped = False
        self._lock = threading.Lock()
        self._turns = threading.Condition(self._lock)  # hands wait for them
        self._calls = threading.Condition(self._lock)  # the lookout waits for them
        self._threads = [threading.Thread(target=self._work, name=f"hand-{n}", daemon=True) for n in range(hands)]
        self._threads.append(threading.Thread(target=self._look_around, name="lookout", daemon=True))

    @property
    def aboard(self) -> int:
        """How many connections this process works on."""
        return len(self._aboard)

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let the hands end their step, and give all leases back."""
        with self._lock:
            self._stopped = True
            self._turns.notify_all()
            self._calls.notify_all()
        deadline = time.monotonic() + LEAVE
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        lease.release_all()

    def board(self, connection_id: int) -> None:
        """Look after a connection soon; nothing happens if it is not due, or somebody else does."""
        with self._lock:
            self._asked.add(connection_id)
            self._calls.notify()

    # --- the lookout: finds what is due --------------------------------------------------------------------------

    def _look_around(self) -> None:
        looked = 0.0
        while not self._stopped:
            with self._lock:
                if not self._asked:
                    self._calls.wait(max(0.05, looked + LOOK_EVERY - time.monotonic()))
                asked, self._asked = self._asked, set()
            try:
                _check_database()
                for connection_id in asked:
                    self._take(connection_id)
                if time.monotonic() >= looked + LOOK_EVERY:
                    looked = time.monotonic()
                    self._take_due()
            except Exception as error:  # the database is away: it comes back
                log.warning("crew.lookout_failed", kind=type(error).__name__)
                connection.close()
                time.sleep(LOOK_EVERY)

    def _take_due(self) -> None:
        free = self._seats - self.aboard
        if free > 0:
            for connection_id in lease.due().values_list("connection_id", flat=True)[:free]:
                self._take(connection_id)

    def _take(self, connection_id: int) -> None:
        if connection_id in self._aboard or self.aboard >= self._seats:
            return
        state = lease.take(connection_id)
        if state is None:
            return
        try:
            seat = Seat(state)
        except Trouble as trouble:
            engine.fail(state, trouble)
            return
        with self._lock:
            self._aboard.add(connection_id)
            self._push(seat, 0.0)

    # --- the hands -----------------------------------------------------------------------------------------------

    def _work(self) -> None:
        while (seat := self._next()) is not None:
            wait = self._turn(seat)
            with self._lock:
                if wait is None:
                    self._aboard.discard(seat.state.connection_id)
                else:
                    self._push(seat, wait)
            if wait is None:
                seat.close()
        connection.close()

    def _turn(self, seat: Seat) -> float | None:
        """Do a turn; return when the next one is, or None if the seat is to be given up."""
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(client=seat.state.connection.client_id)
        try:
            _check_database()
            return seat.turn()
        except lease.Lost:
            log.warning("sync.lease_lost")
        except Exception as error:
            self._fail(seat, error)
        return None

    def _fail(self, seat: Seat, error: Exception) -> None:
        try:
            seat.fail(error)
        except Exception as problem:  # the database is away: the lease runs out by itself
            log.warning("crew.failed", kind=type(problem).__name__)
            connection.close()

    def _push(self, seat: Seat, wait: float) -> None:
        heapq.heappush(self._waiting, (time.monotonic() + wait, next(self._order), seat))
        self._turns.notify()

    def _next(self) -> Seat | None:
        """Wait for the next seat whose turn it is; None when the process stops."""
        with self._lock:
            while not self._stopped:
                now = time.monotonic()
                while self._waiting and self._waiting[0][0] <= now:
                    _, order, seat = heapq.heappop(self._waiting)
                    heapq.heappush(self._ready, (seat.rank, order, seat))
                if self._ready:
                    return heapq.heappop(self._ready)[2]
                self._turns.wait(self._waiting[0][0] - now if self._waiting else None)
            return None


def _check_database() -> None:
    """Drop a connection that a restarted database has cut, or that is old; SQLite's are neither."""
    if connection.vendor != "sqlite":
        close_old_connections()
