"""A voucher as facts, sums, lines and payments, as far as we know them; the raw data has the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lexweb.clients.mirroring import amount, day
from lexweb.masterdata import selectors as masterdata
from lexweb.vouchers.kinds import kind_text
from lexweb.vouchers.models import Voucher

PAYMENTS = {
    "manualPayment": gettext_lazy("Payment"),
    "partPaymentFinancialTransaction": gettext_lazy("Bank transaction"),
    "partPaymentCashBox": gettext_lazy("Cash payment"),
    "partPaymentCreditNote": gettext_lazy("Credit note"),
    "cashDiscount": gettext_lazy("Cash discount"),
    "dunningCosts": gettext_lazy("Dunning costs"),
    "currencyConversion": gettext_lazy("Currency conversion"),
    "irrecoverableReceivable": gettext_lazy("Irrecoverable"),
}
TAX_TYPES = {
    "net": gettext_lazy("plus VAT"),
    "gross": gettext_lazy("including VAT"),
    "vatfree": gettext_lazy("free of VAT"),
    "intraCommunitySupply": gettext_lazy("intra-community supply"),
    "constructionService13b": gettext_lazy("reverse charge, construction (§ 13b UStG)"),
    "externalService13b": gettext_lazy("reverse charge (§ 13b UStG)"),
    "thirdPartyCountryService": gettext_lazy("service for a third country"),
    "thirdPartyCountryDelivery": gettext_lazy("export to a third country"),
    "photovoltaicEquipment": gettext_lazy("photovoltaic equipment (0 %)"),
}


@dataclass(frozen=True)
class Fact:
    """A labelled value; `kind` is text, day, money, lines or link (then `href` leads there)."""

    label: str
    value: Any
    kind: str = "text"
    href: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the document; `text` lines have no amounts. `depth` 1: an alternative or a part of the line above."""

    name: str
    note: str = ""
    quantity: str = ""
    price: Decimal | None = None
    tax: str = ""
    total: Decimal | None = None
    depth: int = 0


@dataclass(frozen=True)
class Payment:
    """One payment, as Lexware Office has booked it."""

    on: date | None
    what: str
    amount: Decimal | None
    currency: str


def facts(voucher: Voucher, raw: dict[str, Any]) -> list[Fact]:
    """Return what there is to say about the voucher as a whole, without what is empty."""
    return [fact for fact in _facts(voucher, raw) if fact.value not in (None, "")]


def _facts(voucher: Voucher, raw: dict[str, Any]) -> Iterator[Fact]:
    slug, currency = voucher.connection.client.slug, voucher.currency
    yield Fact(_("Date"), voucher.voucher_on, "day")
    yield Fact(_("Due"), voucher.due_on, "day")
    yield Fact(_("Valid until"), day(raw.get("expirationDate")), "day")
    yield Fact(_("Supply"), _supply(raw))
    contact = reverse("contacts:detail", args=[slug, voucher.contact_id]) if voucher.contact_id else ""
    yield Fact(_("Contact"), voucher.contact_name, "link" if contact else "text", contact)
    yield Fact(_("Address"), _address(raw.get("address") or {}), "lines")
    yield Fact(_("Title"), raw.get("title"))
    yield Fact(_("Tax"), _tax(raw))
    yield Fact(_("Payment terms"), (raw.get("paymentConditions") or {}).get("paymentTermLabel"))
    for related in raw.get("relatedVouchers") or ():
        label = kind_text(str(related.get("voucherType", "")))
        href = reverse("vouchers:detail", args=[slug, related["id"]])
        yield Fact(_("Belongs to"), f"{label} {related.get('voucherNumber') or ''}".strip(), "link", href)
    yield Fact(_("Introduction"), raw.get("introduction"), "lines")
    yield Fact(_("Remark"), raw.get("remark"), "lines")
    yield Fact(_("Currency"), currency if currency not in {"", "EUR"} else "")


