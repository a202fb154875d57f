"""What a file is perhaps there twice as: at a document over there, or in another file that was brought in."""

from collections.abc import Collection
from uuid import UUID

from lexweb.clients import mirroring
from lexweb.clients.models import Connection
from lexweb.einvoice import Invoice
from lexweb.files import inspecting
from lexweb.uploads import selectors
from lexweb.uploads.models import Upload
from lexweb.vouchers.duplicates import finding, likeness, names, numbers
from lexweb.vouchers.duplicates.likeness import Reason
from lexweb.vouchers.models import Voucher

State = Upload.State
HERE = (State.READY, State.ASKING, State.QUEUED, State.DONE)
MOST_TWINS = 5  # named of the other files with the same invoice


def suspicions(connection: Connection, seen: inspecting.Seen) -> list[list[str]]:
    """Return the documents over there that it is perhaps at already, as `Upload.suspicions` has them."""
    twins = finding.of_file(connection, seen.sha256, seen.invoice)
    return [[str(twin.reasons[0]), str(twin.voucher.lexware_id)] for twin in twins]


def invoice_key(invoice: Invoice | None) -> str:
    """Return whose invoice it is, and its number; "" if it does not say both."""
    if invoice is None:
        return ""
    return _key(names.fold(invoice.seller.name or invoice.seller.legal_name), invoice.number)


def ask_about_other_files(connection: Connection, upload: Upload) -> None:
    """Note that its invoice is here in another file, too: as XML and as PDF, or saved twice. In a transaction."""
    mirroring.lock(connection)  # our script brings two at once, and neither would see the other
    same = Upload.objects.filter(connection=connection, invoice_key=upload.invoice_key, state__in=HERE)
    named = _named(upload)
    for each in same.order_by("created_at", "pk")[:MOST_TWINS]:
        if str(each.voucher_id) not in named and not selectors.is_gone(each):
            upload.suspicions.append([Upload.SAME_INVOICE, str(each.pk)])
            upload.state = State.ASKING


def look_again(connection: Connection, uploads: Collection[Upload]) -> set[UUID]:
    """
    Ask about invoices that became known over there since they were brought in here; return which uploads that are.

    The same content needs no second look: sent again, it becomes nothing new over there.
    """
    waiting = [each for each in uploads if each.state == State.READY and each.invoice_key]
    keys = {numbers.key(_number(each)) for each in waiting}
    there = list(Voucher.objects.filter(connection=connection, number_key__in=keys)) if keys else []
    asked = set()
    for upload in waiting:
        named = _decided(upload)
        new = [voucher for voucher in there if str(voucher.lexware_id) not in named and _is_it(upload, voucher)]
        if not new:
            continue
        found = [[str(Reason.NUMBER), str(voucher.lexware_id)] for voucher in new]
        ready = Upload.objects.filter(pk=upload.pk, state=State.READY)
        if ready.update(state=State.ASKING, suspicions=[*found, *upload.suspicions]):
            asked.add(upload.pk)
    return asked


def _decided(upload: Upload) -> set[str]:
    """Return the documents that a person has looked at or chosen, so that nobody is asked twice."""
    others = [there for code, there in upload.suspicions if code == Upload.SAME_INVOICE]
    sent = Upload.objects.filter(pk__in=others).values_list("voucher_id", flat=True) if others else []
    return _named(upload) | {str(each) for each in (*sent, upload.target_id)}


def _is_it(upload: Upload, voucher: Voucher) -> bool:
    same = _key(likeness.supplier_of(voucher), voucher.number) == upload.invoice_key
    return same and voucher.status not in finding.DEAD


def _key(supplier: str, number: str) -> str:
    """Return what is the same for the same invoice; its last word is the number."""
    plain = numbers.plain(number)
    return f"{supplier[:100]} {plain[:90]}" if supplier and plain else ""


def _number(upload: Upload) -> str:
    return str(upload.invoice_key.rsplit(" ", 1)[-1])


def _named(upload: Upload) -> set[str]:
    return {there for _code, there in upload.suspicions}
