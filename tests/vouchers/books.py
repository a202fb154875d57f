"""The books of a client at Lexware Office, and the mirror of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from lexweb.clients import gateway
from lexweb.clients.mirroring import Stored
from lexweb.clients.models import Connection
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.server import RunningSandbox
from lexweb.vouchers import backfill, mirror
from lexweb.vouchers.models import Voucher

Payload = dict[str, Any]


class Books:
    """One connection's documents, there and here."""

    def __init__(self, connection: Connection, sandbox: RunningSandbox) -> None:
        self.connection, self.sandbox = connection, sandbox
        self.organization: Organization = sandbox.state.organizations[str(connection.organization_id)]

    def ask(self, question: Callable[[gateway.Office], Any]) -> Any:
        """Ask Lexware Office as a worker does."""
        with gateway.open_office(self.connection, background=True) as office:
            return question(office)

    def rows(self, kind: str = "any", status: str = "any") -> list[Payload]:
        """The newest rows of the voucher list."""
        return list(self.ask(lambda office: office.voucherlist.page(kind, status)).payloads())

    def store(self, rows: list[Payload], asked_at: datetime | None = None) -> Stored:
        """Store rows of the list."""
        return mirror.store_page(self.connection, rows, asked_at=asked_at or timezone.now())

    def list_all(self) -> Stored:
        """Store the newest page of the list."""
        asked_at = timezone.now()
        return self.store(self.rows(), asked_at)

    def keep_only(self, *vouchers: Voucher) -> None:
        """Forget all others here."""
        Voucher.objects.exclude(pk__in=[voucher.pk for voucher in vouchers]).delete()

    def fill(self, steps: int = 1) -> int:
        """Let the back-fill do so many steps; return how many there were to do."""
        for done in range(steps):
            step = backfill.next_step(self.connection)
            if step is None:
                return done
            with gateway.open_office(self.connection, background=True) as office:
                step(office, transaction.atomic)
        return steps

    def one(self, kind: str, **columns: Any) -> Voucher:
        """The newest document of a kind, read again."""
        found = Voucher.objects.select_related("connection__client", "detail").filter(kind=kind, **columns)
        return found.order_by("-created_at", "-pk")[0]

    def again(self, voucher: Voucher) -> Voucher:
        """The document as it is stored now."""
        return Voucher.objects.select_related("connection__client", "detail").get(pk=voucher.pk)

    def asked(self) -> list[str]:
        """The paths that were asked for, without those of connecting."""
        return [entry["path"] for entry in self.sandbox.requests() if entry["path"] != "/v1/profile"]
