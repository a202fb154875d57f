"""Keeping what was uploaded."""

import base64
import hashlib
import uuid

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.paper import checks
from lexweb.sandbox.shelf import Record

MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "xml": "application/xml"}
LARGEST_ATTACHMENT = 2 * 1024 * 1024  # bytes of what is mailed along (OAuth and the Partner API, chapter 5)


class Unacceptable(ValueError):
    """A file the API refuses; ``key`` is the i18nKey."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def check(organization: Organization, name: str, content: bytes) -> None:
    """
    Look at a receipt before it is taken (behaviour.md, chapter 10).

    :raises Unacceptable: wrong kind, too large, broken; an e-invoice while those are switched off
    """
    if checks.kind_of(name, content) == "xml" and not organization.e_invoices:
        raise Unacceptable("inacceptable_file_extension")
    if key := checks.problem(name, content):
        raise Unacceptable(key)


def check_attachment(name: str, content: bytes) -> None:
    """
    Look at what shall be mailed along: pdf, jpg or png up to 2 MB.

    :raises Unacceptable: it is none of those
    """
    if checks.kind_of(name, content) == "xml":
        raise Unacceptable("inacceptable_file_extension")
    if len(content) > LARGEST_ATTACHMENT:
        raise Unacceptable("max_file_size_exceeded")
    if key := checks.problem(name, content):
        raise Unacceptable(key)


def known(organization: Organization, content: bytes, *, attachment: bool = False) -> Record | None:
    """The file with this content, if it has been uploaded before: to whichever voucher, or as an attachment."""
    digest = hashlib.sha256(content).hexdigest()
    for record in organization.shelf("files"):
        if record.document.get("sha256") == digest and (record.document["voucherId"] is None) is attachment:
            return record
    return None


def store(
    organization: Organization, name: str, content: bytes, *, voucher_id: str | None, file_id: str = ""
) -> Record:
    """Keep a file that has been checked; without a voucher it is an attachment."""
    document = {
        "id": file_id or str(uuid.uuid4()),
        "name": name,
        "mediaType": MEDIA_TYPES[str(checks.kind_of(name, content))],
        "voucherId": voucher_id,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
    }
    return organization.shelf("files").put(Record(document, {"content": base64.b64encode(content).decode()}))
