"""From the API's JSON to rows; storing the same twice changes nothing."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from lexweb.clients import mirroring
from lexweb.clients.mirroring import Foreign, Payload, Row, Stored, Table, storable
from lexweb.clients.models import Connection
from lexweb.contacts.models import Contact, Country
from lexweb.contacts.search import fold, haystack

__all__ = ["Foreign", "display_name", "forget", "listed_name", "storable", "store", "store_countries", "store_page"]


def store(connection: Connection, payload: Payload, *, asked_at: datetime) -> Contact:
    """
    Store one contact and return its row.

    :raises Foreign: it is another organization's; nothing was stored
    """
    store_page(connection, [payload], asked_at=asked_at)
    found = _mine(connection, payload["id"]).select_related("connection__client").first()
    if found is None:
        raise Foreign
    return found


def store_page(connection: Connection, payloads: Iterable[Payload], *, asked_at: datetime) -> Stored:
    """Store contacts that Lexware Office has just shown; see `mirroring.store`."""
    return mirroring.store(TABLE, connection, payloads, asked_at=asked_at)


def forget(connection: Connection, lexware_id: UUID) -> bool:
    """Remove a contact that Lexware Office no longer knows; say whether it was there."""
    return bool(_mine(connection, lexware_id).delete()[0])


def to_row(payload: Payload, _before: Row | None) -> Row:
    """Return the columns of a contact."""
    roles = payload.get("roles") or {}
    numbers = [(roles.get(role) or {}).get("number") for role in ("customer", "vendor")]
    name, listed_as = display_name(payload), listed_name(payload)
    emails, cities = list(_emails(payload)), list(_cities(payload))
    return {
        "version": payload["version"],
        "archived": bool(payload.get("archived")),
        "is_company": "company" in payload,
        "is_customer": "customer" in roles,
        "is_vendor": "vendor" in roles,
        "customer_number": numbers[0],
        "vendor_number": numbers[1],
        "number": numbers[0] or numbers[1],
        "name": name[:250],
        "listed_as": listed_as[:250],
        "sort_name": fold(listed_as)[:100],
        "email": (emails[0] if emails else "")[:100],
        "city": (cities[0] if cities else "")[:60],
        "sort_city": fold(cities[0] if cities else "")[:60],
        "search": haystack(*numbers, name[:120], *emails, *cities, length=300),
        "raw": payload,
    }


TABLE = Table(Contact, to_row, stamp="version")


def display_name(payload: Payload) -> str:
    """Return the company's name, or first and last name."""
    if "company" in payload:
        return str(payload["company"].get("name", ""))
    person = payload.get("person") or {}
    return f"{person.get('firstName') or ''} {person.get('lastName') or ''}".strip()


def listed_name(payload: Payload) -> str:
    """Return the name as lists show it: persons stand under their last name, as in a file."""
    person = payload.get("person") or {}
    if "company" in payload or not person.get("lastName"):
        return display_name(payload)
    return ", ".join(part for part in (person["lastName"], person.get("firstName")) if part)


def store_countries(payloads: Iterable[Payload]) -> Stored:
    """Store the list of countries."""
    rows = [
        Country(
            code=p["countryCode"],
            name_de=p["countryNameDE"],
            name_en=p["countryNameEN"],
            tax_class=p["taxClassification"],
        )
        for p in map(storable, payloads)
    ]
    Country.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["name_de", "name_en", "tax_class"]
    )
    return Stored(len(rows))


def _mine(connection: Connection, lexware_id: UUID | str) -> QuerySet[Contact]:
    return Contact.objects.filter(connection=connection, lexware_id=lexware_id)


def _emails(payload: Payload) -> Iterable[str]:
    for addresses in (payload.get("emailAddresses") or {}).values():
        yield from addresses or ()
    for person in (payload.get("company") or {}).get("contactPersons") or ():
        if person.get("emailAddress"):
            yield person["emailAddress"]


def _cities(payload: Payload) -> Iterable[str]:
    for addresses in (payload.get("addresses") or {}).values():
        yield from (address["city"] for address in addresses or () if address.get("city"))
