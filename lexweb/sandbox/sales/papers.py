"""
Sales documents as files (behaviour.md, chapter 9).

The renderers are imported when the first file is asked for: they bring a PDF library along.
"""

import uuid
from urllib.parse import quote

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.sales import letterhead, media
from lexweb.sandbox.sales.kinds import ALL, Kind
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Answer, Json

PDF, XML = "application/pdf", "application/xml"
# Turns a document's id into the id of its file, and back again; version and variant of a uuid stay.
MASK = 0x5A17_C3E9_8D24_0B6F_0F3A_91D4_7E2C_A85B


def file_id(document_id: str) -> str:
    """The ``documentFileId`` of a document."""
    return str(uuid.UUID(int=uuid.UUID(document_id).int ^ MASK))


def printed(kind: Kind, record: Record) -> bool:
    """Has the document a file? Drafts have none, except for dunnings, which stay drafts."""
    return not kind.finalizes or bool(record.document["voucherStatus"] != "draft")


def file(organization: Organization, kind: Kind, record: Record, accept: str) -> Answer | None:
    """
    The file of a document, or None if it has none of the media types wanted.

    An XRechnung is XML for whoever takes anything, and a preview as PDF on demand; all else is PDF.
    """
    x_rechnung = record.document.get("electronicDocumentProfile") == "XRechnung"
    found = media.best(accept, (XML, PDF) if x_rechnung else (PDF,))
    if found is None:
        return None
    content = _xml(organization, kind, record) if found == XML else _pdf(organization, kind, record, x_rechnung)
    name = _name(kind, record.document, "xml" if found == XML else "pdf")
    headers = {"Content-Type": found, "Content-Length": str(len(content)), "Content-Disposition": _disposition(name)}
    return Answer(200, content, headers)


def owner(organization: Organization, wanted_id: str) -> tuple[Kind, Record] | None:
    """The issued document with this ``documentFileId``, for GET /v1/files/{id} (deprecated, but working)."""
    try:
        document_id = file_id(wanted_id)  # the mask works both ways
    except ValueError:
        return None
    for kind in ALL:
        record = organization.shelf(kind.path).get(document_id)
        if record and printed(kind, record):
            return kind, record
    return None


def _xml(organization: Organization, kind: Kind, record: Record) -> bytes:
    from lexweb.sandbox.paper import xrechnung

    credit = kind.path == "credit-notes"
    seller, buyer = letterhead.seller(organization), letterhead.buyer(organization, record.document)
    return xrechnung.render(record.document, seller, credit=credit, buyer=buyer)


def _pdf(organization: Organization, kind: Kind, record: Record, x_rechnung: bool) -> bytes:
    from lexweb.sandbox.paper import sales_pdf, zugferd

    document, seller = record.document, letterhead.seller(organization)
    if document.get("electronicDocumentProfile") == "EN16931" and not x_rechnung:
        buyer = letterhead.buyer(organization, document)
        return zugferd.render(kind.type, document, seller, buyer=buyer)
    return sales_pdf.render(kind.type, document, seller)


def _name(kind: Kind, document: Json, ending: str) -> str:
    """Such as Rechnung_RE0118.pdf; dunnings have no number, so their day stands for it."""
    return f"{kind.texts['de'].title}_{document.get('voucherNumber') or document['voucherDate'][:10]}.{ending}"


def _disposition(name: str) -> str:
    """RFC 6266: the name in ASCII, and in full where it needs more."""
    plain = name.replace("ä", "ae")
    full = "" if name.isascii() else f"; filename*=UTF-8''{quote(name)}"
    return f'attachment; filename="{plain}"{full}'
