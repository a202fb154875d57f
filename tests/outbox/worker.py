"""A worker with one client, driven by hand: it does one step at a time, as the real one does."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from lexweb.clients import gateway
from lexweb.clients.models import Connection
from lexweb.clients.troubles import Trouble
from lexweb.contacts import acts
from lexweb.contacts.models import Contact
from lexweb.contacts.wishes import Wish
from lexweb.firm.models import Staff
from lexweb.outbox import selectors, sending, services
from lexweb.outbox.models import Batch, Item

NOW = timedelta(0)


@contextmanager
def storing() -> Iterator[None]:
    """One transaction; the lease of the real worker has tests of its own."""
    with transaction.atomic():
        yield


class Worker:
    """Does the steps of one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def step(self) -> bool:
        """Do one step; say whether there was one. Trouble is raised, as the real worker meets it."""
        step = sending.next_step(self.connection)
        if step is None:
            return False
        with gateway.open_office(self.connection, background=True) as office:
            step(office, storing)
        return True

    def run(self, *, most: int = 1000) -> int:
        """Do everything that is due; return how many steps that took."""
        for done in range(most):
            try:
                if not self.step():
                    return done
            except Trouble:
                continue
        raise AssertionError(f"still not done after {most} steps")

    def run_to_the_end(self, *, most: int = 1000) -> None:
        """Do everything, as if the time between were over at once."""
        for _ in range(most):
            if not self.run(most=most):
                if selectors.next_at(self.connection.pk) is None:
                    return
                hurry(self.connection)
        raise AssertionError("it never ends")


def put(
    connection: Connection, contacts: Sequence[Contact], wish: Wish, *, by: Staff, hold: timedelta = NOW,
    batch_id: UUID | None = None,
) -> Batch:  # fmt: skip
    """Put one change of several contacts in; due at once."""
    wanted = [services.Wanted(contact.target, contact.listed_as) for contact in contacts]
    return services.put(
        connection, acts.CHANGE, wanted, wish=wish.stored, by=by, hold=hold, batch_id=batch_id or uuid4()
    )


def create(connection: Connection, people: Iterable[dict[str, Any]], *, by: Staff, hold: timedelta = NOW) -> Batch:
    """Put new contacts in."""
    wanted = [services.Wanted("", str(values["company_name"]), wish=values) for values in people]
    return services.put(connection, acts.CREATE, wanted, wish={}, by=by, hold=hold, batch_id=uuid4())


def only() -> Item:
    """The one item there is."""
    return Item.objects.select_related("batch").get()


def hurry(connection: Connection) -> None:
    """Make everything that is open due now, what is being sent included: as if its worker had died long ago."""
    past = timezone.now() - timedelta(seconds=1)
    Item.objects.filter(connection=connection, due_at__isnull=False).update(due_at=past)


def long_ago(item: Item) -> None:
    """Let it be two minutes ago that the item went out."""
    Item.objects.filter(pk=item.pk).update(sent_at=timezone.now() - timedelta(minutes=2))
