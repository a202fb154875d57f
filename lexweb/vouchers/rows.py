"""The columns of a document, read from each of the three places that tell of it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from lexweb.clients.mirroring import Payload, Row, amount, day, moment
from lexweb.contacts.search import haystack
from lexweb.vouchers.duplicates import numbers
from lexweb.vouchers.kinds import RESOURCES
from lexweb.vouchers.models import Voucher

Wanted = Voucher.Wanted

SAID_BY_LIST = {
    "id", "voucherType", "voucherStatus", "voucherNumber", "voucherDate", "dueDate", "createdDate", "updatedDate",
    "contactId", "contactName", "totalAmount", "openAmount", "currency", "archived",
}  # fmt: skip
SAID_BY_DETAIL = (
    "kind", "status", "number", "voucher_on", "due_on", "total_amount", "contact_id", "archived", "updated_at",
)  # fmt: skip
BEFORE = (*SAID_BY_DETAIL, "open_amount", "wanted", "wanted_at", "payment_wanted", "digest")

UNSETTLED = {"unchecked", "draft", "open", "sepadebit"}
FINER_THAN_OPEN = {"sepadebit", "transferred"}  # how the voucher list may call what elsewhere is open
UNPAID = {"open", "sepadebit", "transferred"}
NEVER_PAID = {"draft", "unchecked", "blank"}
PAYABLE = {
    Voucher.Kind.INVOICE, Voucher.Kind.CREDIT_NOTE, Voucher.Kind.DOWN_PAYMENT_INVOICE, Voucher.Kind.SALES_INVOICE,
    Voucher.Kind.SALES_CREDIT_NOTE, Voucher.Kind.PURCHASE_INVOICE, Voucher.Kind.PURCHASE_CREDIT_NOTE,
}  # fmt: skip
RECENT = timedelta(days=60)
DEFAULT_CURRENCY = "EUR"  # bookkeeping vouchers do not name theirs


def lasting(payload: Payload) -> Payload:
    """Return a row of the list without what changes by itself: overdue is open, on a later day."""
    return payload | {"voucherStatus": "open"} if payload["voucherStatus"] == "overdue" else payload


def of_list(payload: Payload) -> Row:
    """Return what a row of the voucher list says."""
    get = payload.get
    created_at, voucher_on = moment(payload["createdDate"]), day(get("voucherDate"))
    number, contact_name = (get("voucherNumber") or "")[:60], (get("contactName") or "")[:250]
    return {
        "kind": payload["voucherType"][:20],
        "status": payload["voucherStatus"][:16],
        "number": number,
        "voucher_on": voucher_on,
        "due_on": day(get("dueDate")),
        "created_at": created_at,
        "updated_at": moment(payload["updatedDate"]),
        "contact_id": _uuid(get("contactId")),
        "contact_name": contact_name,
        "total_amount": amount(get("totalAmount")),
        "open_amount": amount(get("openAmount")),
        "currency": (get("currency") or DEFAULT_CURRENCY)[:3],
        "archived": bool(get("archived")),
        "extra": {name: part for name, part in payload.items() if name not in SAID_BY_LIST} or None,
        "listed_on": voucher_on or day(payload["createdDate"]),
        "search": search(number, contact_name),
        "number_key": numbers.key(number),
    }


def of_detail(kind: str, payload: Payload) -> Row:
    """Return what the detail of a document says; what it leaves out stays as the list said."""
    address, price = payload.get("address") or {}, payload.get("totalPrice") or {}
    contact_name = (address.get("name") or payload.get("contactName") or "")[:250]
    voucher_on = day(payload.get("voucherDate"))
    row: Row = {
        "kind": (payload.get("type") or kind)[:20],
        "status": _status(payload),
        "number": (payload.get("voucherNumber") or "")[:60],
        "voucher_on": voucher_on,
        "due_on": day(payload.get("dueDate")),
        "created_at": moment(payload["createdDate"]),
        "updated_at": moment(payload["updatedDate"]),
        "listed_on": voucher_on or day(payload["createdDate"]),
        "contact_id": _uuid(address.get("contactId") or payload.get("contactId")),
        "contact_name": contact_name,
        "total_amount": amount(price.get("totalGrossAmount", payload.get("totalGrossAmount"))),
        "currency": price.get("currency"),
        "archived": payload.get("archived"),
    }
    return {name: value for name, value in row.items() if value not in (None, "")}


def of_payment(payload: Payload) -> Row:
    """Return what the payments of a document say."""
    return {"status": _status(payload), "open_amount": amount(payload["openAmount"])}


def search(number: str, contact_name: str) -> str:
    """Return what is searched."""
    return haystack(number, contact_name[:120], length=200)


def file_ids(payload: Payload, kind: str = "") -> list[UUID]:
    """
    Return the files of a document: vouchers name theirs; a sales document has one as soon as it is no draft.

    What renders it is the document's own resource (behaviour.md, chapter 9), so where no `documentFileId` is named,
    the document's id stands for the file's. Dunnings stay drafts and have a file all the same.
    """
    files: Any = payload.get("files") or ()
    if isinstance(files, dict):
        files = [files["documentFileId"]] if files.get("documentFileId") else ()
    issued = kind == Voucher.Kind.DUNNING or payload.get("voucherStatus") != "draft"
    if not files and kind in RESOURCES and issued:
        files = [payload["id"]]
    return [UUID(str(each)) for each in files]


def wanted(row: Row, before: Row | None) -> tuple[int, datetime | None]:
    """
    Return how much the detail is wanted and since when, after the list has shown this row.

    :param before: what stands there; with digest 0 a detail has said something else than this row at the same stamp,
        and asking again would say it again
    """
    if before is not None:
        newer = row["updated_at"] > before["updated_at"]
        told = before["digest"] and any(row[name] != before[name] for name in SAID_BY_DETAIL)
        if not newer and not told:
            return before["wanted"], before["wanted_at"]
    return max(_urgency(row), before["wanted"] if before else Wanted.NO), timezone.now()


def payment_wanted(row: Row, before: Row | None) -> bool:
    """Say whether payments have to be read: as long as it is not paid, and once more when it is."""
    if row["kind"] not in PAYABLE or row["status"] in NEVER_PAID:
        return False
    if before is None:
        return row["status"] in UNPAID
    moved = any(row[name] != before[name] for name in ("status", "open_amount", "total_amount", "updated_at"))
    concerned: Collection[str] = {row["status"], before["status"]}
    return bool(before["payment_wanted"] or (moved and UNPAID & set(concerned)))


def _urgency(row: Row) -> int:
    if row["status"] in UNSETTLED:
        return Wanted.OPEN
    return Wanted.RECENT if row["created_at"] > timezone.now() - RECENT else Wanted.OLD


def _status(payload: Payload) -> str:
    status = payload.get("voucherStatus") or ""
    return "open" if status == "overdue" else status[:16]


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
