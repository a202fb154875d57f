"""Uploading receipts, and those that wait to be checked."""

from lexweb.sandbox.files import storing
from lexweb.sandbox.multipart import Part
from lexweb.sandbox.office import listing, words
from lexweb.sandbox.office.mistakes import Mistake
from lexweb.sandbox.office.visit import Routes, Visit
from lexweb.sandbox.voucherlist.query import Query
from lexweb.sandbox.vouchers import desk, kinds
from lexweb.sandbox.web import Answer

WAITING = frozenset({"blank", "unchecked"})


def waiting(visit: Visit, /, mistake: str = "") -> Answer:
    """GET: the form, and what waits: the latest first."""
    query = Query(kinds=frozenset(kinds.EVERY), statuses=WAITING, filters=(), sort="createdDate", ascending=False)
    rows = [entry.row for entry in listing.entries(visit).select(query)]
    return visit.page("inbox", mistake=mistake, listing=listing.page(visit, rows), types=words.VOUCHERS)


def upload(visit: Visit, /) -> Answer:
    """POST: a receipt; goes on to its voucher."""
    try:
        file = _file(visit)
        known = storing.known(visit.organization, file.content)
        record = desk.upload(visit.state, visit.organization, _printable(file.name), file.content)
    except storing.Unacceptable as refusal:
        return waiting(visit, words.said(words.REFUSED_FILES, refusal.key))
    except Mistake as mistake:
        return waiting(visit, str(mistake))
    return visit.done("known" if known else "uploaded", f"{visit.home}/vouchers/{record.document['voucherId']}")


def _file(visit: Visit) -> Part:
    try:
        file = visit.call.files.get("file")
    except ValueError:
        file = None
    if file is None or not file.name:
        raise Mistake("Bitte eine Datei auswählen.")
    return file


def _printable(name: str) -> str:
    """A name that can stand in a header."""
    return "".join(letter for letter in name if letter.isprintable())


ROUTES: Routes = {"/upload": {"GET": waiting, "POST": upload}}
