"""Who wants to hear of what (behaviour.md, chapter 15)."""

import uuid
from collections.abc import Iterable
from urllib.parse import urlsplit

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.shelf import Record

KIND = "event-subscriptions"
REVOKED = "token.revoked"
_RESOURCES = (
    "article",
    "contact",
    "credit-note",
    "delivery-note",
    "down-payment-invoice",
    "dunning",
    "invoice",
    "order-confirmation",
    "quotation",
    "recurring-template",
    "voucher",
)
_WITH_STATUS = (
    "credit-note",
    "delivery-note",
    "down-payment-invoice",
    "invoice",
    "order-confirmation",
    "quotation",
    "voucher",
)
EVENT_TYPES = frozenset(
    [f"{resource}.{event}" for resource in _RESOURCES for event in ("created", "changed", "deleted")]
    + [f"{resource}.status.changed" for resource in _WITH_STATUS]
    + ["payment.changed", REVOKED]
)
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def acceptable(url: str, *, plain: bool) -> bool:
    """
    May events go to this address? It has to be HTTPS.

    :param plain: whether http will do for this machine, which demos and tests need (our choice)
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return False
    if not host or not url.isascii() or any(character.isspace() for character in url):
        return False
    return parts.scheme == "https" or (plain and parts.scheme == "http" and host in THIS_MACHINE)


def of_connection(organization: Organization, connection_id: str) -> list[Record]:
    """The subscriptions made with one API key or grant, oldest first."""
    return [each for each in organization.shelf(KIND) if each.hidden["connectionId"] == connection_id]


def matching(organization: Organization, event_type: str) -> list[Record]:
    """Who is told of an event: every connection of the organization that subscribed to it."""
    return [each for each in organization.shelf(KIND) if each.document["eventType"] == event_type]


def add(organization: Organization, connection_id: str, event_type: str, url: str, *, now: str) -> Record:
    """Subscribe."""
    document = {
        "id": str(uuid.uuid4()),
        "organizationId": organization.id,
        "createdDate": now,
        "eventType": event_type,
        "callbackUrl": url,
    }
    return organization.shelf(KIND).put(Record(document, {"connectionId": connection_id}))


def remove(organization: Organization, records: Iterable[Record]) -> None:
    """Unsubscribe."""
    for record in records:
        organization.shelf(KIND).remove(record.id)
