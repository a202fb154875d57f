"""
From an invoice or credit note of the API to a bill of EN 16931.

The bill keeps the document's sums per tax rate. Gross documents are turned into net ones item by item; cents that
get lost on the way are given to the largest items, so that the sums stay those on the paper.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from lexweb.sandbox.amounts import HUNDRED, ZERO, cents, day, decimal, settled
from lexweb.sandbox.paper import taxes, units
from lexweb.sandbox.paper.bill import Account, Bill, Contact, Line, Party, Tax
from lexweb.sandbox.paper.seller import NOBODY, Buyer, Seller
from lexweb.sandbox.web import Json

PRICE = Decimal("0.000001")
LEITWEG = "0204"
EMAIL = "EM"


def bill(document: Json, seller: Seller, *, credit: bool = False, buyer: Buyer = NOBODY) -> Bill:
    """The bill in an invoice, down payment invoice or (``credit``) credit note."""
    lines, sums = _settle(document, [_line(document, item) for item in _priced(document)])
    date = day(document["voucherDate"])
    if not date:
        raise ValueError("a document without voucherDate")
    reference = (document.get("xRechnung") or {}).get("buyerReference")
    return Bill(
        credit=credit,
        number=document.get("voucherNumber") or document["id"],
        date=date,
        due=None if credit else day(document.get("dueDate")),
        currency=document.get("totalPrice", {}).get("currency", "EUR"),
        reference=reference,
        notes=tuple(_notes(document)),
        seller=_seller(seller, outside="O" in {tax.category for tax in sums}),
        buyer=_buyer(document["address"], reference, buyer, outside="O" in {tax.category for tax in sums}),
        account=Account(seller.iban.replace(" ", ""), seller.bic, seller.name),
        terms=document.get("paymentConditions", {}).get("paymentTermLabel"),
        skonto=_skonto(document),
        preceding=tuple(_preceding(document)) if credit else (),
        lines=tuple(lines),
        taxes=tuple(sums),
        discount=decimal(document.get("totalPrice", {}).get("totalDiscountPercentage")),
        prepaid=sum((decimal(each.get("receivedGrossAmount")) for each in _deductions(document)), ZERO),
        **_delivery(document),
    )


def _priced(document: Json) -> list[Json]:
    return [item for item in document["lineItems"] if item["type"] != "text"]


def _line(document: Json, item: Json) -> Line:
    unit_price = item.get("unitPrice", {})
    rate = decimal(unit_price.get("taxRatePercentage"))
    quantity, percent = decimal(item.get("quantity", 1)), decimal(item.get("discountPercentage"))
    if _is_gross(document):
        price = (decimal(unit_price.get("grossAmount")) / (1 + rate / HUNDRED)).quantize(PRICE)
    else:
        price = decimal(unit_price.get("netAmount"))
    if price < 0:  # EN 16931 has no negative prices (BR-27)
        price, quantity = -price, -quantity
    net = _line_net(document, item, rate, price * quantity * (1 - percent / HUNDRED))
    return Line(
        name=item.get("name") or "Position",
        description=item.get("description") or "",
        quantity=quantity,
        unit=units.code(item.get("unitName")),
        price=price,
        percent=percent,
        allowance=cents(price * quantity) - net if percent else ZERO,
        net=net,
        category=taxes.category(document, rate),
        rate=rate,
    )


def _line_net(document: Json, item: Json, rate: Decimal, computed: Decimal) -> Decimal:
    if item.get("lineItemAmount") is None:
        return cents(computed)
    amount = decimal(item["lineItemAmount"])
    return cents(amount / (1 + rate / HUNDRED) if _is_gross(document) else amount)


def _settle(document: Json, lines: list[Line]) -> tuple[list[Line], list[Tax]]:
    """Lines and sums per tax that agree with each other and, where that is possible, with the document's sums."""
    stated = {decimal(each["taxRatePercentage"]): each for each in document.get("taxAmounts") or []}
    discounted = any(document.get("totalPrice", {}).get(f"totalDiscount{kind}") for kind in ("Absolute", "Percentage"))
    groups: dict[tuple[str, Decimal], list[Line]] = {}
    for line in lines:
        groups.setdefault(_tax_of(line), []).append(line)
    found, sums = {}, []
    for (category, rate), group in sorted(groups.items()):
        settled_lines, tax = _settle_rate(group, stated.get(rate), discounted=discounted)
        reason, code = taxes.exemption(document, category)
        found[category, rate] = iter(settled_lines)
        sums.append(replace(tax, reason=reason, code=code))
    return [next(found[_tax_of(line)]) for line in lines], sums


