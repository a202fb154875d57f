"""A sales document as the PDF its recipient reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from lexweb.sandbox import countries
from lexweb.sandbox.amounts import ZERO, day, decimal
from lexweb.sandbox.paper import items, marks, sums, taxes
from lexweb.sandbox.paper.german import day as written
from lexweb.sandbox.paper.letter import Letter
from lexweb.sandbox.paper.marks import Recognised, Tax
from lexweb.sandbox.paper.seller import Seller
from lexweb.sandbox.web import Json


@dataclass(frozen=True)
class Kind:
    """A kind of document: its usual title, and what its number and date are called."""

    title: str
    number: str
    date: str


KINDS = {
    "invoice": Kind("Rechnung", "Rechnungsnummer", "Rechnungsdatum"),
    "downpaymentinvoice": Kind("Abschlagsrechnung", "Rechnungsnummer", "Rechnungsdatum"),
    "creditnote": Kind("Rechnungskorrektur", "Belegnummer", "Datum"),
    "quotation": Kind("Angebot", "Angebotsnummer", "Angebotsdatum"),
    "orderconfirmation": Kind("Auftragsbestätigung", "Auftragsnummer", "Datum"),
    "deliverynote": Kind("Lieferschein", "Lieferscheinnummer", "Datum"),
    "dunning": Kind("Mahnung", "Mahnungsnummer", "Datum"),
}
SHIPPING = {
    "service": "Leistungsdatum",
    "serviceperiod": "Leistungszeitraum",
    "delivery": "Lieferdatum",
    "deliveryperiod": "Lieferzeitraum",
}


def render(kind: str, document: Json, seller: Seller) -> bytes:
    """
    The PDF of a document.

    :param kind: a key of ``KINDS``, the API's voucherType
    :raises KeyError: an unknown kind
    """
    return bytes(write(kind, document, seller).output())


def write(kind: str, document: Json, seller: Seller) -> Letter:
    """The same, still open for attachments."""
    words = KINDS[kind]
    title, number = document.get("title") or words.title, document.get("voucherNumber")
    heading = f"{title} {number}" if number else title
    letter = Letter(seller, heading, moment(document))
    letter.set_keywords(marks.marked(_recognised(document, seller)))
    letter.address(list(_recipient(document["address"])))
    letter.information([(words.number, number), (words.date, _day(document, "voucherDate")), *_facts(document, seller)])
    letter.begin(heading)
    letter.paragraph(document.get("introduction"), after=4)
    _table(letter, kind, document)
    for text in _closing(kind, document):
        letter.paragraph(text)
    return letter


def moment(document: Json) -> datetime:
    """When the document was made; its files carry this moment, not the clock's."""
    return datetime.fromisoformat(document.get("createdDate") or document["voucherDate"])


def _recipient(address: Json) -> Iterable[str]:
    yield address.get("name") or ""
    yield address.get("contactPerson") or ""
    yield address.get("supplement") or ""
    yield address.get("street") or ""
    yield f"{address.get('zip') or ''} {address.get('city') or ''}".strip()
    country = address.get("countryCode") or "DE"
    yield "" if country == "DE" else _countries().get(country, country)


@cache
def _countries() -> dict[str, str]:
    return {each["countryCode"]: each["countryNameDE"] for each in countries.every()}


def _day(document: Json, name: str) -> str | None:
    found = day(document.get(name))
    return written(found) if found else None


def _facts(document: Json, seller: Seller) -> Iterable[tuple[str, str | None]]:
    yield _shipping(document.get("shippingConditions") or {})
    yield "Fällig am", _day(document, "dueDate")
    yield "Gültig bis", _day(document, "expirationDate")
    yield "Ansprechpartner", seller.user_name
    yield "Ihr Zeichen", (document.get("xRechnung") or {}).get("buyerReference")


def _shipping(conditions: Json) -> tuple[str, str | None]:
    name = SHIPPING.get(conditions.get("shippingType", "none"), "")
    days = [_day(conditions, "shippingDate")]
    if name.endswith("zeitraum"):
        days.append(_day(conditions, "shippingEndDate"))
    return name, " – ".join(filter(None, days)) if name else None


def _table(letter: Letter, kind: str, document: Json) -> None:
    gross = document["taxConditions"]["taxType"] == "gross"
    rows = [item | {"gross": gross} for item in document["lineItems"]]
    prices = kind != "deliverynote"
    items.write(letter, rows, prices=prices, taxed=not taxes.untaxed(document))
    if prices:
        sums.write(letter, document)


def _closing(kind: str, document: Json) -> Iterable[str | None]:
    if kind != "deliverynote":
        yield taxes.sentence(document)
    terms = (document.get("paymentConditions") or {}).get("paymentTermLabel")
    yield terms and f"Zahlungsbedingungen: {terms}"
    delivery = document.get("deliveryTerms")
    yield delivery and f"Lieferbedingungen: {delivery}"
    yield document.get("remark")


def _recognised(document: Json, seller: Seller) -> Recognised:
    total = (document.get("totalPrice") or {}).get("totalGrossAmount")
    return Recognised(
        supplier=seller.name,
        number=document.get("voucherNumber"),
        date=day(document["voucherDate"]),
        due=day(document.get("dueDate")),
        gross=decimal(total) if total is not None else None,
        taxes=tuple(_tax(each) for each in document.get("taxAmounts") or []),
    )


def _tax(each: Json) -> Tax:
    return Tax(*(decimal(each.get(name, ZERO)) for name in ("taxRatePercentage", "netAmount", "taxAmount")))
