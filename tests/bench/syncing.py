"""A first sync against the sandbox with its real limits, and a person who saves in the middle of it."""

import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection as database
from django.test.utils import override_settings

from lexweb.clients import connecting
from lexweb.clients.models import Client, Connection
from lexweb.contacts import fields, policies, services
from lexweb.contacts.models import Contact
from lexweb.firm.models import Firm, Staff
from lexweb.firm.roles import Role
from lexweb.sandbox.server import RunningSandbox, serve_in_thread
from lexweb.sync import engine, passes
from lexweb.sync import services as sync
from lexweb.sync.models import Pass, State

SAVES = 6


def measure(report: Callable[[str, float, float, str], None]) -> None:
    """Measure both on the largest organization of the sandbox."""
    with serve_in_thread() as sandbox, override_settings(LEXWARE_API_URL=sandbox.url, LEXWARE_APP_URL=sandbox.url):
        connection, staff = _connect(sandbox)
        time.sleep(3)  # the bucket is full again
        pages, seconds = _first_sync(connection)
        report(f"all lists of the largest client against {pages} pages / 2 per s", 1.05, seconds / (pages / 2), "x")
        waits = _saves_during_sync(connection, staff, sandbox)
        report(f"a person's save during a sync, until it goes out: worst of {SAVES}", 1.1, max(waits), "s")


def _connect(sandbox: RunningSandbox) -> tuple[Connection, Staff]:
    largest = max(sandbox.organizations(), key=lambda organization: organization["contacts"])
    firm = Firm.objects.create(name="Bench sync")
    staff = Staff.objects.create_user("sync@firm.example", "x", name="Sync", role=Role.PARTNER, firm=firm)
    client = Client.objects.create(firm=firm, name="Largest", number="2")
    connecting.connect_key(client, key=largest["apiKey"], by=staff)
    return Connection.objects.select_related("client").get(client=client), staff


def _first_sync(connection: Connection) -> tuple[int, float]:
    started = time.perf_counter()
    assert engine.run(connection.pk, only=engine.LISTS)
    seconds = time.perf_counter() - started
    pages = Pass.objects.filter(state__connection=connection).values_list("pages_done", flat=True)
    return sum(pages), seconds


def _saves_during_sync(connection: Connection, staff: Staff, sandbox: RunningSandbox) -> list[float]:
    contacts = [c for c in Contact.objects.filter(connection=connection)[:50] if _editable(c)][:SAVES]
    passes.make_due(State.objects.get(connection=connection), "contacts", "vouchers")
    sync.wake(connection.pk)
    worker = threading.Thread(target=_sync_and_close, args=(connection.pk,))
    worker.start()
    time.sleep(0.7)
    waits = [_save(contact, staff, sandbox) for contact in contacts if worker.is_alive()]
    worker.join()
    return waits


def _editable(contact: Contact) -> bool:

    return policies.editable(contact)


def _save(contact: Contact, staff: Staff, sandbox: RunningSandbox) -> float:
    """Return the seconds from the click until the request is at Lexware Office."""
    values = fields.of_kind(fields.read(contact.raw), company=contact.is_company) | {"note": f"Stand {time.time()}"}
    clicked = time.time()
    services.update(contact, values=values, version=contact.version, by=staff)
    writes = [r for r in sandbox.requests() if r["method"] == "PUT" and r["at"] >= clicked - 0.01]
    return float(writes[0]["at"] - clicked)


def _sync_and_close(connection_id: int) -> None:
    engine.run(connection_id, only=engine.LISTS)
    database.close()


assert settings.LEXWARE_SPACING > 0.5
