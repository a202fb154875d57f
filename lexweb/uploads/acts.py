"""
How the outbox sends an upload, and proves that it has arrived.

It is done when its bytes were read back from Lexware Office, and not before; until then ours are the only copy. The
ids are noted as soon as they are known, so that whoever goes on after a breakdown reads back instead of sending. If
nobody knows whether it got through, it is sent again, as the same content gives the ids of the first time
(behaviour.md, chapter 10) — but not before all work behind the gateway is over, or the two might cross.
"""

import hashlib
from functools import partial
from io import BytesIO
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients import mirroring
from lexweb.clients.gateway import Office
from lexweb.files import store
from lexweb.files.models import Blob, File
from lexweb.firm.roles import Permission
from lexweb.lexware import errors, transfers
from lexweb.lexware.acts.once import LATE
from lexweb.outbox.acts import Keep, Note, Refused, register
from lexweb.outbox.models import Item
from lexweb.ui.templatetags.words import grouped
from lexweb.uploads.models import Upload
from lexweb.vouchers import mirror as vouchers

NAME = "upload"
ENDINGS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "application/xml": (".xml",),
}
COMPLAINTS: dict[str, Promise] = {
    "inacceptable_file_extension": gettext_lazy("Lexware Office takes PDF, JPEG, PNG and XRechnung (XML) only."),
    "e_invoices_off": gettext_lazy(
        "Lexware Office does not take e-invoices of this client: switch them on there, in the settings under "
        "E-Rechnung, then send the file again."
    ),
    "max_file_size_exceeded": gettext_lazy("The file is larger than 5 MB."),
    "image_conversion_error": gettext_lazy("Lexware Office could not read the file: it is damaged or protected."),
    "voucher_upload_toxic_pdf": gettext_lazy(
        "The PDF contains scripts or other active content, which Lexware Office does not take. Print it to a new PDF."
    ),
    "invalid_xrechnung": gettext_lazy("Lexware Office does not accept the XML file as an XRechnung."),
    "elsewhere": gettext_lazy(
        "The same file already belongs to another voucher over there, and a file can belong to one voucher only."
    ),
}


class Sending:
    """Upload a file as a new voucher, or attach it to one that exists."""

    permission = Permission.VOUCHER_EDIT

    def describe(self, wish: Any) -> str:
        count = wish["count"]
        text = ngettext("Upload %(count)s receipt", "Upload %(count)s receipts", count)
        return text % {"count": grouped(count)}

    def explain(self, code: str, source: str) -> str:
        if code in COMPLAINTS:
            return str(COMPLAINTS[code])
        return _("Lexware Office does not take the file (%(code)s).") % {"code": code}

    def send(self, office: Office, item: Item, note: Note) -> Keep:
        upload, blob = _upload(item)
        if item.sent and "file" in item.sent:
            note(item.sent)
        else:
            note({})
            note(_carry(office, upload, blob, item.own_wish["voucher"]))
        try:
            found = _proven(office, upload, item)
        except errors.LexwareError as error:  # it is there: nobody may take it back as if it were not
            raise errors.Uncertain("not read back yet") from error
        if found is None:
            raise errors.Uncertain("it is not to be seen yet")
        return found

    def look(self, office: Office, item: Item) -> Keep | Literal[False] | None:
        if "file" in item.sent:
            return _proven(office, _upload(item)[0], item)
        if item.sent_at is None or timezone.now() - item.sent_at < LATE:
            return None
        return False  # to send it again does no harm


def start() -> None:
    """Make the act known to the outbox."""
    register(NAME, Sending())


def wish(upload: Upload) -> dict[str, Any]:
    """Return what the outbox has to know about an upload."""
    return {"upload": str(upload.pk), "voucher": str(upload.target_id) if upload.target_id else None}


def target(upload: Upload) -> str:
    """Return what must not overtake each other: all that is done to one voucher."""
    return f"voucher:{upload.target_id}" if upload.target_id else f"upload:{upload.pk}"


