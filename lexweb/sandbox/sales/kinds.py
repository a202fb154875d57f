"""
The seven kinds of sales documents, and what sets them apart (behaviour.md, chapter 8).

Everything else in this package asks this table instead of asking "is it an invoice?".
"""

from dataclasses import dataclass

from lexweb.sandbox.sales import texts
from lexweb.sandbox.sales.texts import Texts

ALWAYS = ("voucherDate", "address", "lineItems", "taxConditions")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """
    One kind of document.

    :ivar path: its name in addresses, and of its shelf: "invoices"
    :ivar type: its name in other documents and in the voucher list: "invoice"
    :ivar event: its name in events: "invoice"
    :ivar range: prefix of its numbers; None if it has none
    :ivar needs: members a new one must have
    :ivar takes: further members it may have
    :ivar follows: paths of the kinds that may be its predecessor
    :ivar no_drafts: paths among these whose drafts may not
    :ivar payable: whether money is due, in either direction
    :ivar settled: the status when nothing is open any more
    """

    path: str
    type: str
    event: str
    range: str | None
    texts: dict[str, Texts]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    no_drafts: tuple[str, ...] = ()
    payable: bool = False
    settled: str = "paid"
    writable: bool = True
    summed: bool = True
    discounts: bool = True
    alternatives: bool = False
    must_follow: bool = False
    finalizes: bool = True
    e_invoice: bool = False

    @property
    def area(self) -> str:
        """What its scopes begin with; down payment invoices share those of invoices."""
        return "invoices" if self.path == "down-payment-invoices" else self.path

    @property
    def members(self) -> tuple[str, ...]:
        """All members a body may have, besides those that all kinds have."""
        return self.needs + self.takes


INVOICES = Kind(
    path="invoices",
    type="invoice",
    event="invoice",
    range="RE",
    texts=texts.INVOICES,
    needs=(*ALWAYS, "totalPrice", "shippingConditions"),
    takes=("paymentConditions", "xRechnung"),
    follows=("quotations", "order-confirmations", "delivery-notes"),
    no_drafts=("order-confirmations", "delivery-notes"),
    payable=True,
    e_invoice=True,
)
CREDIT_NOTES = Kind(
    path="credit-notes",
    type="creditnote",
    event="credit-note",
    range="GS",
    texts=texts.CREDIT_NOTES,
    needs=(*ALWAYS, "totalPrice"),
    follows=("invoices",),
    no_drafts=("invoices",),
    payable=True,
    settled="paidoff",
    discounts=False,
    e_invoice=True,
)
QUOTATIONS = Kind(
    path="quotations",
    type="quotation",
    event="quotation",
    range="AG",
    texts=texts.QUOTATIONS,
    needs=(*ALWAYS, "totalPrice", "expirationDate"),
    takes=("paymentConditions",),
    alternatives=True,
)
ORDER_CONFIRMATIONS = Kind(
    path="order-confirmations",
    type="orderconfirmation",
    event="order-confirmation",
    range="AB",
    texts=texts.ORDER_CONFIRMATIONS,
    needs=(*ALWAYS, "totalPrice", "shippingConditions"),
    takes=("paymentConditions", "deliveryTerms"),
    follows=("quotations",),
)
DELIVERY_NOTES = Kind(
    path="delivery-notes",
    type="deliverynote",
    event="delivery-note",
    range="LS",
    texts=texts.DELIVERY_NOTES,
    needs=(*ALWAYS, "shippingConditions"),
    takes=("deliveryTerms",),
    follows=("quotations", "order-confirmations", "invoices"),
    no_drafts=("order-confirmations",),
    summed=False,
    discounts=False,
)
DUNNINGS = Kind(
    path="dunnings",
    type="dunning",
    event="dunning",
    range=None,
    texts=texts.DUNNINGS,
    needs=(*ALWAYS, "totalPrice", "shippingConditions"),
    follows=("invoices", "down-payment-invoices"),
    no_drafts=("invoices", "down-payment-invoices"),  # our choice: who never got an invoice cannot be dunned
    must_follow=True,
    finalizes=False,
)
DOWN_PAYMENT_INVOICES = Kind(
    path="down-payment-invoices",
    type="downpaymentinvoice",
    event="down-payment-invoice",
    range="RE",
    texts=texts.DOWN_PAYMENT_INVOICES,
    payable=True,
    writable=False,
    e_invoice=True,
)

ALL = (
    INVOICES,
    CREDIT_NOTES,
    QUOTATIONS,
    ORDER_CONFIRMATIONS,
    DELIVERY_NOTES,
    DUNNINGS,
    DOWN_PAYMENT_INVOICES,
)
BY_PATH = {kind.path: kind for kind in ALL}
BY_TYPE = {kind.type: kind for kind in ALL}
