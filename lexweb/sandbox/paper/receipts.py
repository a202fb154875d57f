"""What suppliers send: invoices as PDF, photographed till receipts, e-invoices. Made up, but never random."""

import datetime
import hashlib
import re
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lexweb.sandbox.amounts import HUNDRED, ZERO, cents
from lexweb.sandbox.paper import billing, marks, sales_pdf, till
from lexweb.sandbox.paper.bill import Bill
from lexweb.sandbox.paper.german import latin
from lexweb.sandbox.paper.marks import Recognised, Tax
from lexweb.sandbox.paper.seller import Seller
from lexweb.sandbox.paper.xrechnung import render, render_cii
from lexweb.sandbox.web import Json

NAMESPACE = uuid.UUID("0b6f4c0e-3a51-5c0e-8f5d-52a2f0b7f6a1")
SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
BANKS = (
    ("10010010", "PBNKDEFFXXX", "Postbank"),
    ("43060967", "GENODEM1GLS", "GLS Bank"),
    ("12030000", "BYLADEM1001", "DKB"),
    ("50010517", "INGDDEFFXXX", "ING"),
)


@dataclass(frozen=True)
class Line:
    """One thing that was bought; ``price`` is net for one unit, ``rate`` the tax in percent."""

    text: str
    quantity: Decimal
    unit: str
    price: Decimal
    rate: Decimal


@dataclass(frozen=True)
class Receipt:
    """A purchase. ``seed`` decides what the receipt needs but nobody asked for: bank account, phone, crumpling."""

    supplier: str
    street: str
    zip: str
    city: str
    vat_id: str | None
    buyer: str
    buyer_street: str
    buyer_zip: str
    buyer_city: str
    number: str
    date: datetime.date
    lines: tuple[Line, ...]
    due: datetime.date | None = None
    currency: str = "EUR"
    seed: int = 0


def pdf(receipt: Receipt) -> bytes:
    """The supplier's invoice as PDF."""
    return sales_pdf.render("invoice", document(receipt), seller(receipt))


def jpeg(receipt: Receipt) -> bytes:
    """A photo of the till receipt."""
    return till.jpeg(bill(receipt), receipt.seed, marks.marked(recognised(receipt)))


def png(receipt: Receipt) -> bytes:
    """A scan of the till receipt."""
    return till.png(bill(receipt), receipt.seed, marks.marked(recognised(receipt)))


def xrechnung_file(receipt: Receipt, syntax: Literal["ubl", "cii"] = "ubl") -> bytes:
    """The supplier's invoice as XRechnung."""
    write = render if syntax == "ubl" else render_cii
    return write(document(receipt), seller(receipt))


def recognised(receipt: Receipt) -> Recognised:
    """What text recognition is to find in any of the files."""
    found = bill(receipt)
    taxes = tuple(Tax(tax.rate, tax.basis, tax.amount) for tax in found.taxes)
    return Recognised(receipt.supplier, receipt.number, receipt.date, receipt.due, found.gross, taxes)


def bill(receipt: Receipt) -> Bill:
    """The receipt with its sums."""
    return billing.bill(document(receipt), seller(receipt))


def seller(receipt: Receipt) -> Seller:
    """The supplier, with an account, a phone number and a mailbox that nobody has."""
    digits = f"{int.from_bytes(hashlib.sha256(f'{receipt.supplier}{receipt.seed}'.encode()).digest()[:8]):020d}"
    bank_code, bic, bank = BANKS[int(digits[-3:]) % len(BANKS)]
    return Seller(
        name=receipt.supplier,
        street=receipt.street,
        zip=receipt.zip,
        city=receipt.city,
        tax_number=f"{digits[-5:-3]}/{digits[-8:-5]}/{digits[-13:-8]}",
        vat_id=receipt.vat_id,
        email=f"rechnung@{_domain(receipt.supplier)}.example",
        phone=f"+49 30 23125 {digits[-6:-3]}",  # a range the network agency keeps for fiction
        iban=_iban(bank_code + digits[-10:]),
        bic=bic,
        bank_name=bank,
        user_name="Kundenbetreuung",
    )


def document(receipt: Receipt) -> Json:
    """The receipt as an invoice of the API, but with amounts as Decimal."""
    day = f"{receipt.date}T00:00:00.000+01:00"
    items = [_item(line) for line in receipt.lines]
    sums = _sums(receipt)
    net, tax = (sum((each[name] for each in sums), ZERO) for name in ("netAmount", "taxAmount"))
    return {
        "id": str(uuid.uuid5(NAMESPACE, f"{receipt.supplier}/{receipt.number}")),
        "createdDate": day,
        "voucherDate": day,
        "voucherNumber": receipt.number,
        "dueDate": receipt.due and f"{receipt.due}T00:00:00.000+01:00",
        "address": {
            "name": receipt.buyer,
            "street": receipt.buyer_street,
            "zip": receipt.buyer_zip,
            "city": receipt.buyer_city,
            "countryCode": "DE",
        },
        "lineItems": items,
        "totalPrice": {
            "currency": receipt.currency,
            "totalNetAmount": net,
            "totalGrossAmount": net + tax,
            "totalTaxAmount": tax,
        },
        "taxAmounts": sums,
        "taxConditions": {"taxType": "net"},
        "paymentConditions": {"paymentTermLabel": _terms(receipt)},
        "shippingConditions": {"shippingType": "delivery", "shippingDate": day},
        "xRechnung": {"buyerReference": f"K-{10_000 + receipt.seed % 90_000}"},
        "introduction": "Wir danken für Ihren Auftrag und berechnen:",
    }


def _terms(receipt: Receipt) -> str:
    if not receipt.due:
        return "Bereits bezahlt."
    return f"Zahlbar bis {receipt.due:%d.%m.%Y} ohne Abzug."


def _item(line: Line) -> Json:
    return {
        "type": "custom",
        "name": line.text,
        "quantity": line.quantity,
        "unitName": line.unit,
        "unitPrice": {"currency": "EUR", "netAmount": line.price, "taxRatePercentage": line.rate},
        "lineItemAmount": cents(line.price * line.quantity),
    }


def _sums(receipt: Receipt) -> list[Json]:
    nets: dict[Decimal, Decimal] = {}
    for line in receipt.lines:
        nets[line.rate] = nets.get(line.rate, ZERO) + cents(line.price * line.quantity)
    return [
        {"taxRatePercentage": rate, "netAmount": net, "taxAmount": cents(net * rate / HUNDRED)}
        for rate, net in sorted(nets.items())
    ]


def _domain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", latin(name.lower()).translate(SPELLED)).strip("-")[:40].rstrip("-") or "lieferant"


def _iban(account: str) -> str:
    return f"DE{98 - int(account + '131400') % 97:02d}{account}"
