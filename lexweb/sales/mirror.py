"""From the API's JSON to rows of recurring templates; other sales documents stand in the mirror of vouchers."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from lexweb.clients import mirroring
from lexweb.clients.mirroring import Payload, Row, Stored, Table
from lexweb.clients.models import Connection
from lexweb.sales.models import RecurringTemplate

LONG_AGO = "1970-01-01T00:00:00.000Z"  # of a template that does not say when it was changed


def store_page(connection: Connection, payloads: Iterable[Payload], *, asked_at: datetime) -> Stored:
    """Store the short forms of templates that Lexware Office has just shown; see `mirroring.store`."""
    return mirroring.store(LISTED, connection, payloads, asked_at=asked_at)


def store_detail(connection: Connection, payload: Payload, *, asked_at: datetime) -> Stored:
    """Store a whole template."""
    return mirroring.store(WHOLE, connection, [payload], asked_at=asked_at)


def forget(connection: Connection, lexware_id: UUID) -> bool:
    """Remove a template that Lexware Office no longer knows; say whether it was there."""
    return bool(RecurringTemplate.objects.filter(connection=connection, lexware_id=lexware_id).delete()[0])


def _whole(payload: Payload, _before: Row | None) -> Row:
    next_on = (payload.get("recurringTemplateSettings") or {}).get("nextExecutionDate")
    return {
        "updated_at": mirroring.moment(payload.get("updatedDate") or LONG_AGO),
        "title": (payload.get("title") or "")[:250],
        "contact_name": ((payload.get("address") or {}).get("name") or "")[:250],
        "next_on": date.fromisoformat(next_on) if next_on else None,
        "detailed": True,
        "raw": payload,
    }


def _listed(payload: Payload, before: Row | None) -> Row:
    """Return the columns of a short form; what only the whole template says stays, as long as it is the same one."""
    row = _whole(payload, before)
    if before and before["detailed"] and before["updated_at"] == row["updated_at"]:
        return row | {"raw": {**before["raw"], **_deeper(before["raw"], payload)}}
    return row | {"detailed": False}


def _deeper(whole: Payload, short: Payload) -> Payload:
    """Return the members of the short form without its parts that are short themselves: address, sums."""
    shortened = {"address", "totalPrice"}
    return {name: part for name, part in short.items() if name not in shortened or name not in whole}


LISTED = Table(RecurringTemplate, _listed, stamp="updated_at", before=("detailed", "raw"))
WHOLE = Table(RecurringTemplate, _whole, stamp="updated_at", form=2)