def sums(voucher: Voucher, raw: dict[str, Any]) -> list[Fact]:
    """Return net, tax and total, and what is still open."""
    price = raw.get("totalPrice") or {}
    gross = amount(price.get("totalGrossAmount", raw.get("totalGrossAmount")))
    tax = amount(price.get("totalTaxAmount", raw.get("totalTaxAmount")))
    net = amount(price.get("totalNetAmount")) if "totalNetAmount" in price else None
    if net is None and gross is not None and tax is not None:
        net = gross - tax
    total = gross if gross is not None else voucher.total_amount
    found = [
        Fact(_("Net"), net),
        Fact(_("VAT"), tax),
        Fact(_("Total"), total),
        Fact(_("Still open"), voucher.open_amount),
    ]
    return [fact for fact in found if fact.value is not None]


def lines(voucher: Voucher, raw: dict[str, Any]) -> list[Line]:
    """Return the lines of a sales document, or the postings of a bookkeeping voucher."""
    if "voucherItems" in raw:
        names = masterdata.category_names(voucher.connection)
        return [_posting(item, names) for item in raw.get("voucherItems") or ()]
    found = []
    for item in raw.get("lineItems") or ():
        found.append(_line(item, 0))
        found += [_line(part, 1) for part in item.get("subItems") or ()]
    return found


def payments(payment: dict[str, Any] | None) -> list[Payment]:
    """Return the payments of a document."""
    return [
        Payment(
            on=day(item.get("postingDate")),
            what=str(PAYMENTS.get(item.get("paymentItemType", ""), item.get("paymentItemType", ""))),
            amount=amount(item.get("amount")),
            currency=str(item.get("currency") or "EUR"),
        )
        for item in (payment or {}).get("paymentItems") or ()
    ]


def _posting(item: dict[str, Any], names: dict[str, str]) -> Line:
    category = str(item.get("categoryId", ""))
    total = amount(item.get("amount"))
    return Line(name=names.get(category, category), tax=_percent(item.get("taxRatePercent")), total=total)


def _line(item: dict[str, Any], depth: int) -> Line:
    price = item.get("unitPrice") or {}
    gross = "lineItemAmount" in item and price.get("netAmount") is None
    each = price.get("grossAmount") if gross else price.get("netAmount")
    notes = [item.get("description") or ""]
    if item.get("discountPercentage"):
        notes.append(_("%(percent)s discount") % {"percent": _percent(item["discountPercentage"])})
    if item.get("alternative"):
        notes.append(_("alternative"))
    if item.get("optional"):
        notes.append(_("optional"))
    return Line(
        name=str(item.get("name") or ""),
        note="\n".join(note for note in notes if note),
        quantity=f"{_number(item['quantity'])} {item.get('unitName') or ''}".strip() if "quantity" in item else "",
        price=_cents(each),
        tax=_percent(price.get("taxRatePercentage")),
        total=amount(item.get("lineItemAmount")),
        depth=depth,
    )


def _supply(raw: dict[str, Any]) -> str:
    conditions = raw.get("shippingConditions") or raw
    moments = [day(conditions.get(name)) for name in ("shippingDate", "shippingEndDate")]
    return " – ".join(_day(moment) for moment in moments if moment)


def _address(address: dict[str, Any]) -> str:
    place = f"{address.get('zip') or ''} {address.get('city') or ''}".strip()
    lines = [address.get("name"), address.get("supplement"), address.get("street"), place]
    return "\n".join(str(line) for line in lines if line) if place or address.get("street") else ""


def _tax(raw: dict[str, Any]) -> str:
    code = (raw.get("taxConditions") or raw).get("taxType") or ""
    return str(TAX_TYPES.get(code, code))


def _day(value: date | datetime) -> str:
    return formats.date_format(value)


def _number(value: Any) -> str:
    return formats.number_format(Decimal(str(value)).normalize(), use_l10n=True) if value is not None else ""


def _percent(value: Any) -> str:
    return f"{_number(value)} %" if value is not None else ""


def _cents(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
