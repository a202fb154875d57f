"""What happened in the accounts, for those who subscribed to it."""

from collections import deque
from dataclasses import dataclass

LENGTH = 2_000


@dataclass(frozen=True, slots=True)
class Event:
    """One event; ``at`` is the API's kind of time stamp."""

    organization_id: str
    event_type: str
    resource_id: str
    at: str


class Events:
    """The last 2,000 events, oldest first."""

    def __init__(self) -> None:
        self._events: deque[Event] = deque(maxlen=LENGTH)

    def publish(self, event: Event) -> None:
        """Note an event."""
        self._events.append(event)

    def shown(self) -> list[Event]:
        """All events, oldest first."""
        return list(self._events)

    def clear(self) -> None:
        """Forget all events."""
        self._events.clear()
