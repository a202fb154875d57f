"""The electronic invoice in a file, read and put into words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.de import leitweg

from lexweb import einvoice
from lexweb.clients import troubles
from lexweb.einvoice.model import Invoice, Kind, Line, Party, Payment, Profile, Syntax
from lexweb.files import services, store, workshop
from lexweb.files.models import Blob, File

XML = "application/xml"
KEPT = "invoice.xml"  # what was in the PDF, beside it
PROFILES: dict[Profile, str | Promise] = {
    Profile.XRECHNUNG: "XRechnung",
    Profile.EN16931: "ZUGFeRD EN 16931 (Comfort)",
    Profile.MINIMUM: "ZUGFeRD Minimum",
    Profile.BASIC_WL: "ZUGFeRD Basic WL",
    Profile.BASIC: "ZUGFeRD Basic",
    Profile.EXTENDED: "ZUGFeRD Extended",
    Profile.OTHER: gettext_lazy("Other profile"),
}
KINDS = {
    Kind.INVOICE: gettext_lazy("E-invoice"),
    Kind.CREDIT_NOTE: gettext_lazy("E-invoice: credit note"),
    Kind.CORRECTION: gettext_lazy("Corrected invoice"),
    Kind.PREPAYMENT: gettext_lazy("Prepayment invoice"),
    Kind.SELF_BILLED: gettext_lazy("Self-billed invoice"),
}
MEANS = {  # UNTDID 4461
    "1": gettext_lazy("Not defined"),
    "10": gettext_lazy("Cash"),
    "20": gettext_lazy("Cheque"),
    "30": gettext_lazy("Credit transfer"),
    "31": gettext_lazy("Credit transfer"),
    "42": gettext_lazy("Payment to a bank account"),
    "48": gettext_lazy("Card payment"),
    "49": gettext_lazy("Direct debit"),
    "54": gettext_lazy("Credit card"),
    "55": gettext_lazy("Debit card"),
    "57": gettext_lazy("Standing agreement"),
    "58": gettext_lazy("SEPA credit transfer"),
    "59": gettext_lazy("SEPA direct debit"),
    "68": gettext_lazy("Online payment service"),
    "97": gettext_lazy("Clearing between partners"),
}
CATEGORIES = {  # UNTDID 5305
    "Z": gettext_lazy("zero rated"),
    "E": gettext_lazy("exempt from VAT"),
    "AE": gettext_lazy("reverse charge"),
    "K": gettext_lazy("intra-community supply"),
    "G": gettext_lazy("export outside the EU"),
    "O": gettext_lazy("not subject to VAT"),
    "L": gettext_lazy("Canary Islands tax (IGIC)"),
    "M": gettext_lazy("tax of Ceuta and Melilla (IPSI)"),
}
UNITS = {  # UN/ECE recommendation 20, what small businesses use; others are shown as their code
    "C62": gettext_lazy("unit"),
    "H87": gettext_lazy("piece"),
    "EA": gettext_lazy("piece"),
    "XPP": gettext_lazy("piece"),
    "HUR": gettext_lazy("h"),
    "MIN": gettext_lazy("min"),
    "DAY": gettext_lazy("day"),
    "WEE": gettext_lazy("week"),
    "MON": gettext_lazy("month"),
    "ANN": gettext_lazy("year"),
    "LS": gettext_lazy("flat rate"),
    "KGM": "kg",
    "GRM": "g",
    "TNE": "t",
    "LTR": "l",
    "MTR": "m",
    "KMT": "km",
    "MTK": "m²",
    "MTQ": "m³",
    "CMT": "cm",
    "MMT": "mm",
    "KWH": "kWh",
    "SET": gettext_lazy("set"),
    "P1": "%",
}


class Unreadable(Exception):
    """The file could not be opened; that it is to blame, or anybody, is not known."""


def of_file(file: File) -> Invoice | None:
    """
    Return the invoice in a file, None if there is none.

    :raises Trouble: the file is not here, and cannot be read now
    :raises Gone: Lexware Office does not have it any more
    :raises Unreadable: it is here, and cannot be opened
    """
    blob = services.held(file)
    try:
        return of_blob(blob, file.media_type, file.profile)
    except store.Lost as error:
        services.lost(file)
        raise Unreadable from error


def of_blob(blob: Blob, media_type: str, profile: str) -> Invoice | None:
    """
    Return the invoice in bytes that we hold, None if there is none.

    :param profile: as it was found when the bytes came in; "" for none
    :raises Trouble: nobody has the time to open it
    :raises Lost: of the store
    :raises Unreadable: it cannot be opened
    """
    if media_type != XML and not profile:
        return None
    try:
        xml = store.read(blob) if media_type == XML else store.derived(blob, KEPT, _embedded)
        return einvoice.read(xml)
    except (einvoice.NotAnInvoice, einvoice.Unsafe):
        return None
    except (einvoice.TooLarge, workshop.Failed) as error:
        raise Unreadable from error


def _embedded(pdf: bytes) -> bytes:
    try:
        return workshop.do(einvoice.in_pdf, pdf, seconds=10) or b""
    except workshop.Busy:
        raise troubles.Trouble("busy") from None


@dataclass(frozen=True)
class Row:
    """A line as it is shown."""

    line: Line
    quantity: str
    price: str
    tax: str


@dataclass(frozen=True)
class TaxRow:
    """VAT of one rate as it is shown."""

    label: str
    net: Decimal | None
    tax: Decimal | None
    exemption: str


def context(invoice: Invoice) -> dict[str, Any]:
    """Return what files/_invoice.html shows besides the invoice itself."""
    return {
        "invoice": invoice,
        "title": f"{KINDS[invoice.kind]} {invoice.number}".strip(),
        "profile": profile(invoice),
        "partial": not invoice.profile.is_whole,
        "facts": _facts(invoice),
        "parties": _parties(invoice),
        "rows": [_row(line) for line in invoice.lines],
        "taxes": [TaxRow(tax_words(t.category, t.rate), t.net, t.tax, t.exemption) for t in invoice.taxes],
        "sums": _sums(invoice),
        "payment": _payment(invoice.payment),
        "skonto": [_skonto(each.days, each.percent) for each in invoice.payment.skonto],
        "routing": routing_hint(invoice),
    }


def profile(invoice: Invoice) -> str:
    """Return the profile and syntax in words."""
    if invoice.syntax == Syntax.ZUGFERD_1:
        return f"ZUGFeRD 1.0 ({invoice.profile.value.upper()})"
    return f"{PROFILES[invoice.profile]} · {invoice.syntax}"


def tax_words(category: str, rate: Decimal | None) -> str:
    """Return rate and category: "19 %", "0 %, reverse charge"."""
    words = [f"{_plain(rate)} %" if rate is not None else "", str(CATEGORIES.get(category, ""))]
    return ", ".join(word for word in words if word)


def routing_hint(invoice: Invoice) -> str:
    """Return a remark about a Leitweg-ID that was mistyped; other references of a buyer are none."""
    reference = invoice.buyer_reference
    looks_like_one = reference.count("-") >= 1 and reference.replace("-", "")[:2].isdigit() and reference[-2:].isdigit()
    if invoice.profile != Profile.XRECHNUNG or not looks_like_one or leitweg.is_valid(reference):
        return ""
    return _("The check digits of this routing ID (Leitweg-ID) are wrong; or it is another reference.")


def _facts(invoice: Invoice) -> list[tuple[str, Any, str]]:
    found = [
        (_("Number"), invoice.number, "text"),
        (_("Date"), invoice.issued_on, "day"),
        (_("Due"), invoice.due_on, "day"),
        (_("Delivered"), invoice.delivered_on, "day"),
        (_("Period from"), invoice.starts_on, "day"),
        (_("Period until"), invoice.ends_on, "day"),
        (_("Order number"), invoice.order_reference, "text"),
        (_("Contract"), invoice.contract, "text"),
        (_("Project"), invoice.project, "text"),
        (_("Refers to"), ", ".join(invoice.preceding), "text"),
    ]
    return [fact for fact in found if fact[1]]


def _parties(invoice: Invoice) -> list[tuple[str, Party, str]]:
    parties = [(_("Seller"), invoice.seller), (_("Buyer"), invoice.buyer)]
    if invoice.payee:
        parties.append((_("Payee"), invoice.payee))
    return [(label, party, "\n".join(_address(party))) for label, party in parties]


def _address(party: Party) -> list[str]:
    address = party.address
    place = f"{address.postcode} {address.city}".strip()
    country = address.country if address.country != "DE" else ""
    return [line for line in (*address.lines, place, country) if line]


def _row(line: Line) -> Row:
    unit = str(UNITS.get(line.unit, line.unit))
    each = f" / {_plain(line.price_quantity)}" if line.price_quantity not in (None, 1) else ""
    return Row(
        line,
        f"{_plain(line.quantity)} {unit}".strip() if line.quantity is not None else "",
        f"{_plain(line.price, 2)}{each}" if line.price is not None else "",
        tax_words(line.tax_category, line.tax_rate),
    )


def _sums(invoice: Invoice) -> list[tuple[str, Decimal]]:
    totals = invoice.totals
    found = [
        (_("Lines"), totals.lines if totals.lines != totals.net else None),
        (_("Allowances"), -totals.allowances if totals.allowances else None),
        (_("Charges"), totals.charges or None),
        (_("Net"), totals.net),
        (_("VAT"), totals.tax),
        (_("Total"), totals.gross),
        (_("Prepaid"), -totals.prepaid if totals.prepaid else None),
        (_("Rounding"), totals.rounding or None),
        (_("To pay"), totals.payable if totals.payable != totals.gross else None),
    ]
    return [(label, value) for label, value in found if value is not None]


def _payment(payment: Payment) -> list[tuple[str, str]]:
    words = str(MEANS.get(payment.code, "")) or payment.means or payment.code
    found = [
        (_("How"), words),
        ("IBAN", _grouped(payment.iban)),
        ("BIC", payment.bic),
        (_("Account holder"), payment.holder),
        (_("Reference"), payment.reference),
        (_("Mandate"), payment.mandate),
        (_("Debited account"), _grouped(payment.debited_iban)),
        (_("Creditor ID"), payment.creditor),
        (_("Terms"), payment.terms),
    ]
    return [(label, value) for label, value in found if value]


def _skonto(days: int, percent: Decimal) -> str:
    return _("%(percent)s %% off if paid within %(days)s days") % {"percent": _plain(percent), "days": days}


def _grouped(iban: str) -> str:
    bare = iban.replace(" ", "")
    return " ".join(bare[at : at + 4] for at in range(0, len(bare), 4))


def _plain(value: Decimal | None, least: int = 0) -> str:
    """Write a number with the places it has, but so many at least."""
    if value is None:
        return ""
    places = max(least, -int(value.normalize().as_tuple().exponent))
    return formats.number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
