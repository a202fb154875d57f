"""From the API's JSON to rows; storing the same twice changes nothing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from lexweb.clients.models import Connection
from lexweb.contacts.models import Contact, Country
from lexweb.contacts.search import fold, haystack

Payload = dict[str, Any]
COLUMNS = [
    "version", "archived", "is_company", "is_customer", "is_vendor", "customer_number", "vendor_number", "number",
    "name", "listed_as", "sort_name", "email", "city", "sort_city", "search", "seen_at", "raw",
]  # fmt: skip


def store(connection: Connection, payload: Payload, *, seen_at: datetime) -> Contact:
    """Store one contact and return its row."""
    store_page(connection, [payload], seen_at=seen_at)
    return Contact.objects.select_related("connection__client").get(connection=connection, lexware_id=payload["id"])


def store_page(connection: Connection, payloads: Iterable[Payload], *, seen_at: datetime) -> None:
    """
    Store contacts that Lexware Office has just shown.

    A page may arrive after a newer version was stored, by a person's save for example: the newer one stays.
    """
    rows = {row.lexware_id: row for row in (to_row(connection, payload, seen_at=seen_at) for payload in payloads)}
    with transaction.atomic():
        mine = Contact.objects.filter(connection=connection, lexware_id__in=rows)
        known = dict(mine.select_for_update().values_list("lexware_id", "version"))
        newer = [pk for pk, version in known.items() if version > rows[pk].version]
        if newer:
            mine.filter(lexware_id__in=newer).update(seen_at=seen_at)
        Contact.objects.bulk_create(
            [row for pk, row in rows.items() if pk not in newer],
            update_conflicts=True,
            unique_fields=["connection", "lexware_id"],
            update_fields=COLUMNS,
        )


def to_row(connection: Connection, payload: Payload, *, seen_at: datetime) -> Contact:
    """Return the row of a contact, not yet stored."""
    roles = payload.get("roles") or {}
    numbers = [(roles.get(role) or {}).get("number") for role in ("customer", "vendor")]
    name = display_name(payload)
    emails, cities = list(_emails(payload)), list(_cities(payload))
    return Contact(
        connection=connection,
        lexware_id=UUID(str(payload["id"])),
        version=payload["version"],
        archived=bool(payload.get("archived")),
        is_company="company" in payload,
        is_customer="customer" in roles,
        is_vendor="vendor" in roles,
        customer_number=numbers[0],
        vendor_number=numbers[1],
        number=numbers[0] or numbers[1],
        name=name[:250],
        listed_as=listed_name(payload)[:250],
        sort_name=fold(listed_name(payload))[:100],
        email=(emails[0] if emails else "")[:100],
        city=(cities[0] if cities else "")[:60],
        sort_city=fold(cities[0] if cities else "")[:60],
        search=haystack(*numbers, name[:120], *emails, *cities, length=300),
        seen_at=seen_at,
        raw=payload,
    )


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


def store_countries(payloads: Iterable[Payload]) -> None:
    """Store the list of countries."""
    rows = [
        Country(
            code=p["countryCode"],
            name_de=p["countryNameDE"],
            name_en=p["countryNameEN"],
            tax_class=p["taxClassification"],
        )
        for p in payloads
    ]
    Country.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["name_de", "name_en", "tax_class"]
    )


def _emails(payload: Payload) -> Iterable[str]:
    for addresses in (payload.get("emailAddresses") or {}).values():
        yield from addresses or ()
    for person in (payload.get("company") or {}).get("contactPersons") or ():
        if person.get("emailAddress"):
            yield person["emailAddress"]


def _cities(payload: Payload) -> Iterable[str]:
    for addresses in (payload.get("addresses") or {}).values():
        yield from (address["city"] for address in addresses or () if address.get("city"))
