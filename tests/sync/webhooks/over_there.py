"""What Lexware Office holds, by the first part of the event types; and how its own people change it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from lexweb.articles.models import Article
from lexweb.contacts.models import Contact
from lexweb.lexware.api.event_subscriptions import EVENT_TYPES
from lexweb.sales.models import RecurringTemplate
from lexweb.sandbox.contacts import writing
from lexweb.sync.event_effects import resource_of
from lexweb.vouchers.models import Detail, Voucher
from tests.sync.webhooks.told import Told

RESOURCES = [name for name in dict.fromkeys(map(resource_of, EVENT_TYPES)) if name not in {"payment", "token"}]
SHELVES = {name: f"{name}s" for name in RESOURCES}
TEXTS = {
    "article": "note",
    "voucher": "remark",
    "recurring-template": "title",
}  # members anybody may change; others: "remark"
MODELS: dict[str, Any] = {"contact": Contact, "article": Article, "recurring-template": RecurringTemplate}


def some_record(told: Told, resource: str) -> str:
    """The id of a record that is there."""
    if resource == "contact":
        return str(told.organization.contacts.ordered()[0].contact["id"])
    shelf = told.organization.shelf(SHELVES[resource])
    if not len(shelf):  # the joinery has no templates
        others = told.sandbox.state.organizations.values()
        found = next(each for other in others for each in other.shelf(SHELVES[resource]))
        shelf.put(replace(found, document=found.document | {"organizationId": told.organization.id}))
    return next(iter(shelf)).id


def change(told: Told, resource: str, record: str, text: str) -> None:
    """Write something else into a record."""
    with told.sandbox.state.lock:
        now, organization = told.sandbox.state.clock.stamp(), told.organization
        if resource == "contact":
            found = organization.contacts.get(record)
            assert found is not None
            writing.edit(organization.contacts, found, {"note": text}, now=now)
        else:
            shelf = organization.shelf(SHELVES[resource])
            kept = shelf.get(record)
            assert kept is not None
            shelf.put(kept.changed({TEXTS.get(resource, "remark"): text}, now))


def remove(told: Told, resource: str, record: str) -> None:
    """Delete a record."""
    with told.sandbox.state.lock:
        if resource == "contact":
            book = told.organization.contacts
            kept = book.dumped()
            book.load(kept | {"records": [each for each in kept["records"] if each[0]["id"] != record]})
        else:
            told.organization.shelf(SHELVES[resource]).remove(record)


def mirrored(told: Told, resource: str, record: str) -> dict[str, Any] | None:
    """What the mirror holds of a record."""
    if resource in MODELS:
        rows = MODELS[resource].objects.filter(connection=told.connection, lexware_id=record)
    else:
        rows = Detail.objects.filter(voucher__connection=told.connection, voucher__lexware_id=record)
    found: dict[str, Any] | None = rows.values_list("raw", flat=True).first()
    return found


def voucher(told: Told, record: str | UUID) -> Voucher:
    """The row of a document."""
    return Voucher.objects.get(connection=told.connection, lexware_id=record)
