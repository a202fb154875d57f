"""What was asked of the sandbox."""

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

LENGTH = 2_000


@dataclass(slots=True)
class Entry:
    """One API or OAuth request. ``status`` is None while it runs, and for good if it never got an answer."""

    method: str
    path: str
    query: str
    at: float = field(default_factory=time.time)
    status: int | None = None
    organization_id: str | None = None
    fault: str | None = None

    def shown(self) -> dict[str, Any]:
        """The entry as the control plane shows it; ``at`` is in seconds since the epoch."""
        return {
            "at": self.at,
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "status": self.status,
            "organizationId": self.organization_id,
            "fault": self.fault,
        }


class Journal:
    """The last 2,000 requests, oldest first."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=LENGTH)

    def open(self, method: str, path: str, query: str) -> Entry:
        """Note a request as it arrives, so that one that never ends is seen as well."""
        entry = Entry(method, path, query)
        self._entries.append(entry)
        return entry

    def shown(self) -> list[dict[str, Any]]:
        """All entries, oldest first."""
        return [entry.shown() for entry in list(self._entries)]

    def clear(self) -> None:
        """Forget all entries."""
        self._entries.clear()
