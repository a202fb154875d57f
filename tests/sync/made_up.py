"""Connections, passes and records as rows, for pages: no sync has to run to be looked at."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from lexweb.clients.models import Client, Connection
from lexweb.contacts.models import Contact
from lexweb.lexware.api.event_subscriptions import EVENT_TYPES
from lexweb.sync import hooks
from lexweb.sync.models import Hook, Pass, State, Worker
from lexweb.vouchers.models import Voucher


def connected(client: Client, **values: Any) -> Connection:
    """Return a connection that was synced an hour ago."""
    given = {"synced_at": timezone.now() - timedelta(hours=1), "counts": {"contacts": 30, "vouchers": 100}}
    return Connection.objects.create(
        client=client, kind="api_key", state="connected", organization_id=uuid4(), **given | values
    )


def idle(connection: Connection, **values: Any) -> State:
    """Return its state with nothing to do for an hour, everything listed."""
    now = timezone.now()
    given = {"due_at": now + timedelta(hours=1), "listed_at": now - timedelta(days=1)}
    return State.objects.create(connection=connection, **given | values)


def working(connection: Connection, **values: Any) -> State:
    """Return its state with a worker at it."""
    now = timezone.now()
    lease = {"due_at": now, "lease_owner": "somebody", "lease_until": now + timedelta(minutes=2)}
    return idle(connection, **lease | values)


def done(state: State, resource: str, **values: Any) -> Pass:
    """Return a pass that came to its end an hour ago."""
    ago = timezone.now() - timedelta(hours=1)
    given = {"finished_at": ago, "vouched_at": ago, "due_at": timezone.now() + timedelta(hours=5), "pages_done": 2}
    return Pass.objects.create(state=state, resource=resource, **given | values)


def under_way(state: State, resource: str, *, pages: int, of: int | None, **values: Any) -> Pass:
    """Return a pass in the middle."""
    given = {"started_at": timezone.now(), "pages_done": pages, "pages_total": of}
    return Pass.objects.create(state=state, resource=resource, **given | values)


def told(connection: Connection) -> Hook:
    """Let webhooks tell everything about the connection."""
    hook = Hook.objects.create(connection=connection, subscriptions={name: str(uuid4()) for name in EVENT_TYPES})
    hook.address = hooks.address(hook)
    hook.save()
    return hook


def alive() -> Worker:
    """Let a worker be there."""
    return Worker.objects.create(name="one:1:1", started_at=timezone.now())


def contact(connection: Connection, *, changed_at: datetime | None = None) -> Contact:
    """Return a contact of the mirror."""
    return Contact.objects.create(
        connection=connection, lexware_id=uuid4(), version=1, is_company=True, is_customer=True, is_vendor=False,
        name="Muster GmbH", listed_as="Muster GmbH", sort_name="muster gmbh", search="muster gmbh", raw={},
        seen_at=timezone.now(), changed_at=changed_at or timezone.now(),
    )  # fmt: skip


def voucher(connection: Connection, **values: Any) -> Voucher:
    """Return an open invoice of the mirror, with nothing left to read."""
    today = timezone.localdate()
    given = {
        "kind": "invoice", "status": "open", "number": "RE-1", "voucher_on": today, "listed_on": today,
        "due_on": today + timedelta(days=14), "created_at": timezone.now(), "updated_at": timezone.now(),
        "contact_name": "Muster GmbH", "search": "re-1 muster gmbh", "total_amount": "119.00", "open_amount": "119.00",
        "currency": "EUR", "wanted": 0, "seen_at": timezone.now(),
    }  # fmt: skip
    return Voucher.objects.create(connection=connection, lexware_id=uuid4(), **given | values)
