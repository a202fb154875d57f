"""From the API's JSON to rows; storing the same twice changes nothing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from lexweb.clients.models import Connection
from lexweb.contacts.models import Contact, Country
from lexweb.contacts.search import fold, haystack

log = structlog.get_logger(__name__)

Payload = dict[str, Any]
COLUMNS = [
    "version", "archived", "is_company", "is_customer", "is_vendor", "customer_number", "vendor_number", "number",
    "name", "listed_as", "sort_name", "email", "city", "sort_city", "search", "seen_at", "raw",
]  # fmt: skip


class Foreign(Exception):
    """The contact belongs to another organization than the connection."""


def store(connection: Connection, payload: Payload, *, seen_at: datetime) -> Contact:
    """
    Store one contact and return its row.

    :raises Foreign: it is another organization's; nothing was stored
    """
    store_page(connection, [payload], seen_at=seen_at)
    mine = Contact.objects.select_related("connection__client").filter(connection=connection)
    found = mine.filter(lexware_id=payload["id"]).first()
    if found is None:
        raise Foreign
    return found


def store_page(connection: Connection, payloads: Iterable[Payload], *, seen_at: datetime) -> None:
    """
    Store contacts that Lexware Office has just shown.

    A page may arrive after a newer version was stored, by a person's save for example: the newer one stays. It may
    also arrive after the connection was given to another organization: then it is skipped.
    """
    with transaction.atomic():
        own = _own(connection, [storable(payload) for payload in payloads])
        rows = {row.lexware_id: row for row in (to_row(connection, payload, seen_at=seen_at) for payload in own)}
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


def storable(node: Any) -> Any:
    """Return the JSON without NUL characters: PostgreSQL takes them neither in texts nor in JSON."""
    if isinstance(node, str):
        return node.replace("\0", "")
    if isinstance(node, list):
        return [storable(part) for part in node]
    if isinstance(node, dict):
        return {storable(name): storable(part) for name, part in node.items()}
    return node


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
        for p in map(storable, payloads)
    ]
    Country.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["name_de", "name_en", "tax_class"]
    )


def _own(connection: Connection, payloads: list[Payload]) -> list[Payload]:
    """Return what belongs to the connection's organization, which stays what it is until the transaction ends."""
    row = Connection.objects.select_for_update().filter(pk=connection.pk)
    organization = str(row.values_list("organization_id", flat=True).first())
    own = [p for p in payloads if str(p.get("organizationId") or organization).lower() == organization]
    if len(own) < len(payloads):
        log.warning("mirror.foreign_skipped", connection=connection.pk, count=len(payloads) - len(own))
    return own


def _emails(payload: Payload) -> Iterable[str]:
    for addresses in (payload.get("emailAddresses") or {}).values():
        yield from addresses or ()
    for person in (payload.get("company") or {}).get("contactPersons") or ():
        if person.get("emailAddress"):
            yield person["emailAddress"]


def _cities(payload: Payload) -> Iterable[str]:
    for addresses in (payload.get("addresses") or {}).values():
        yield from (address["city"] for address in addresses or () if address.get("city"))
