"""Everything the sandbox knows."""

import threading
from collections.abc import Callable
from typing import Any

from lexweb.sandbox import seed
from lexweb.sandbox.clock import Clock
from lexweb.sandbox.faults import Faults
from lexweb.sandbox.journal import Journal
from lexweb.sandbox.oauth.grants import Grants
from lexweb.sandbox.options import Options
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.pace import Pace


class State:
    """
    Organizations with their contacts, grants, faults, the journal.

    Whoever reads or changes it holds ``lock``, and never waits or sends while holding it.
    """

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self.lock = threading.RLock()
        self.clock = Clock()
        self.faults = Faults()
        self.journal = Journal()
        self.grants = Grants(self.clock)
        self.pace = Pace(self.options.rate, self.options.burst)
        self.oauth_pace = Pace(self.options.oauth_rate, self.options.oauth_burst)
        self.logins: dict[str, str] = {}  # cookie → organization id
        self.organizations: dict[str, Organization] = {}
        self.changed: Callable[[], None] = lambda: None  # storage listens here
        self._stopping = threading.Event()
        self.reset()

    def reset(self) -> None:
        """Back to the seed: no grants, no faults, no journal, full buckets, the real time."""
        with self.lock:
            self.organizations = {each.id: each for each in seed.organizations()}
            for part in (self.clock, self.faults, self.journal, self.grants, self.pace, self.oauth_pace):
                part.reset() if isinstance(part, Clock | Grants | Pace) else part.clear()
            self.logins.clear()
            self.changed()

    def organization_of_key(self, key: str) -> Organization | None:
        """The organization an enabled API key belongs to."""
        return next((o for o in self.organizations.values() if o.api_key == key and o.key_enabled), None)

    def organization_of_contact(self, contact_id: str) -> Organization | None:
        """The organization that holds a contact."""
        return next((o for o in self.organizations.values() if o.contacts.get(contact_id)), None)

    def wait(self, seconds: float) -> None:
        """Hold a request; ends early when the sandbox stops."""
        self._stopping.wait(seconds)

    def stop(self) -> None:
        """Let all held requests go."""
        self._stopping.set()

    def dumped(self) -> dict[str, Any]:
        """What has to survive a restart, as JSON values."""
        with self.lock:
            organizations = {each.id: each.dumped() for each in self.organizations.values()}
            return {"organizations": organizations, "grants": self.grants.dumped()}

    def load(self, dumped: dict[str, Any]) -> None:
        """Take over what ``dumped`` returned in an earlier run."""
        with self.lock:
            for organization_id, kept in dumped["organizations"].items():
                if organization_id in self.organizations:
                    self.organizations[organization_id].load(kept)
            self.grants.load(dumped["grants"])