def _tax_of(line: Line) -> tuple[str, Decimal]:
    return line.category, line.rate


def _settle_rate(lines: list[Line], stated: Json | None, *, discounted: bool) -> tuple[list[Line], Tax]:
    category, rate = _tax_of(lines[0])
    total = sum((line.net for line in lines), ZERO)
    own = Tax(category, rate, total, cents(total * rate / HUNDRED))
    if stated is None:
        return lines, own
    basis, amount = cents(decimal(stated["netAmount"])), cents(decimal(stated["taxAmount"]))
    if discounted and basis < total:
        return lines, Tax(category, rate, basis, amount, allowance=total - basis)
    nets = settled([line.net for line in lines], basis)
    if nets is None:  # the document contradicts itself: an e-invoice must not
        return lines, own
    return [_with_net(line, net) for line, net in zip(lines, nets, strict=True)], Tax(category, rate, basis, amount)


def _with_net(line: Line, net: Decimal) -> Line:
    allowance = line.allowance + line.net - net if line.percent else line.allowance
    return replace(line, net=net, allowance=allowance)


def _seller(seller: Seller, *, outside: bool) -> Party:
    """
    The selling party.

    A bill not subject to tax must not show a VAT id (BR-O-02); without one, the tax number identifies (BR-CO-26).
    """
    vat_id = None if outside else seller.vat_id
    return Party(
        name=seller.name,
        street=seller.street,
        zip=seller.zip,
        city=seller.city,
        country="DE",
        identifier=None if vat_id else seller.tax_number,
        vat_id=vat_id,
        tax_number=seller.tax_number or None,
        endpoint=(seller.email, EMAIL),
        contact=Contact(seller.user_name, seller.phone, seller.email),
    )


def _buyer(address: Json, reference: str | None, buyer: Buyer, *, outside: bool) -> Party:
    return Party(
        name=address.get("name") or "",
        street=address.get("street") or "",
        zip=address.get("zip") or "",
        city=address.get("city") or "",
        country=(address.get("countryCode") or "DE")[:2],  # tax regions such as ES_CN are no countries
        supplement=address.get("supplement") or "",
        vat_id=None if outside else buyer.vat_id,
        endpoint=_endpoint(reference, buyer.email),
        contact=Contact(address["contactPerson"], "", "") if address.get("contactPerson") else None,
    )


def _endpoint(reference: str | None, email: str | None) -> tuple[str, str] | None:
    if reference and (not email or re.fullmatch(r"\d{2,12}(-[A-Za-z0-9]{1,30})?-\d{2}", reference)):
        return reference, LEITWEG
    return (email, EMAIL) if email else None


def _notes(document: Json) -> Iterable[str]:
    yield from filter(None, (document.get("introduction"),))
    for item in document["lineItems"]:
        if item["type"] == "text":
            yield ": ".join(filter(None, (item.get("name"), item.get("description"))))
    if document["taxConditions"]["taxType"] == "photovoltaicEquipment":
        yield taxes.sentence(document) or ""
    yield from filter(None, (document.get("remark"),))


def _skonto(document: Json) -> tuple[int, Decimal] | None:
    conditions = document.get("paymentConditions", {}).get("paymentDiscountConditions")
    if not conditions or not conditions.get("discountPercentage"):
        return None
    return int(conditions["discountRange"]), decimal(conditions["discountPercentage"])


def _delivery(document: Json) -> Json:
    conditions = document.get("shippingConditions") or {}
    start, end = day(conditions.get("shippingDate")), day(conditions.get("shippingEndDate"))
    if conditions.get("shippingType", "none") == "none" or not start:
        return {"delivered": None, "period": None}
    if conditions["shippingType"].endswith("period"):
        return {"delivered": None, "period": (start, end or start)}
    return {"delivered": start, "period": None}


def _preceding(document: Json) -> Iterable[str]:
    for each in document.get("relatedVouchers") or []:
        if each["voucherType"] in ("invoice", "downpaymentinvoice") and each.get("voucherNumber"):
            yield each["voucherNumber"]


def _deductions(document: Json) -> list[Json]:
    return document.get("downPaymentDeductions") or []


def _is_gross(document: Json) -> bool:
    return bool(document["taxConditions"]["taxType"] == "gross")
