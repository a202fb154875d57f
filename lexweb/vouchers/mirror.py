"""From the API's JSON to rows of documents: as the voucher list, their own resource, and payments show them."""

import copy
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lexweb.clients import mirroring
from lexweb.clients.mirroring import Foreign, Payload, Row, Stored, Table, storable
from lexweb.clients.models import Connection
from lexweb.files import mirror as files
from lexweb.vouchers import owed, rows
from lexweb.vouchers.duplicates import finding as duplicates
from lexweb.vouchers.duplicates import numbers
from lexweb.vouchers.kinds import RESOURCES
from lexweb.vouchers.models import Detail, Voucher

Wanted = Voucher.Wanted
MIRRORED = [
    field.name for field in Voucher._meta.concrete_fields if not field.primary_key and field.attname not in Voucher.OURS
]


def store_page(connection: Connection, payloads: Iterable[Payload], *, asked_at: datetime) -> Stored:
    """Store rows of the voucher list that Lexware Office has just shown; see `mirroring.store`."""
    return mirroring.store(TABLE, connection, map(rows.lasting, payloads), asked_at=asked_at)


def store_detail(
    connection: Connection, kind: str, payload: Payload, *, asked_at: datetime, reckon: bool = True
) -> Voucher:  # fmt: skip
    """
    Store a document in full, and the row for it if no list has shown it yet.

    :param kind: of `Voucher.Kind`
    :param reckon: False: it is not known, or known better, what became of the images that a write of ours owes
    :raises Foreign: it is another organization's; nothing was stored
    """
    with transaction.atomic():
        if not mirroring.own(connection, [payload]):
            raise Foreign
        payload = storable(payload)
        voucher = _found(connection, payload["id"]) or _new(connection, payload["id"])
        detail, earlier = _detail(voucher), copy.copy(voucher) if voucher.pk else None
        version = payload.get("version") or 0
        late = detail.seen_at and (version, asked_at) < (detail.version or 0, detail.seen_at)
        late = late or owed.is_older(voucher, version)
        if not late:
            _take(voucher, rows.of_detail(kind, payload), asked_at)
            _settle(voucher, payload, asked_at)
            voucher.file_count = len(rows.file_ids(payload, kind))
        voucher.seen_at = max(asked_at, voucher.seen_at or asked_at)
        _save(voucher, *([] if late else ["file_count"]))
        if not late:
            detail.version, detail.raw, detail.seen_at = payload.get("version"), payload, asked_at
            _keep(detail, voucher)
            ids, rendered = rows.file_ids(payload, kind), RESOURCES.get(kind, "")
            files.note(connection, voucher.lexware_id, ids, rendered=rendered)
            duplicates.follow(earlier, voucher)
            if reckon:
                owed.reckon(earlier, voucher, version=version)
    return voucher


def store_payment(voucher: Voucher, payload: Payload | None, *, asked_at: datetime) -> None:
    """
    Store how far a document is paid, unless it was forgotten meanwhile, or told later.

    :param payload: None if nothing can be paid on it
    """
    connection = voucher.connection
    with transaction.atomic():
        ours = mirroring.lock(connection) == connection.organization_id
        row = _found(connection, voucher.lexware_id) if ours else None
        if row is None:
            return
        detail = _detail(row)
        if detail.payment_seen_at and detail.payment_seen_at > asked_at:
            return
        if payload is not None and row.seen_at <= asked_at:
            _write(row, rows.of_payment(payload))
        row.payment_wanted = False
        _save(row)
        detail.payment, detail.payment_seen_at = storable(payload), asked_at
        _keep(detail, row)


def forget(connection: Connection, lexware_id: UUID) -> bool:
    """Remove a document that Lexware Office no longer knows; say whether it was there."""
    with transaction.atomic():
        gone = _found(connection, lexware_id)
        resembled = duplicates.reviewed(duplicates.of_voucher(gone)) if gone else []
        files.forget(connection, lexware_id)
        deleted = Voucher.objects.filter(connection=connection, lexware_id=lexware_id).delete()[0]
        duplicates.judge(connection, resembled)
        return bool(deleted)


def want(connection: Connection, ids: Collection[UUID]) -> set[UUID]:
    """Note that documents have changed over there, so that they are read next; return those that we know."""
    with transaction.atomic():
        mirroring.lock(connection)
        known = Voucher.objects.filter(connection=connection, lexware_id__in=ids)
        known.update(wanted=Wanted.NOW, wanted_at=timezone.now())
        return set(known.values_list("lexware_id", flat=True))


def want_missing(connection: Connection) -> int:
    """Want the details and payments that could not be read, now that rights or plan are others; return how many."""
    mine = Voucher.objects.filter(connection=connection)
    payable = mine.filter(kind__in=rows.PAYABLE, status__in=rows.UNPAID, payment_wanted=False)
    payments = payable.filter(detail__payment_seen_at__isnull=True).update(payment_wanted=True)
    missing = mine.filter(wanted=Wanted.NO, detail__raw__isnull=True)
    files.want_missing(connection)
    return payments + missing.update(wanted=Wanted.OLD, wanted_at=timezone.now())


