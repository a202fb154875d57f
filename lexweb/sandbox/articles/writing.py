"""Creating and replacing articles."""

import uuid

from lexweb.sandbox.amounts import decimal
from lexweb.sandbox.articles.rules import TEXTS
from lexweb.sandbox.sales.sums import other_price
from lexweb.sandbox.shelf import Record, Shelf
from lexweb.sandbox.web import Json


def create(shelf: Shelf, draft: Json, *, organization_id: str, now: str) -> Record:
    """Add an article; new ones start at version 0."""
    head = {"id": str(uuid.uuid4()), "organizationId": organization_id, "createdDate": now, "updatedDate": now}
    return shelf.put(Record({**head, "archived": False, **_stored(draft), "version": 0}))


def replace(shelf: Shelf, record: Record, draft: Json, *, now: str) -> Record:
    """Replace an article: what the draft does not say is null afterwards."""
    return shelf.put(record.changed(_stored(draft), now))


def _stored(draft: Json) -> Json:
    """All members, the empty ones as null; the price that does not lead is computed, whatever was sent."""
    price = draft["price"]
    gross = price["leadingPrice"] == "GROSS"
    given, other = ("grossPrice", "netPrice") if gross else ("netPrice", "grossPrice")
    computed = other_price(decimal(price[given]), decimal(price["taxRate"]), gross)
    return {name: draft.get(name) for name in TEXTS} | {"price": price | {other: float(computed)}}