def file_name(upload: Upload) -> str:
    """Return the name with the ending of what it is: Lexware Office believes a file only if both say the same."""
    endings = ENDINGS[upload.media_type]
    return upload.name if upload.name.lower().endswith(endings) else f"{upload.name}{endings[0]}"


def _upload(item: Item) -> tuple[Upload, Blob]:
    upload = Upload.objects.select_related("blob").filter(item=item).first()
    if upload is None or upload.blob is None:
        raise Refused("lost")
    return upload, upload.blob


def _carry(office: Office, upload: Upload, blob: Blob, voucher_id: str | None) -> dict[str, str | None]:
    """Send the bytes; return the ids of what became of them."""
    sent = transfers.Upload(file_name(upload), upload.media_type, partial(_stream, blob))
    try:
        if voucher_id is None:
            made = office.files.upload(sent)
            return {"file": str(made.id), "voucher": str(made.voucher_id) if made.voucher_id else None}
        return {"file": str(office.vouchers.attach(UUID(voucher_id), sent).id), "voucher": voucher_id}
    except errors.NotFound:
        raise Refused("gone") from None
    except errors.PlanRequired:
        raise Refused("plan") from None
    except errors.Forbidden:
        raise Refused("forbidden") from None
    except errors.Rejected as refusal:
        raise Refused("rejected", [[issue.source, _code(upload, issue.code)] for issue in refusal.issues]) from refusal
    except store.Lost:
        raise Refused("lost") from None


def _stream(blob: Blob) -> BytesIO:
    return BytesIO(store.read(blob))


def _code(upload: Upload, code: str) -> str:
    off = upload.media_type == "application/xml" and code == "inacceptable_file_extension"
    return "e_invoices_off" if off else code


def _proven(office: Office, upload: Upload, item: Item) -> Keep | None:
    """Read the file back; None if Lexware Office does not show it (yet)."""
    file_id = UUID(item.sent["file"])
    if item.own_wish["voucher"]:
        _check_owner(office, UUID(item.own_wish["voucher"]), file_id)
    digest = hashlib.sha256()
    try:
        with office.files.download(file_id) as download:
            for chunk in download.chunks():
                digest.update(chunk)
    except errors.NotFound:
        return None
    return partial(_keep, upload, item, file_id) if digest.hexdigest() == upload.sha256 else None


def _check_owner(office: Office, voucher_id: UUID, file_id: UUID) -> None:
    """
    See that the file is at the voucher.

    :raises Refused: it is at another one, where the same content was before
    """
    try:
        files = office.vouchers.get(voucher_id).files
    except errors.NotFound:
        raise Refused("gone") from None
    if file_id not in files:
        raise Refused("rejected", [["file", "elsewhere"]])


def _keep(upload: Upload, item: Item, file_id: UUID) -> None:
    """Note that it is done; its bytes become those of the file, so that nobody has to read them again."""
    connection = item.connection
    if mirroring.lock(connection) != connection.organization_id:
        return  # the connection was given to another organization just now: it waits, as all uploads do then
    voucher_id = UUID(item.sent["voucher"]) if item.sent["voucher"] else None
    if voucher_id:
        File.objects.update_or_create(
            connection=connection, lexware_id=file_id,
            defaults={
                "voucher_id": voucher_id, "name": upload.name, "media_type": upload.media_type, "size": upload.size,
                "sha256": upload.sha256, "pages": upload.pages, "profile": upload.profile, "blob": upload.blob,
            },
        )  # fmt: skip
        vouchers.want(connection, [voucher_id])
    Upload.objects.filter(pk=upload.pk).update(
        state=Upload.State.DONE, file_id=file_id, voucher_id=voucher_id, blob=None, finished_at=timezone.now()
    )
    activity.record(
        Kind.RECEIPT_UPLOADED, client=connection.client, by=item.batch.staff,
        target=f"voucher:{voucher_id}" if voucher_id else "", name=upload.name,
    )  # fmt: skip
