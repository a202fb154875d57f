"""Kinds and states of vouchers in words, and where they are in Lexware Office."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lexweb.vouchers.models import Voucher

Kind = Voucher.Kind
# Of bookkeeping: with an image that was uploaded; other programs can write them.
RECEIPTS = (Kind.SALES_INVOICE, Kind.SALES_CREDIT_NOTE, Kind.PURCHASE_INVOICE, Kind.PURCHASE_CREDIT_NOTE)
GROUPS: dict[str, tuple[Promise, tuple[str, ...]]] = {  # tabs: whoever looks for receivables needs all their kinds
    "sales": (_("Sales invoices"), (Kind.INVOICE, Kind.SALES_INVOICE, Kind.DOWN_PAYMENT_INVOICE)),
    "purchases": (_("Purchase invoices"), (Kind.PURCHASE_INVOICE,)),
    "corrections": (_("Credit notes"), (Kind.CREDIT_NOTE, Kind.SALES_CREDIT_NOTE)),
    "supplier-credits": (_("Supplier credits"), (Kind.PURCHASE_CREDIT_NOTE,)),
    "quotations": (_("Quotations"), (Kind.QUOTATION,)),
    "orders": (_("Order confirmations"), (Kind.ORDER_CONFIRMATION,)),
    "deliveries": (_("Delivery notes"), (Kind.DELIVERY_NOTE,)),
    "dunnings": (_("Dunnings"), (Kind.DUNNING,)),
}
STATUSES: dict[str, tuple[str, str, Promise]] = {  # kind of badge, icon, word
    "unchecked": ("warn", "eye", _("To review")),
    "draft": ("neutral", "pencil", _("Draft")),
    "open": ("info", "clock", pgettext_lazy("voucher", "Open")),
    "overdue": ("danger", "exclamation-triangle", _("Overdue")),
    "paid": ("ok", "check-circle", _("Paid")),
    "paidoff": ("ok", "check-circle", _("Settled")),
    "transferred": ("info", "paper-airplane", _("Transferred")),
    "sepadebit": ("info", "building-library", _("Direct debit")),
    "accepted": ("ok", "hand-thumb-up", _("Accepted")),
    "rejected": ("neutral", "hand-thumb-down", _("Rejected")),
    "voided": ("neutral", "x-circle", _("Voided")),
    "blank": ("neutral", "document-magnifying-glass", _("Being read")),
}
PARTLY = ("info", "clock", _("Partly paid"))
CHIPS = ("unchecked", "draft", "open", "overdue", "paid", "voided")
RESOURCES: dict[str, str] = {  # of the API and, with one exception, of deep links; all others are bookkeeping vouchers
    Kind.INVOICE: "invoices",
    Kind.DOWN_PAYMENT_INVOICE: "down-payment-invoices",
    Kind.CREDIT_NOTE: "credit-notes",
    Kind.QUOTATION: "quotations",
    Kind.ORDER_CONFIRMATION: "order-confirmations",
    Kind.DELIVERY_NOTE: "delivery-notes",
    Kind.DUNNING: "dunnings",
}


@dataclass(frozen=True)
class Badge:
    """A state as `{% badge %}` wants it."""

    kind: str
    icon: str
    text: str


def kind_text(kind: str) -> str:
    """Return the kind in words; one that we do not know as it is called over there."""
    return str(Kind(kind).label) if kind in Kind.values else kind


def badge(voucher: Voucher, *, today: date | None = None) -> Badge:
    """Return the state in one word; what is open is overdue after its day, and partly paid once something came."""
    known = STATUSES.get(voucher.status, ("neutral", "minus-circle", voucher.status))
    if is_overdue(voucher, today=today or timezone.localdate()):
        known = STATUSES["overdue"]
    elif voucher.status == "open" and voucher.open_amount and voucher.open_amount != voucher.total_amount:
        known = PARTLY
    return Badge(known[0], known[1], str(known[2]))


def is_overdue(voucher: Voucher, *, today: date) -> bool:
    """Say whether something should have been paid by now."""
    late = voucher.due_on is not None and voucher.due_on < today
    return late and voucher.status in {"open", "sepadebit"} and voucher.open_amount is not None


def deep_link(voucher: Voucher) -> str:
    """Return the voucher's address in Lexware Office."""
    resource = "invoices" if voucher.kind == Kind.DOWN_PAYMENT_INVOICE else RESOURCES.get(voucher.kind, "vouchers")
    return f"{settings.LEXWARE_APP_URL}/permalink/{resource}/view/{voucher.lexware_id}"


def api_path(voucher: Voucher) -> str:
    """Return the voucher's address in the API."""
    return f"/v1/{RESOURCES.get(voucher.kind, 'vouchers')}/{voucher.lexware_id}"
