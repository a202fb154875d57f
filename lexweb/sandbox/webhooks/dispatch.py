"""Brings events to those who subscribed, again and again if need be."""

import heapq
import itertools
import threading
from collections import deque
from typing import TYPE_CHECKING, Any

from lexweb.sandbox.events import Event
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.webhooks import subscriptions
from lexweb.sandbox.webhooks.deliveries import DELIVERED, DROPPED, FAILED, Attempt, Delivery
from lexweb.sandbox.webhooks.lanes import Lanes
from lexweb.sandbox.webhooks.line import Line
from lexweb.sandbox.webhooks.retrying import Outcome, verdict
from lexweb.sandbox.webhooks.signing import Signer

if TYPE_CHECKING:
    from lexweb.sandbox.state import State

LENGTH = 2_000  # deliveries that are shown
HEADERS = {"Content-Type": "application/json", "User-Agent": "lexware-sandbox"}


class Dispatch:
    """
    All deliveries of a state. Nothing is sent while the state's lock is held, nor while the own lock is.

    The own lock is taken inside of the state's, never the other way around.
    """

    def __init__(self, state: "State") -> None:
        self.signer = Signer()
        self._state = state
        self._lock = threading.Lock()
        self._open: dict[str, Delivery] = {}
        self._later: list[tuple[float, int, Delivery]] = []  # heap of what is tried again
        self._shown: deque[Delivery] = deque(maxlen=LENGTH)
        self._count = itertools.count()
        self._lanes: Lanes[Delivery] = Lanes(self._carry, lambda: state.stopped)

    def deliver(self, organization: Organization, event: Event, *, forged: bool = False, copies: int = 1) -> None:
        """Send an event to its subscribers. Returns at once; the caller holds the state's lock."""
        for record in subscriptions.matching(organization, event.event_type):
            for _ in range(copies):
                url = record.document["callbackUrl"]
                delivery = Delivery(event=event, subscription_id=record.id, url=url, forged=forged)
                with self._lock:
                    self._open[delivery.id] = delivery
                    self._shown.append(delivery)
                self._lanes.add(url, delivery)

    def try_again(self) -> None:
        """A chore: send what is due by the sandbox's clock."""
        now = self._state.clock.now()
        with self._lock:
            due = []
            while self._later and self._later[0][0] <= now:
                due.append(heapq.heappop(self._later)[2])
        for delivery in due:
            delivery.next_try = None
            self._lanes.add(delivery.url, delivery)

    def forget(self, subscription_id: str, *, farewell: bool = False) -> None:
        """Drop what is on its way to a subscription; with ``farewell`` not the news that its connection ended."""
        with self._lock:
            for each in list(self._open.values()):
                kept = farewell and each.event.event_type == subscriptions.REVOKED
                if each.subscription_id == subscription_id and not kept:
                    each.state, each.next_try = DROPPED, None
                    del self._open[each.id]

    def shown(self) -> list[dict[str, Any]]:
        """The last 2,000 deliveries as the control plane shows them, oldest first."""
        with self._lock:
            return [each.shown() for each in self._shown]

    def idle(self) -> bool:
        """Is nothing on its way, and nothing waiting to be tried again?"""
        with self._lock:
            return not self._open

    def clear(self) -> None:
        """Forget everything but the key."""
        with self._lock:
            self._open.clear()
            self._later.clear()
            self._shown.clear()
        self._lanes.clear()

    def dumped(self) -> dict[str, Any]:
        """Key and unfinished deliveries as JSON values."""
        with self._lock:
            return {"key": self.signer.dumped(), "deliveries": [each.dumped() for each in self._open.values()]}

    def load(self, dumped: dict[str, Any]) -> None:
        """Take over what ``dumped`` returned; what was in the air when it ended is sent again."""
        self.signer.load(dumped["key"])
        with self._lock:
            for each in map(Delivery.loaded, dumped["deliveries"]):
                self._open[each.id] = each
                self._shown.append(each)
                self._put_off(each, each.next_try or 0.0)

    def _carry(self, line: Line, delivery: Delivery) -> None:
        if delivery.id not in self._open:
            return
        body = delivery.event.body()
        signature = self.signer.forged(body) if delivery.forged else self.signer.signature(body)
        outcome = line.send("POST", body, HEADERS | {"X-Lxo-Signature": signature})
        self._conclude(delivery, outcome)

    def _conclude(self, delivery: Delivery, outcome: Outcome) -> None:
        now, next_step = self._state.clock.now(), verdict(outcome, len(delivery.attempts))
        with self._lock:
            delivery.attempts.append(Attempt(now, outcome))
            if delivery.id not in self._open:
                return  # forgotten while it was in the air
            if next_step.wait is not None:
                self._put_off(delivery, now + next_step.wait)
                return
            delivery.state = DELIVERED if outcome.delivered else FAILED
            del self._open[delivery.id]
        if next_step.unsubscribe:
            self._unsubscribe(delivery)

    def _put_off(self, delivery: Delivery, moment: float) -> None:
        delivery.next_try = moment
        heapq.heappush(self._later, (moment, next(self._count), delivery))

    def _unsubscribe(self, delivery: Delivery) -> None:
        with self._state.lock:
            if organization := self._state.organizations.get(delivery.event.organization_id):
                organization.shelf(subscriptions.KIND).remove(delivery.subscription_id)
            self._state.changed()
        self.forget(delivery.subscription_id)
