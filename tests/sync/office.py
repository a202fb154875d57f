"""Lexware Office as its own users see it, and what was asked of it."""

from typing import Any

from django.db import connection as database
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.contacts.models import Contact
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync import engine, passes
from lexweb.sync.models import Pass, State

LARGE, MEDIUM = 3, 12  # places among the organizations: 2,500 contacts on ten pages, 460 on two


class Office:
    """One organization of the sandbox."""

    def __init__(self, sandbox: RunningSandbox, index: int) -> None:
        self.sandbox, self.index = sandbox, index
        self.id = sandbox.organizations()[index]["organizationId"]

    @property
    def contacts(self) -> dict[str, dict[str, Any]]:
        """What it holds, by id."""
        book = self.sandbox.state.organizations[self.id].contacts
        return {record.contact["id"]: record.contact for record in book.ordered()}

    def keep(self, contacts: list[dict[str, Any]]) -> None:
        """Let it hold exactly these contacts."""
        book = self.sandbox.state.organizations[self.id].contacts
        moment = "2026-11-20T09:00:00.000+01:00"
        book.load(book.dumped() | {"records": [[contact, moment, moment] for contact in contacts]})

    def pages_asked(self) -> list[int]:
        """The numbers of the pages of contacts that were asked for, in order."""
        queries = [e["query"] for e in self.sandbox.requests() if e["path"] == "/v1/contacts" and e["method"] == "GET"]
        return [int(dict(part.split("=") for part in query.split("&"))["page"]) for query in queries]

    def lookups(self) -> list[str]:
        """The paths of single contacts that were asked for."""
        return [path for path in self.asked() if path.startswith("/v1/contacts/")]

    def asked(self) -> list[str]:
        """All paths that were asked for, in order."""
        return [entry["path"] for entry in self.sandbox.requests()]


def mirrored(connection: Connection) -> dict[str, dict[str, Any]]:
    """What the mirror holds, by id."""
    return {str(contact.lexware_id): contact.raw for contact in Contact.objects.filter(connection=connection)}


def make_due(connection: Connection, *names: str) -> None:
    """Let lists be read now: that of contacts if none is named."""
    state = state_of(connection)
    passes.make_due(state, *(names or ("contacts",)))
    State.objects.filter(pk=state.pk).update(due_at=timezone.now())


def state_of(connection: Connection) -> State:
    """The state as it is stored now."""
    return State.objects.select_related("connection").get(connection=connection)


def reading(connection: Connection, name: str = "contacts") -> Pass:
    """How far a list is, as it is stored now."""
    return Pass.objects.get(state__connection=connection, resource=name)


def run(connection: Connection) -> bool:
    """Read all lists that are due; say whether that came to its end."""
    return engine.run(connection.pk, only=engine.LISTS)


def run_and_close(connection: Connection) -> bool:
    """A run inside a thread, which has a database connection of its own."""
    try:
        return run(connection)
    finally:
        database.close()
