"""Everything the sandbox knows."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

from lexweb.sandbox import seed
from lexweb.sandbox.clock import Clock
from lexweb.sandbox.events import Event, Events
from lexweb.sandbox.faults import Faults
from lexweb.sandbox.journal import Entry, Journal
from lexweb.sandbox.oauth.grants import Grants
from lexweb.sandbox.options import Options
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.pace import Pace
from lexweb.sandbox.web import Answer, Call

# Told of every exchange with the API of any sandbox in this process, lock not held; tests look at the contract here.
WITNESSES: list[Callable[[Call, Answer, Entry], None]] = []


class State:
    """
    Organizations with their records, grants, faults, the journal.

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
        self.events = Events()
        self.changed: Callable[[], None] = lambda: None  # storage listens here
        self.chores: list[Callable[[], None]] = []  # done every now and then, lock not held
        self._stopping = threading.Event()
        self.reset()

    def reset(self) -> None:
        """Back to the seed: no grants, no faults, no journal, full buckets, the real time."""
        with self.lock:
            for part in (self.clock, self.faults, self.journal, self.events, self.grants, self.pace, self.oauth_pace):
                part.reset() if isinstance(part, Clock | Grants | Pace) else part.clear()
            self._seed(self.options.today or self.clock.today())
            self.logins.clear()
            self.changed()

    def publish(self, organization: Organization, event_type: str, resource_id: str) -> None:
        """Note what happened in an account, such as "invoice.created", and keep the state."""
        self.events.publish(Event(organization.id, event_type, resource_id, self.clock.stamp()))
        self.changed()

    def do_chores(self) -> None:
        """What happens without a request: text recognition ends, webhooks are delivered."""
        for chore in self.chores:
            chore()

    def _seed(self, today: date) -> None:
        self.today = today
        self.organizations = {each.id: each for each in seed.organizations(today)}

    def organization_of_key(self, key: str) -> Organization | None:
        """The organization an enabled API key belongs to."""
        return next((o for o in self.organizations.values() if o.api_key == key and o.key_enabled), None)

    def organization_of_contact(self, contact_id: str) -> Organization | None:
        """The organization that holds a contact."""
        return next((o for o in self.organizations.values() if o.contacts.get(contact_id)), None)

    def wait(self, seconds: float) -> None:
        """Hold a request; ends early when the sandbox stops."""
        self._stopping.wait(seconds)

    @property
    def stopped(self) -> bool:
        """Has the sandbox been told to stop?"""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Let all held requests go."""
        self._stopping.set()

    def dumped(self) -> dict[str, Any]:
        """What has to survive a restart, as JSON values."""
        with self.lock:
            organizations = {each.id: each.dumped() for each in self.organizations.values()}
            today = self.today.isoformat()
            return {"today": today, "organizations": organizations, "grants": self.grants.dumped()}

    def load(self, dumped: dict[str, Any]) -> None:
        """Take over what ``dumped`` returned in an earlier run."""
        with self.lock:
            self._seed(date.fromisoformat(dumped["today"]))  # what is kept differs from the seed of that day
            for organization_id, kept in dumped["organizations"].items():
                if organization_id in self.organizations:
                    self.organizations[organization_id].load(kept)
            self.grants.load(dumped["grants"])
