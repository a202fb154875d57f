"""
Text recognition: an uploaded receipt's voucher is blank, and seconds later unchecked (behaviour.md, chapter 10).

It happens by itself (a chore), and at the latest when somebody reads: ``settle`` before you look.
"""

from weakref import WeakKeyDictionary

from lexweb.sandbox import files
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.paper import recognition
from lexweb.sandbox.paper.marks import Recognised
from lexweb.sandbox.shelf import Record, Shelf
from lexweb.sandbox.state import State
from lexweb.sandbox.vouchers import days, telling
from lexweb.sandbox.web import App, Json

_blank: WeakKeyDictionary[Shelf, tuple[int, set[str]]] = WeakKeyDictionary()  # ids and their revision: kept up to date


def mount(app: App, state: State) -> None:
    """Let recognition happen by itself."""
    state.chores.append(lambda: _work(state))


def settle(state: State, organization: Organization) -> Shelf:
    """Finish what is due; returns the vouchers. The caller holds the lock."""
    shelf = organization.shelf("vouchers")
    now = state.clock.now()
    waiting = [shelf.get(voucher_id) for voucher_id in _still_blank(shelf)]
    for record in waiting:
        if record is None or record.hidden.get("recognized_at", 0) > now:
            continue
        shelf.put(_recognised(organization, record, state.clock.stamp()))
        telling.changed(state, organization, record.id, status=True)
    return shelf


def _work(state: State) -> None:
    with state.lock:
        for organization in state.organizations.values():
            if organization.opened("vouchers"):
                settle(state, organization)


def _still_blank(shelf: Shelf) -> set[str]:
    """Ids of blank vouchers. Called ten times a second, so it looks at what is new only."""
    revision, ids = _blank.get(shelf, (-1, set()))
    if revision == shelf.revision:
        return ids
    new = [shelf.get(voucher_id) for voucher_id in shelf.written_since(revision)] if revision >= 0 else list(shelf)
    ids = {each for each in ids if _is_blank(shelf.get(each))} | {each.id for each in new if each and _is_blank(each)}
    _blank[shelf] = shelf.revision, ids
    return ids


def _is_blank(record: Record | None) -> bool:
    return record is not None and bool(record.document["voucherStatus"] == "blank")


def _recognised(organization: Organization, record: Record, now: str) -> Record:
    shelf = organization.shelf("files")
    originals = [file for file in map(shelf.get, record.document["files"]) if file]
    found = recognition.read(files.content(originals[0])) if originals else Recognised()
    return record.changed({"voucherStatus": "unchecked", **_values(organization, found)}, now)


def _values(organization: Organization, found: Recognised) -> Json:
    """The voucher's members for what was found; a known vendor becomes its contact."""
    values: Json = {
        "voucherNumber": found.number,
        "voucherDate": found.date and days.shown(found.date),
        "dueDate": found.due and days.shown(found.due),
        "totalGrossAmount": None if found.gross is None else float(found.gross),
        "totalTaxAmount": None if found.tax_amount is None else float(found.tax_amount),
        "contactName": found.supplier,
    }
    if vendor := _vendor(organization, found.supplier):
        values |= {"contactId": vendor, "useCollectiveContact": False}
    return {name: value for name, value in values.items() if value is not None}


def _vendor(organization: Organization, name: str | None) -> str | None:
    if name is None:
        return None
    wanted = name.casefold()
    vendors = (record for record in organization.contacts.ordered() if "vendor" in record.contact["roles"])
    return next((str(each.contact["id"]) for each in vendors if each.name.casefold() == wanted), None)
