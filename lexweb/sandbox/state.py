"""Everything the sandbox knows."""

import threading
import traceback
from collections.abc import Callable
from datetime import date
from typing import Any

from lexweb.sandbox import seed
from lexweb.sandbox.clock import Clock
from lexweb.sandbox.events import Event, Events
from lexweb.sandbox.faults import COPIES, Faults
from lexweb.sandbox.journal import Entry, Journal
from lexweb.sandbox.oauth.grants import Connection, Grants
from lexweb.sandbox.options import Options
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.pace import Pace
from lexweb.sandbox.web import Answer, Call
from lexweb.sandbox.webhooks import subscriptions
from lexweb.sandbox.webhooks.dispatch import Dispatch

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
        self.grants = Grants(self.clock, self._grant_ended)
        self.pace = Pace(self.options.rate, self.options.burst)
        self.oauth_pace = Pace(self.options.oauth_rate, self.options.oauth_burst)
        self.logins: dict[str, str] = {}  # cookie → organization id
        self.organizations: dict[str, Organization] = {}
        self.events = Events()
        self.webhooks = Dispatch(self)
        self.changed: Callable[[], None] = lambda: None  # storage listens here
        self.chores: list[Callable[[], None]] = [self.webhooks.try_again]  # done every now and then, lock not held
        self._stopping = threading.Event()
        self.reset()

    def reset(self) -> None:
        """Back to the seed: no grants, no faults, no journal, full buckets, the real time."""
        with self.lock:
            for part in (self.clock, self.faults, self.journal, self.events, self.grants, self.pace, self.oauth_pace):
                part.reset() if isinstance(part, Clock | Grants | Pace) else part.clear()
            self._seed(self.options.today or self.clock.today())
            self.logins.clear()
            self.webhooks.clear()
            self.changed()

    def publish(self, organization: Organization, event_type: str, resource_id: str, *, forged: bool = False) -> None:
        """Note what happened in an account, such as "invoice.created", tell the subscribers, and keep the state."""
        event = Event(organization.id, event_type, resource_id, self.clock.stamp())
        self.events.publish(event)
        fault = self.faults.take(set(COPIES), "POST", event_type, organization.id)
        self.webhooks.deliver(organization, event, forged=forged, copies=COPIES[fault.kind] if fault else 1)
        self.changed()

    def disable_key(self, organization: Organization) -> None:
        """Delete an API key, for as long as it is not enabled again."""
        if organization.key_enabled:
            organization.key_enabled = False
            self._connection_ended(organization, organization.key_connection_id)

    def _grant_ended(self, connection: Connection) -> None:
        if organization := self.organizations.get(connection.organization_id):
            self._connection_ended(organization, connection.id)

    def _connection_ended(self, organization: Organization, connection_id: str) -> None:
        """Say so, also to its own subscriptions, which end with it (OAuth and the Partner API, chapter 2)."""
        self.publish(organization, subscriptions.REVOKED, connection_id)
        ours = subscriptions.of_connection(organization, connection_id)
        subscriptions.remove(organization, ours)
        for record in ours:
            self.webhooks.forget(record.id, farewell=True)

    def do_chores(self) -> None:
        """What happens without a request: text recognition ends, webhooks are delivered."""
        for chore in self.chores:
            try:
                chore()
            except Exception:
                traceback.print_exc()  # a bug of ours must not keep the other chores, now or later

    def _seed(self, today: date) -> None:
        self.today = today
        self.organizations = {each.id: each for each in seed.organizations(today, more=self.options.copies)}

    def organization_of_key(self, key: str) -> Organization | None:
        """The organization an enabled API key belongs to."""
        return next((o for o in self.organizations.values() if o.api_key == key and o.key_enabled), None)

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
            return {
                "today": today,
                "ahead": self.clock.ahead,
                "organizations": organizations,
                "grants": self.grants.dumped(),
                "webhooks": self.webhooks.dumped(),
            }

    def load(self, dumped: dict[str, Any]) -> None:
        """
        Take over what ``dumped`` returned in an earlier run, or an earlier version.

        The first versions kept contacts and grants only; all else is as fresh as in a new sandbox then.
        """
        with self.lock:
            self.clock.advance(dumped.get("ahead", 0.0))
            if "today" in dumped:
                self._seed(date.fromisoformat(dumped["today"]))  # what is kept differs from the seed of that day
            for organization_id, kept in dumped["organizations"].items():
                if organization_id in self.organizations:
                    self.organizations[organization_id].load(kept)
            self.grants.load(dumped["grants"])
            if "webhooks" in dumped:
                self.webhooks.load(dumped["webhooks"])
