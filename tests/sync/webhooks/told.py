"""A client of which we are told everything, and a worker that does one step after the other."""

from collections.abc import Callable
from functools import partial

import pytest
from django.utils import timezone

from lexweb.clients import gateway
from lexweb.clients.models import Connection
from lexweb.clients.steps import Step
from lexweb.clients.troubles import Trouble
from lexweb.lexware.api.event_subscriptions import EVENT_TYPES
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.server import RunningSandbox
from lexweb.sandbox.webhooks import subscriptions
from lexweb.sync import events, hooks, lease
from lexweb.sync.models import Event, Hook, State
from tests.waiting import until


class Told:
    """One connection, what happens over there, and the steps that deal with it."""

    def __init__(self, connection: Connection, sandbox: RunningSandbox) -> None:
        self.connection, self.sandbox = connection, sandbox

    @property
    def organization(self) -> Organization:
        return self.sandbox.state.organizations[str(self.connection.organization_id)]

    @property
    def hook(self) -> Hook:
        return Hook.objects.get(connection=self.connection)

    @property
    def open(self) -> list[str]:
        """The types of what is not dealt with."""
        waiting = Event.objects.filter(connection=self.connection, due_at__isnull=False)
        return list(waiting.order_by("due_at", "pk").values_list("event_type", flat=True))

    def subscribe(self, *, at_most: int = 200) -> int:
        """Do what there is to do about subscriptions; return the number of steps."""
        return self._work(hooks.next_step, at_most)

    def find_subscribed(self) -> None:
        """Find everything subscribed over there already: one request instead of one for each type."""
        with self.sandbox.state.lock:
            organization, now = self.organization, self.sandbox.state.clock.stamp()
            mine, address = organization.key_connection_id, hooks.address(self.hook)
            for event_type in EVENT_TYPES:
                subscriptions.add(organization, mine, event_type, address, now=now)
        assert self.subscribe() == 1

    def deal(self) -> int:
        """Wait until everything has been delivered, and do what there is to do about it; return the number of steps."""
        until(self.sandbox.state.webhooks.idle)
        return self._work(events.next_step)

    def deal_in_trouble(self, code: str) -> None:
        """The same; it ends in a trouble."""
        with pytest.raises(Trouble) as caught:
            self.deal()
        assert caught.value.code == code

    def tell(self, event_type: str, record: str) -> None:
        """Let the sandbox say that something happened, true or not."""
        with self.sandbox.state.lock:
            self.sandbox.state.publish(self.organization, event_type, record)

    def asked(self, *, since: int = 0) -> list[str]:
        """What was asked over there, as "GET /v1/…"."""
        return [f"{each['method']} {each['path']}" for each in self.sandbox.requests()[since:]]

    def _work(self, source: Callable[[State], Step | None], at_most: int = 200) -> int:
        steps = 0
        State.objects.filter(connection=self.connection).update(due_at=timezone.now())
        state = lease.take(self.connection.pk)
        assert state is not None
        try:
            while step := source(lease.look(state)):
                with gateway.open_office(state.connection, background=True) as office:
                    step(office, partial(lease.storing, state))
                steps += 1
                assert steps < at_most
        finally:
            lease.release(state)
        return steps
