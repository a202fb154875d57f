"""One event on its way to one subscriber."""

import uuid
from dataclasses import asdict, dataclass, field
from typing import Any

from lexweb.sandbox.clock import stamp
from lexweb.sandbox.events import Event
from lexweb.sandbox.webhooks.retrying import Outcome

WAITING, DELIVERED, FAILED, DROPPED = "waiting", "delivered", "failed", "dropped"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try, at a moment in seconds since the epoch."""

    at: float
    outcome: Outcome

    def shown(self) -> dict[str, Any]:
        """As the control plane shows it."""
        return {"at": stamp(self.at), "status": self.outcome.status, "problem": self.outcome.problem}


@dataclass(kw_only=True, slots=True)
class Delivery:
    """
    An event, where it goes, and what has been tried.

    :ivar forged: whether it goes out with a signature that is wrong
    :ivar next_try: seconds since the epoch; None while it is tried, and in the end
    :ivar state: waiting, delivered, failed (given up), or dropped (the subscription ended first)
    """

    event: Event
    subscription_id: str
    url: str
    forged: bool = False
    attempts: list[Attempt] = field(default_factory=list)
    next_try: float | None = None
    state: str = WAITING
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def shown(self) -> dict[str, Any]:
        """As the control plane shows it."""
        return self.event.payload() | {
            "id": self.id,
            "subscriptionId": self.subscription_id,
            "callbackUrl": self.url,
            "forged": self.forged,
            "state": self.state,
            "attempts": [each.shown() for each in self.attempts],
            "nextTry": None if self.next_try is None else stamp(self.next_try),
        }

    def dumped(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)

    @classmethod
    def loaded(cls, dumped: dict[str, Any]) -> "Delivery":
        """What ``dumped`` returned."""
        attempts = [Attempt(each["at"], Outcome(**each["outcome"])) for each in dumped["attempts"]]
        return cls(**dumped | {"event": Event(**dumped["event"]), "attempts": attempts})
