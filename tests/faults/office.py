"""The sandbox as a fleet's tests use it."""

from typing import Any

from tests.e2e.office import Organization, Sandbox


class Office(Sandbox):
    """Talks to /_sandbox, and lets things happen there."""

    def pass_time(self, seconds: float) -> None:
        """Let the clock over there jump: what waits for its next try is tried."""
        self.ask("POST", "/clock", {"advance": seconds})

    def happen(self, organization: Organization, event_type: str, **more: Any) -> None:
        """Let webhooks go out: see the sandbox's control plane for what may be said."""
        self.ask("POST", "/events", {"organizationId": organization.id, "eventType": event_type, **more})

    def on_their_way(self) -> int:
        """Return how many of the last 2,000 webhooks have not arrived yet."""
        return sum(row["state"] == "waiting" for row in self.ask("GET", "/deliveries"))
