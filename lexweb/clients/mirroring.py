"""
From the API's JSON to rows, the same way for all tables of the mirror; storing the same twice changes nothing.

A page of 250 records is stored with four statements. Django's `bulk_create` would do, but takes three times as long
as decoding the page, most of it to prepare values that the database takes as they are.
"""

import functools
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

import structlog
from django.db import connection as database
from django.db import models, transaction
from django.utils import timezone

from lexweb.clients.mirrored import Compact
from lexweb.clients.models import Connection
from lexweb.lexware import days

log = structlog.get_logger(__name__)

Payload = dict[str, Any]
Row = dict[str, Any]  # by the names of columns
Known = dict[str, tuple[int, int]]  # primary key and digest, by the digits of the id

NUL = r"\u0000"  # as JSON writes it
KEPT = ("connection_id", "lexware_id", "first_seen_at")  # never change


class Foreign(Exception):
    """The record belongs to another organization than the connection."""


@dataclass(frozen=True)
class Stored:
    """What became of the records of an answer: how many were ours, and of these new, or other than before."""

    rows: int = 0
    new: int = 0
    changed: int = 0

    def __add__(self, other: Self) -> "Stored":
        return Stored(self.rows + other.rows, self.new + other.new, self.changed + other.changed)


@dataclass(frozen=True)
class Table:
    """
    How records become rows of one model, which has the columns of `mirrored.Mirrored`.

    :param row: makes the columns of its own from a record, and from what stands there already (None: nothing does)
    :param stamp: the column that only grows over there: version, or the moment of the last change
    :param before: what `row` wants to know of what stands there
    :param form: to be raised when `row` makes something else of the same record: then all are stored anew
    """

    model: type[models.Model]
    row: Callable[[Payload, Row | None], Row]
    stamp: str
    before: tuple[str, ...] = ()
    form: int = 1


def store(table: Table, connection: Connection, payloads: Iterable[Payload], *, asked_at: datetime) -> Stored:
    """
    Store records that Lexware Office has shown.

    They may arrive late: what has a lower stamp than the stored row, or the same and was asked for earlier, does not
    replace it. They may also arrive after the connection was given to another organization: then they are skipped.

    :param asked_at: the moment before the request went out
    """
    with transaction.atomic():
        shown = {_key(payload["id"]): payload for payload in own(connection, list(payloads))}
        known = _known(table.model, connection, list(shown))
        rows = _rows(table, shown, known, asked_at)
        _upsert(table.model, connection, list(rows.values()), asked_at=asked_at)
        _touch(table.model, [pk for key, (pk, _) in known.items() if key not in rows], asked_at)
    new = sum(key not in known for key in rows)
    return Stored(len(shown), new, len(rows) - new)


def _rows(table: Table, shown: dict[str, Payload], known: Known, asked_at: datetime) -> dict[str, Row]:
    """Return what has to be written: what is new, or other than before, and not older than what stands there."""
    texts = {key: json.dumps(payload, sort_keys=True) for key, payload in shown.items()}
    digests = {key: _digest(text, table.form) for key, text in texts.items()}
    others = [key for key in shown if key not in known or known[key][1] != digests[key]]
    before = _before(table, [known[key][0] for key in others if key in known])
    rows = {}
    for key in others:
        stands = before.get(known[key][0]) if key in known else None
        row = table.row(storable(shown[key]) if NUL in texts[key] else shown[key], stands)
        if stands is None or (row[table.stamp], asked_at) >= (stands[table.stamp], stands["seen_at"]):
            rows[key] = row | {"lexware_id": UUID(key), "digest": digests[key]}
    return rows


def own(connection: Connection, payloads: list[Payload]) -> list[Payload]:
    """
    Return what belongs to the connection's organization, which stays what it is until the transaction ends.

    What does not say whose it is belongs to the organization that the connection had when it was asked.
    """
    organization = str(lock(connection)).lower()
    asked = str(connection.organization_id).lower()
    ours = [payload for payload in payloads if str(payload.get("organizationId") or asked).lower() == organization]
    if len(ours) < len(payloads):
        log.warning("mirror.foreign_skipped", connection=connection.pk, count=len(payloads) - len(ours))
    return ours


def lock(connection: Connection) -> UUID | None:
    """
    Let nobody else store for this connection until the transaction ends; return its organization.

    Without touching its key, so that events that name it can come in meanwhile.
    """
    row = Connection.objects.select_for_update(no_key=True).filter(pk=connection.pk)
    return row.values_list("organization_id", flat=True).first()


def store_profile(connection: Connection, payload: Payload) -> Stored:
    """Store the profile of the organization."""
    with transaction.atomic():
        for profile in own(connection, [storable(payload)]):
            changed = connection.profile != profile
            connection.profile = profile
            connection.company_name = str(profile.get("companyName") or connection.company_name)[:200]
            connection.save(update_fields=["profile", "company_name"])
            return Stored(rows=1, changed=int(changed))
    return Stored()


