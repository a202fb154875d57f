"""
An account of Lexware Office as it is: asked slowly, left as it was, every answer held against the contract.

What is read is looked for, never made; the only traces are one contact, which is used again, and an article for a
moment.
"""

import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from uuid import UUID, uuid4

import httpx
import pytest

from lexweb.lexware.api.articles import ArticleDraft, ArticlePrice
from lexweb.lexware.api.contacts import Company, Contact, ContactDraft, Role, Roles
from lexweb.lexware.office import ApiKey, Office
from lexweb.sandbox.journal import Entry
from lexweb.sandbox.web import Answer, Call
from tests.contract.witness import Witness

RATE = 1.5  # calls per second; Lexware allows 2, and counts all programs of the account together
CONTACT = "lexweb contract test"
KINDS = {
    # address: kind in the voucher list
    "invoices": "invoice",
    "credit-notes": "creditnote",
    "quotations": "quotation",
    "order-confirmations": "orderconfirmation",
    "delivery-notes": "deliverynote",
    "down-payment-invoices": "downpaymentinvoice",
}
FINAL = ("open", "paid", "paidoff", "voided", "accepted", "rejected", "transferred", "sepadebit")
BOOKED = ("salesinvoice", "salescreditnote", "purchaseinvoice", "purchasecreditnote")


class Spaced:
    """A pace of so many calls per second, longer after a refusal."""

    def __init__(
        self,
        per_second: float,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._gap, self._sleep, self._clock = 1 / per_second, sleep, clock
        self._next = clock()

    def wait(self) -> None:
        """Sleep until the next slot."""
        now = self._clock()
        if self._next > now:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + self._gap

    def penalize(self, seconds: float) -> None:
        """Let nothing out for a while."""
        self._next = max(self._next, self._clock() + seconds)


class Watched(httpx.BaseTransport):
    """The network, and a witness who holds whatever comes over it against the contract."""

    def __init__(self) -> None:
        self.witness = Witness()
        self._inner = httpx.HTTPTransport(verify=ssl.create_default_context())

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request on, and keep what it was answered."""
        response = self._inner.handle_request(request)
        body = response.read()
        headers = {name.lower(): value for name, value in response.headers.items()}
        call = Call(
            request.method,
            request.url.path,
            request.url.query.decode(),
            {name.lower(): value for name, value in request.headers.items()},
            request.read(),
            str(request.url),
        )
        answer = Answer(response.status_code, body, {"Content-Type": headers.get("content-type", "")})
        self.witness(call, answer, Entry(call.method, call.path, call.query, 0.0))
        for name in ("content-encoding", "transfer-encoding", "content-length"):
            headers.pop(name, None)  # of the bytes on the wire; these are unpacked
        return httpx.Response(response.status_code, headers=headers, content=body)

    def close(self) -> None:
        """Close all connections."""
        self._inner.close()


class Account:
    """
    What `tests.contract.world.World` is for calls that read: ids of records that are there.

    Each looks for one when first asked; without one the test is skipped.
    """

    def __init__(self, url: str, key: str, per_second: float) -> None:
        self.watched = Watched()
        self.office = Office(url, credentials=ApiKey(key), pace=Spaced(per_second), transport=self.watched)
        self._documents: dict[str, UUID] = {}

    def complaints(self) -> list[str]:
        """What left the contract since the last time, each once."""
        return list(dict.fromkeys(self.watched.witness.forget()))

    @cached_property
    def contact_id(self) -> UUID:
        """Any contact."""
        return _first((each.id for each in self.office.contacts.page(size=1).content), "contact")

    @cached_property
    def article_id(self) -> UUID:
        """Any article."""
        return _first((each.id for each in self.office.articles.page(size=25).content), "article")

    @property
    def invoice_id(self) -> UUID:
        """A final invoice."""
        return self.document_id("invoices")

    @property
    def down_payment_invoice_id(self) -> UUID:
        """A final down payment invoice."""
        return self.document_id("down-payment-invoices")

    def document_id(self, kind: str) -> UUID:
        """A final document of a kind, always the same."""
        if kind not in self._documents:
            self._documents[kind] = self._dunning_id() if kind == "dunnings" else self._listed(KINDS[kind], FINAL)
        return self._documents[kind]

    @cached_property
    def recurring_template_id(self) -> UUID:
        """Any recurring template."""
        return _first((each.id for each in self.office.recurring_templates.page().content), "recurring template")

    @cached_property
    def voucher_id(self) -> UUID:
        """A booked voucher."""
        return self._listed(BOOKED, FINAL)

    @cached_property
    def file_id(self) -> UUID:
        """The file of one of the latest vouchers."""
        rows = self.office.voucherlist.page(BOOKED, (*FINAL, "unchecked"), size=20).content
        return _first((file for row in rows for file in self.office.vouchers.get(row.id).files), "voucher with a file")

    @cached_property
    def subscription_id(self) -> UUID:
        """A subscription of this key."""
        return _first((each.subscription_id for each in self.office.event_subscriptions.all()), "event subscription")

    def the_contact(self) -> Contact:
        """Our one contact: contacts cannot be deleted, so it is made once and used ever after."""
        found = [each for each in self.office.contacts.page(name=CONTACT).content if each.name == CONTACT]
        if found:
            return found[0]
        draft = ContactDraft(roles=Roles(customer=Role()), company=Company(name=CONTACT))
        return self.office.contacts.get(self.office.contacts.create(draft).id)

    def article_draft(self) -> ArticleDraft:
        """An article to be deleted in a moment."""
        return ArticleDraft(
            title=CONTACT,
            type="SERVICE",
            article_number=f"lexweb-{uuid4().hex[:12]}",
            unit_name="Stunde",
            price=ArticlePrice.net(Decimal("61.90"), 19),
        )

    def note(self) -> str:
        """What nobody has written yet."""
        return f"lexweb contract test of {datetime.now(UTC):%Y-%m-%d %H:%M:%S}, {uuid4().hex[:6]}"

    def _listed(self, kinds: object, statuses: tuple[str, ...]) -> UUID:
        rows = self.office.voucherlist.page(kinds, statuses, size=1).content  # type: ignore[arg-type]
        return _first((row.id for row in rows), str(kinds))

    def _dunning_id(self) -> UUID:
        """No list holds dunnings; their invoices name them."""
        overdue = self.office.voucherlist.page("invoice", "overdue", size=10).content
        related = (each for row in overdue for each in self.office.invoices.get(row.id).related_vouchers)
        return _first((each.id for each in related if each.voucher_type == "dunning"), "dunning of an overdue invoice")


def _first(ids: object, what: str) -> UUID:
    for found in ids:  # type: ignore[attr-defined]
        return UUID(str(found))
    pytest.skip(f"the account has no {what}")
