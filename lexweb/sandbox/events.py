"""What happened in the accounts, for those who subscribed to it."""

import json
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

    def payload(self) -> dict[str, object]:
        """What a webhook says: no data, only what to look at (behaviour.md, chapter 15)."""
        return {
            "organizationId": self.organization_id,
            "eventType": self.event_type,
            "resourceId": self.resource_id,
            "eventDate": self.at,
        }

    def body(self) -> bytes:
        """The payload as it is sent and signed: JSON without spaces."""
        return json.dumps(self.payload(), separators=(",", ":")).encode()


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