def storable(node: Any) -> Any:
    """Return the JSON without NUL characters: PostgreSQL takes them neither in texts nor in JSON."""
    if isinstance(node, str):
        return node.replace("\0", "")
    if isinstance(node, list):
        return [storable(part) for part in node]
    if isinstance(node, dict):
        return {storable(name): storable(part) for name, part in node.items()}
    return node


def moment(text: str | None) -> datetime | None:
    """Return a moment as the API writes it."""
    return datetime.fromisoformat(text) if text else None


@functools.lru_cache(4096)  # many documents share few days
def day(text: str | None) -> date | None:
    """Return the German day of a moment as the API writes it: most are midnight there, and say so."""
    if not text:
        return None
    if text[10:19] in {"", "T00:00:00"}:
        return date.fromisoformat(text[:10])
    return days.day(datetime.fromisoformat(text))


def amount(number: Any) -> Decimal | None:
    """Return an amount of money with two places."""
    return None if number is None else Decimal(str(number)).quantize(Decimal("0.01"))


def _digest(text: str, form: int) -> int:
    """Return 64 bits that are others when the record is, so that one that did not change need not be looked at."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8, salt=bytes([form])).digest(), signed=True)


def _upsert(model: type[models.Model], connection: Connection, rows: list[Row], *, asked_at: datetime) -> None:
    """Insert the rows, or replace what stands there, all in one go."""
    if not rows:
        return
    now = timezone.now()
    common = {"connection_id": connection.pk, "first_seen_at": now, "seen_at": asked_at, "changed_at": now}
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(_insert(model), [json.dumps([common | row for row in rows], default=str)])
        else:
            cursor.executemany(_insert(model), [_values(_columns(model), common | row) for row in rows])


@functools.cache
def _columns(model: type[models.Model]) -> list[str]:
    ours = getattr(model, "OURS", ())
    return [f.attname for f in model._meta.concrete_fields if not f.primary_key and f.attname not in ours]


@functools.cache
def _insert(model: type[models.Model]) -> str:
    """Return the statement: PostgreSQL takes all rows as one JSON and knows the types itself."""
    table, columns = _quoted(model._meta.db_table), _columns(model)
    names = ", ".join(map(_quoted, columns))
    updates = ", ".join(f"{_quoted(name)} = excluded.{_quoted(name)}" for name in columns if name not in KEPT)
    if database.vendor == "postgresql":
        source = f"SELECT {names} FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)"  # noqa: S608
    else:
        source = f"VALUES ({', '.join(['%s'] * len(columns))})"
    conflict = "ON CONFLICT (connection_id, lexware_id) DO UPDATE SET"
    return f"INSERT INTO {table} ({names}) {source} {conflict} {updates}"


def _known(model: type[models.Model], connection: Connection, keys: list[str]) -> Known:
    """Return what stands there."""
    table, among = _quoted(model._meta.db_table), _among("uuid")
    with database.cursor() as cursor:
        cursor.execute(
            f"SELECT lexware_id, id, digest FROM {table} WHERE connection_id = %s AND lexware_id {among}",  # noqa: S608
            [connection.pk, _together(keys)],
        )
        return {_key(lexware_id): (pk, digest) for lexware_id, pk, digest in cursor.fetchall()}


def _before(table: Table, pks: list[int]) -> dict[int, Row]:
    if not pks:
        return {}
    columns = {"pk", "seen_at", "digest", table.stamp, *table.before}
    return {row["pk"]: row for row in table.model._default_manager.filter(pk__in=pks).values(*columns)}


def _touch(model: type[models.Model], pks: list[int], asked_at: datetime) -> None:
    """Note that rows were shown as they are."""
    if not pks:
        return
    table, among, moment = _quoted(model._meta.db_table), _among("bigint"), _plain(asked_at)
    with database.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET seen_at = %s WHERE id {among} AND seen_at < %s",  # noqa: S608 — a name of our own
            [moment, _together(pks), moment],
        )


def _among(kind: str) -> str:
    """Return the condition that a column is among many values, which are given as one: see `_together`."""
    return f"= ANY(%s::{kind}[])" if database.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"


def _together(values: list[str] | list[int]) -> str:
    """Return many values as one: to hand over 250 parameters takes longer than to find the rows."""
    return f"{{{','.join(map(str, values))}}}" if database.vendor == "postgresql" else json.dumps(values)


def _key(lexware_id: object) -> str:
    """Return the digits of an id."""
    return str(lexware_id).replace("-", "").lower()


def _quoted(name: str) -> str:
    return database.ops.quote_name(name)


def _values(names: list[str], row: Row) -> list[Any]:
    return [write(value) if (write := PLAIN.get(type(value := row[name]))) else value for name in names]


def _plain(value: Any) -> Any:
    """Return a value as Django writes it to SQLite; PostgreSQL understands that, too."""
    write = PLAIN.get(type(value))
    return write(value) if write else value


PLAIN: dict[type, Callable[[Any], Any]] = {
    datetime: lambda moment: str(moment.astimezone(UTC).replace(tzinfo=None)),
    date: str,
    UUID: lambda number: number.hex,
    Decimal: str,
    dict: Compact().encode,
    list: Compact().encode,
}
