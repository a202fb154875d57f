"""What a document's address has to be like, and when it has to be a contact (behaviour.md, chapter 8)."""

from collections.abc import Iterator

from lexweb.sandbox import countries
from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.findings import blank, missing, wrong
from lexweb.sandbox.sales import tax_rates
from lexweb.sandbox.sales.draft import PLACE, Draft
from lexweb.sandbox.web import Json


def findings(draft: Draft) -> Iterator[Detail]:
    """What is wrong with the address."""
    address = draft.body.get("address")
    if address is None:
        return
    yield from _contact(draft, address) if "contactId" in address else _one_time(draft, address)
    code = address.get("countryCode")
    if code is not None and code not in countries.codes():
        known = ", ".join(sorted(countries.codes()))
        yield wrong("address.countryCode", f"Ungültiger Ländercode. Gültig sind: {known}")
    yield from _x_rechnung(draft)


def _contact(draft: Draft, address: Json) -> Iterator[Detail]:
    if draft.contact is None:
        yield wrong("address.contactId", "Kontakt nicht gefunden")
    elif "customer" not in draft.contact["roles"]:
        yield wrong("address.contactId", "Kontakt hat nicht die Rolle Kunde")
    elif draft.stored_address is None and not any(name in address for name in PLACE):
        yield missing("address.countryCode")


def _one_time(draft: Draft, address: Json) -> Iterator[Detail]:
    yield from blank(address, "name", "address.name")
    yield from blank(address, "countryCode", "address.countryCode")
    if draft.tax_type in tax_rates.FOR_CONTACTS:
        yield missing("address.contactId")


def _x_rechnung(draft: Draft) -> Iterator[Detail]:
    if "xRechnung" in draft.body and not draft.x_rechnung_contact:
        yield wrong("xRechnung", "Der Kontakt erhält keine XRechnung")
    if draft.buyer_reference is None:
        return
    if draft.tax_type != "net":
        yield wrong("taxConditions.taxType", "XRechnungen sind nur mit Nettopreisen möglich")
    for name in ("zip", "city"):
        yield from blank(draft.address, name, f"address.{name}")
    items = draft.body.get("lineItems")
    if items and all(item.get("type") == "text" for item in items):
        yield wrong("lineItems", "Eine XRechnung braucht mindestens eine Position", "NOTEMPTY")