def pass_over(voucher: Voucher) -> None:
    """Want the detail no longer until the document changes, unless it has just become wanted anew."""
    Voucher.objects.filter(pk=voucher.pk, wanted_at=voucher.wanted_at).update(wanted=Wanted.NO, wanted_at=None)


def put_behind(voucher: Voucher) -> None:
    """Want the detail only after all others, the second time no longer; see `pass_over`."""
    if voucher.wanted <= Wanted.OLD:
        return pass_over(voucher)
    Voucher.objects.filter(pk=voucher.pk, wanted_at=voucher.wanted_at).update(wanted=Wanted.OLD)
    return None


def pass_over_payment(voucher: Voucher) -> None:
    """Want the payments no longer until the document changes."""
    Voucher.objects.filter(pk=voucher.pk).update(payment_wanted=False)


def pass_over_payments(connection: Connection) -> None:
    """Want no payments of this account any longer: rights or plan do not allow it. See `want_missing`."""
    Voucher.objects.filter(connection=connection, payment_wanted=True).update(payment_wanted=False)


def doubt(voucher: Voucher) -> None:
    """Read the document itself next, as its payments were not found: perhaps it was deleted."""
    pass_over_payment(voucher)
    want(voucher.connection, [voucher.lexware_id])


def pass_over_kind(voucher: Voucher) -> None:
    """Want no details of this kind any longer: rights or plan do not allow it. See `want_missing`."""
    same = Voucher.objects.filter(connection=voucher.connection_id, kind=voucher.kind, wanted__gt=Wanted.NO)
    same.update(wanted=Wanted.NO, wanted_at=None)


def _listed(payload: Payload, before: Row | None) -> Row:
    row = rows.of_list(payload)
    wanted, wanted_at = rows.wanted(row, before)
    return row | {
        "wanted": wanted,
        "wanted_at": wanted_at,
        "payment_wanted": rows.payment_wanted(row, before),
    }


TABLE = Table(Voucher, _listed, stamp="updated_at", before=rows.BEFORE)


def _found(connection: Connection, lexware_id: UUID | str) -> Voucher | None:
    found = Voucher.objects.select_related("detail").filter(connection=connection, lexware_id=lexware_id)
    return found.first()


def _new(connection: Connection, lexware_id: str) -> Voucher:
    """Return the row of a document that no list has shown yet, without anything in it."""
    return Voucher(connection=connection, lexware_id=UUID(lexware_id), currency=rows.DEFAULT_CURRENCY)


def _detail(voucher: Voucher) -> Detail:
    found: Detail = getattr(voucher, "detail", None) or Detail()
    return found


def _take(voucher: Voucher, row: Row, asked_at: datetime) -> None:
    """Take over what a detail says about the row, unless the list has said so later."""
    before = _told(voucher) if voucher.pk else None
    if before is None or row["updated_at"] > voucher.updated_at:
        _write(voucher, row)
    elif row["updated_at"] == voucher.updated_at and asked_at >= voucher.seen_at:
        _write(voucher, {"status": row["status"]})
    voucher.payment_wanted = rows.payment_wanted(_told(voucher), before)


def _told(voucher: Voucher) -> Row:
    return {name: getattr(voucher, name) for name in rows.BEFORE}


def _write(voucher: Voucher, row: Row) -> None:
    """Write columns; if any are others than before, the next row of the list has to be compared with them."""
    if row["status"] == "open" and voucher.status in rows.FINER_THAN_OPEN:
        row = row | {"status": voucher.status}
    if all(value == getattr(voucher, name) for name, value in row.items()):
        return
    for name, value in row.items():
        setattr(voucher, name, value)
    voucher.search = rows.search(voucher.number, voucher.contact_name)
    voucher.number_key = numbers.key(voucher.number)
    voucher.digest, voucher.changed_at = 0, timezone.now()


def _settle(voucher: Voucher, payload: Payload, asked_at: datetime) -> None:
    """Want the detail no longer, unless it was asked for before it became wanted, and may not be what is wanted."""
    asked_after = voucher.wanted_at is None or asked_at >= voucher.wanted_at
    as_new = mirroring.moment(payload["updatedDate"]) == voucher.updated_at
    if asked_after or (as_new and voucher.wanted < Wanted.NOW):
        voucher.wanted, voucher.wanted_at = Wanted.NO, None


def _save(voucher: Voucher, *also: str) -> None:
    """Save what the mirror says, and further columns; what the firm has noted meanwhile stays."""
    voucher.save(update_fields=[*MIRRORED, *also] if voucher.pk else None)


def _keep(detail: Detail, voucher: Voucher) -> None:
    new = detail.voucher_id is None
    detail.voucher = voucher
    detail.save(force_insert=new)
