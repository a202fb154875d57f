"""Invoices, quotations and the other sales documents: a list for each kind, and one of them."""

from lexweb.sandbox.office import listing, payment_form, words
from lexweb.sandbox.office.mistakes import Mistake
from lexweb.sandbox.office.visit import Routes, Visit, missing
from lexweb.sandbox.paper import german
from lexweb.sandbox.sales import finalizing, papers, paying, payments
from lexweb.sandbox.sales.kinds import BY_PATH, BY_TYPE, Kind
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Answer, Json, redirect

MEDIA = {"pdf": papers.PDF, "xml": papers.XML}


def start(visit: Visit, /) -> Answer:
    """GET: to the invoices."""
    return redirect(f"{visit.home}/sales/invoices", status=302)


def every(visit: Visit, /, path: str) -> Answer:
    """GET: 50 documents of a kind, narrowed by ``status`` and ``q``."""
    kind = _kind(path)
    rows = listing.documents(visit, frozenset({kind.type})) if path != "dunnings" else listing.dunnings(visit)
    found = listing.page(visit, rows)
    return visit.page("documents", listing=found, params=visit.call.params, path=path, statuses=_statuses(kind))


def one(visit: Visit, /, path: str, document_id: str) -> Answer:
    """GET: the document, and what can be done with it."""
    return _shown(visit, _kind(path), _record(visit, path, document_id))


def change(visit: Visit, /, path: str, document_id: str) -> Answer:
    """POST: what the pressed button says."""
    kind, record = _kind(path), _record(visit, path, document_id)
    possible = _possible(kind, record)
    actions = {
        "finalize": lambda: _finalize(visit, kind, record),
        "pay": lambda: _pay(visit, kind, record),
        "void": lambda: _void(visit, kind, record),
        "accept": lambda: _decide(visit, record, accepted=True),
        "reject": lambda: _decide(visit, record, accepted=False),
    }
    try:
        return visit.pressed({name: act for name, act in actions.items() if name in possible})
    except Mistake as mistake:
        return _shown(visit, kind, record, str(mistake))


def file(visit: Visit, /, path: str, document_id: str) -> Answer:
    """GET: the document's file, ``as`` pdf or xml, to be saved."""
    kind, record = _kind(path), _record(visit, path, document_id)
    media_type = MEDIA.get(visit.call.params.get("as", "pdf"))
    found = (
        papers.file(visit.organization, kind, record, media_type)
        if media_type and papers.printed(kind, record)
        else None
    )
    if found is None:
        raise missing()
    return found


def _statuses(kind: Kind) -> tuple[str, ...]:
    """The states a kind's documents can be in, to choose from; dunnings have but one."""
    if kind.payable:
        return ("draft", "open", "overdue", kind.settled, "voided")
    if kind.path == "quotations":
        return ("draft", "open", "accepted", "rejected")
    return ("draft", "open") if kind.finalizes else ()


def _possible(kind: Kind, record: Record) -> set[str]:
    """The actions that fit the state of a document."""
    status = record.document["voucherStatus"]
    if status == "draft":
        return {"finalize"} if kind.finalizes else set()
    if kind.path == "quotations":
        return {"accept", "reject"} - {{"accepted": "accept", "rejected": "reject"}.get(status, "")}
    return {"pay", "void"} if kind.payable and status == "open" else set()


def _finalize(visit: Visit, kind: Kind, record: Record) -> str:
    finalizing.finalize(visit.state, visit.organization, kind.path, record)
    return "finalized"


def _pay(visit: Visit, kind: Kind, record: Record) -> str:
    amount, on = payment_form.read(visit.call.form, payments.open_amount(kind, record))
    paying.pay(visit.state, visit.organization, kind.path, record, float(amount), on)
    return "paid"


def _void(visit: Visit, kind: Kind, record: Record) -> str:
    paying.void(visit.state, visit.organization, kind.path, record)
    return "voided"


def _decide(visit: Visit, record: Record, *, accepted: bool) -> str:
    paying.decide(visit.state, visit.organization, record, accepted=accepted)
    return "accepted" if accepted else "rejected"


def _shown(visit: Visit, kind: Kind, record: Record, mistake: str = "") -> Answer:
    from lexweb.sandbox.paper.sums import sums  # brings a PDF library along, as in sales.papers

    document, printed = record.document, papers.printed(kind, record)
    return visit.page(
        "document",
        mistake=mistake,
        path=kind.path,
        document=document,
        title=document.get("title") or words.SALES[kind.path],
        sums=list(sums(document)),
        possible=_possible(kind, record),
        open_amount=payments.open_amount(kind, record),
        payments=record.hidden.get("payments", ()),
        related=[_related(each) for each in document.get("relatedVouchers") or ()],
        pdf=printed,
        xml=printed and document.get("electronicDocumentProfile") == "XRechnung",
        today=german.day(visit.state.clock.today()),
    )


def _related(reference: Json) -> Json:
    path = BY_TYPE[reference["voucherType"]].path
    return {"path": path, "id": reference["id"], "name": reference.get("voucherNumber") or words.SALES[path]}


def _kind(path: str) -> Kind:
    if path not in BY_PATH:
        raise missing()
    return BY_PATH[path]


def _record(visit: Visit, path: str, document_id: str) -> Record:
    record = visit.organization.shelf(path).get(document_id)
    if record is None:
        raise missing()
    return record


ROUTES: Routes = {
    "/sales": {"GET": start},
    "/sales/<path>": {"GET": every},
    "/sales/<path>/<document_id>": {"GET": one, "POST": change},
    "/sales/<path>/<document_id>/file": {"GET": file},
}
