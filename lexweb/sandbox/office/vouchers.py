"""Bookkeeping vouchers: the list, and one of them with its file."""

from lexweb.sandbox.office import listing, payment_form, voucher_form, words
from lexweb.sandbox.office.mistakes import Mistake
from lexweb.sandbox.office.visit import Routes, Visit, missing
from lexweb.sandbox.paper import german
from lexweb.sandbox.shaping import Malformed
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.vouchers import changing, desk, kinds, paying, recognition
from lexweb.sandbox.web import Answer

STATUSES = ("unchecked", "open", "overdue", "paid", "paidoff", "voided", "transferred", "sepadebit", "blank")


def every(visit: Visit, /) -> Answer:
    """GET: 50 vouchers, narrowed by ``type``, ``status`` and ``q``."""
    wanted = visit.call.params.get("type", "")
    types = frozenset({wanted} if wanted in kinds.EVERY else kinds.EVERY)
    found = listing.page(visit, listing.documents(visit, types))
    return visit.page("vouchers", listing=found, params=visit.call.params, types=words.VOUCHERS, statuses=STATUSES)


def one(visit: Visit, /, voucher_id: str) -> Answer:
    """GET: the voucher, its file, and what can be done with it."""
    return _shown(visit, _record(visit, voucher_id))


def change(visit: Visit, /, voucher_id: str) -> Answer:
    """POST: what the pressed button says."""
    record = _record(visit, voucher_id)
    actions = {
        "save": lambda: _save(visit, record),
        "book": lambda: _book(visit, record),
        "pay": lambda: _pay(visit, record),
        "archive": lambda: _archive(visit, record, archived=True),
        "restore": lambda: _archive(visit, record, archived=False),
    }
    try:
        return visit.pressed(actions)
    except changing.Invalid as invalid:
        return _shown(visit, record, voucher_form.sentences(invalid.issues))
    except (Mistake, Malformed) as mistake:
        return _shown(visit, record, str(mistake))


def _save(visit: Visit, record: Record) -> str:
    desk.edit(visit.state, visit.organization, record.id, voucher_form.changes(record.document, visit.call.form))
    return "saved"


def _book(visit: Visit, record: Record) -> str:
    desk.book(visit.state, visit.organization, record.id, voucher_form.changes(record.document, visit.call.form))
    return "booked"


def _pay(visit: Visit, record: Record) -> str:
    amount, on = payment_form.read(visit.call.form, _payable(record))
    desk.pay(visit.state, visit.organization, record.id, amount, on=on)
    return "paid"


def _archive(visit: Visit, record: Record, *, archived: bool) -> str:
    desk.archive(visit.state, visit.organization, record.id, archived=archived)
    return "archived" if archived else "restored"


def _shown(visit: Visit, record: Record, mistake: str = "") -> Answer:
    voucher, status = record.document, record.document["voucherStatus"]
    typed = visit.call.form if mistake and visit.call.form.get("action") in {"save", "book"} else {}
    return visit.page(
        "voucher",
        mistake=mistake,
        voucher=voucher,
        fields=voucher_form.fields(voucher) | typed,
        groups=voucher_form.choices(voucher),
        rates=voucher_form.rates(voucher),
        files=[file for file in map(visit.organization.shelf("files").get, voucher["files"]) if file],
        open_amount=_payable(record),
        payments=record.hidden.get("payments", ()),
        archived=record.hidden.get("archived", False),
        closed=status in changing.CLOSED,
        today=german.day(visit.state.clock.today()),
        refresh=2 if status == "blank" else 0,
    )


def _payable(record: Record) -> float:
    """What can still be paid, 0 if nothing."""
    if record.document["voucherStatus"] not in {"open", "sepadebit"}:
        return 0.0
    return float(paying.open_amount(record) or 0)


def _record(visit: Visit, voucher_id: str) -> Record:
    record = recognition.settle(visit.state, visit.organization).get(voucher_id)
    if record is None:
        raise missing()
    return record


ROUTES: Routes = {
    "/vouchers": {"GET": every},
    "/vouchers/<voucher_id>": {"GET": one, "POST": change},
}
