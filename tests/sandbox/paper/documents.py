"""Documents as the API shows them, made by the rules of behaviour.md and openapi.yaml, not by the code under test."""

import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from lexweb.sandbox.paper.seller import Buyer, Seller

SAMPLES = Path(__file__).parents[2] / "contract" / "samples"
LEITWEG_ID = "991-01234-44"
BUYER = Buyer(vat_id="ATU12345675", email="rechnung@alpenblick.example")
SELLER = Seller(
    name="Tischlerei Brandt GmbH & Co. KG",
    street="Ahornweg 12",
    zip="24103",
    city="Kiel",
    tax_number="20/290/12345",
    vat_id="DE136695976",
    email="buero@tischlerei-brandt.example",
    phone="+49 431 555018",
    iban="DE89 3704 0044 0532 0130 00",
    bic="COBADEFFXXX",
    bank_name="Commerzbank",
    user_name="Jens Brandt",
)


def sample(name: str) -> dict[str, Any]:
    """A response sample of the contract, such as ``invoices.get``."""
    found: dict[str, Any] = json.loads((SAMPLES / f"{name}.response.json").read_text())
    return found


def item(name: str, price: float, rate: float = 19, **more: Any) -> dict[str, Any]:
    """A custom line item; ``price`` is net or gross, as the document's tax type wants it."""
    return {"type": "custom", "name": name, "quantity": 1, "unitName": "Stück", "price": price, "rate": rate} | more


def invoice(*items: dict[str, Any], tax_type: str = "net", discount: float = 0, **more: Any) -> dict[str, Any]:
    """A finalized invoice with computed sums."""
    document = sample("invoices.get")
    del document["relatedVouchers"], document["shippingConditions"], document["taxAmounts"]
    gross = tax_type == "gross"
    lines = [_line(each, gross=gross) for each in items]
    amounts = _tax_amounts(lines, Decimal(str(discount)), gross=gross)
    net, tax = (sum((each[name] for each in amounts), Decimal(0)) for name in ("netAmount", "taxAmount"))
    total: dict[str, Any] = {"currency": "EUR", "totalNetAmount": net, "totalGrossAmount": net + tax}
    total["totalTaxAmount"] = tax
    if discount:
        total["totalDiscountPercentage"] = discount
    document |= {
        "lineItems": lines,
        "totalPrice": total,
        "taxAmounts": amounts,
        "taxConditions": {"taxType": tax_type},
        "shippingConditions": {"shippingType": "service", "shippingDate": "2026-03-30T00:00:00.000+02:00"},
        "xRechnung": {"buyerReference": LEITWEG_ID},
    }
    found: dict[str, Any] = json.loads(json.dumps(document | more, default=float))
    return found


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _line(given: dict[str, Any], *, gross: bool) -> dict[str, Any]:
    if given["type"] == "text":
        return given
    line = dict(given)
    price, rate = Decimal(str(line.pop("price"))), Decimal(str(line.pop("rate")))
    factor = 1 - Decimal(str(line.get("discountPercentage", 0))) / 100
    other = (price / (1 + rate / 100) if gross else price * (1 + rate / 100)).quantize(Decimal("0.0001"))
    net, with_tax = (other, price) if gross else (price, other)
    line["unitPrice"] = {"currency": "EUR", "netAmount": net, "grossAmount": with_tax, "taxRatePercentage": rate}
    line["lineItemAmount"] = _cents(price * Decimal(str(line["quantity"])) * factor)
    return line


def _tax_amounts(lines: list[dict[str, Any]], discount: Decimal, *, gross: bool) -> list[dict[str, Decimal]]:
    sums: dict[Decimal, Decimal] = {}
    for line in lines:
        if "unitPrice" in line:
            rate = line["unitPrice"]["taxRatePercentage"]
            sums[rate] = sums.get(rate, Decimal(0)) + line["lineItemAmount"]
    found = []
    for rate, total in sums.items():
        reduced = _cents(total * (1 - discount / 100))
        net = _cents(reduced / (1 + rate / 100)) if gross else reduced
        tax = reduced - net if gross else _cents(net * rate / 100)
        found.append({"taxRatePercentage": rate, "netAmount": net, "taxAmount": tax})
    return found
