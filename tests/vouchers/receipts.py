"""Bookkeeping vouchers with images at Lexware Office, and the mirror of them."""

import hashlib
from typing import Any
from uuid import UUID

from django.utils import timezone

from lexweb.firm.models import Staff
from lexweb.sandbox import categories
from lexweb.sandbox.vouchers import desk, intake
from lexweb.vouchers import mirror
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import editing
from tests.vouchers.books import Books

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"startxref\n9\n%%EOF\n"
)


def category(name: str = "", side: str = "outgo", **flags: bool) -> str:
    """The id of a category: with this name, or the first that is like that."""
    fitting = (
        each
        for each in categories.every()
        if each["type"] == side
        and (not name or each["name"] == name)
        and all(each[flag] == value for flag, value in flags.items())
        and categories.principle(each["id"]) is None
        and not categories.is_reverse_charge(each)
    )
    return str(next(fitting)["id"])


def line(amount: str = "119.00", rate: str = "19", tax: str = "19.00", category_id: str = "") -> dict[str, str]:
    """A line of an expense."""
    chosen = category_id or category(contactRequired=False, splitAllowed=True)
    return {"amount": amount, "tax_rate": rate, "tax_amount": tax, "category_id": chosen}


def filled(number: str = "R-1", **values: Any) -> dict[str, Any]:
    """The values of a purchase that can be booked."""
    return {
        "type": "purchaseinvoice", "voucher_number": number, "voucher_date": "2026-11-10", "due_date": "2026-11-24",
        "shipping_date": "", "tax_type": "gross", "collective": True, "contact_id": "", "remark": "",
        "lines": [line()],
    } | values  # fmt: skip


class Receipts:
    """The receipts of one client."""

    def __init__(self, books: Books, by: Staff) -> None:
        self.books, self.by, self.connection, self.client = books, by, books.connection, books.connection.client
        self.sandbox, self.organization = books.sandbox, books.organization
        self._count = 0

    @property
    def state(self) -> Any:
        """The state of the sandbox."""
        return self.sandbox.state

    def unchecked(self, images: int = 1, **members: Any) -> Voucher:
        """A receipt that was uploaded there, with that many images; the mirror knows it."""
        with self.state.lock:
            voucher_id = desk.upload(self.state, self.organization, "beleg.pdf", self.content()).document["voucherId"]
            record = self._record(voucher_id)
            self.organization.shelf("vouchers").put(
                record.changed({"voucherStatus": "unchecked", **members}, self.state.clock.stamp())
            )
            for _ in range(images - 1):
                intake.attach(self.state, self.organization, self._record(voucher_id), "seite.pdf", self.content())
        return self.mirror(voucher_id)

    def booked(self, images: int = 1, **values: Any) -> Voucher:
        """A receipt that is booked already."""
        voucher = self.unchecked(images)
        voucher = editing.update(voucher, values=filled(**values), version=version(voucher), by=self.by, book=True)
        self.forget_requests()
        return voucher

    def content(self) -> bytes:
        """A PDF unlike all others."""
        self._count += 1
        return PDF + hashlib.sha256(str(self._count).encode()).hexdigest().encode()

    def mirror(self, voucher_id: str) -> Voucher:
        """Let the mirror see the voucher as it is now."""
        payload = self.books.ask(lambda office: office.vouchers.get(UUID(voucher_id)).payload())
        self.forget_requests()
        stored = mirror.store_detail(self.connection, "", payload, asked_at=timezone.now())
        return self.again(stored)

    def there(self, voucher: Voucher) -> dict[str, Any]:
        """The voucher as Lexware Office holds it."""
        return dict(self._record(str(voucher.lexware_id)).document)

    def change(self, voucher: Voucher, **members: Any) -> None:
        """Somebody changes it in the web application; None takes a member away."""
        with self.state.lock:
            desk.edit(self.state, self.organization, str(voucher.lexware_id), members)

    def tamper(self, voucher: Voucher, **members: Any) -> None:
        """Members change and nobody says so: the version stays."""
        with self.state.lock:
            record = self._record(str(voucher.lexware_id))
            hidden = record.changed(members, self.state.clock.stamp())
            document = hidden.document | {"version": record.document["version"]}
            self.organization.shelf("vouchers").put(type(record)(document, record.hidden))

    def add_image(self, voucher: Voucher) -> str:
        """Somebody adds an image in the web application; its id."""
        with self.state.lock:
            record = self._record(str(voucher.lexware_id))
            added = intake.attach(self.state, self.organization, record, "seite.pdf", self.content())
        return str(added.id)

    def drop_image(self, voucher: Voucher, *, quietly: bool = False) -> None:
        """Somebody, or something, deletes the last image."""
        files = self.there(voucher)["files"][:-1]
        (self.tamper if quietly else self._set)(voucher, files=files)

    def _set(self, voucher: Voucher, **members: Any) -> None:
        with self.state.lock:
            record = self._record(str(voucher.lexware_id))
            self.organization.shelf("vouchers").put(record.changed(members, self.state.clock.stamp()))

    def again(self, voucher: Voucher) -> Voucher:
        """The voucher as it is stored now."""
        return self.books.again(voucher)

    def sent(self, method: str) -> list[dict[str, Any]]:
        """The requests of a method for vouchers."""
        return [
            entry for entry in self.sandbox.requests() if entry["method"] == method and "/vouchers" in entry["path"]
        ]

    def forget_requests(self) -> None:
        """Begin to count anew."""
        self.sandbox.state.journal.clear()

    def _record(self, voucher_id: str) -> Any:
        return self.organization.shelf("vouchers").get(voucher_id)


def version(voucher: Voucher) -> int:
    """The version a person sees."""
    return int(voucher.detail.version or 0)
