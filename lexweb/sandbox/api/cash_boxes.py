"""The cash-boxes resource with its daily closings (OAuth and the Partner API, chapter 5)."""

import uuid

from lexweb.sandbox import paging
from lexweb.sandbox.api import conflicts, refusals, results
from lexweb.sandbox.api.actions import Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.finance import balances, cash_boxes, naming
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, as_json

COLLECTION = "cash-boxes"
MOST_BALANCES = 100  # on a page


def find(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/cash-boxes: all; not a page, only ``content``."""
    every = caller.organization.shelf(cash_boxes.KIND)
    return as_json({"content": [naming.shown(record.document, naming.CASH_BOX) for record in every]})


def create(state: State, call: Call, caller: Caller, /) -> Answer:
    """POST /v1/cash-boxes: 201."""
    draft = refusals.draft(state, call, cash_boxes.SHAPE)
    refusals.check(state, call, cash_boxes.wrong_in_new(caller.organization, draft))
    now = state.clock.stamp()
    head = {"id": str(uuid.uuid4()), "createdDate": now, "updatedDate": now, "version": 0}
    document = head | cash_boxes.new(caller.organization, draft)
    caller.organization.shelf(cash_boxes.KIND).put(Record(document))
    state.changed()
    return results.created(call, COLLECTION, document)


def read(state: State, call: Call, caller: Caller, /, cash_box_id: str) -> Answer:
    """GET /v1/cash-boxes/{id}."""
    return as_json(naming.shown(_record(state, call, caller, cash_box_id).document, naming.CASH_BOX))


def update(state: State, call: Call, caller: Caller, /, cash_box_id: str) -> Answer:
    """PUT /v1/cash-boxes/{id}: only its name can change; 409 for a stale version."""
    record = _record(state, call, caller, cash_box_id)
    draft, shelf = refusals.draft(state, call, cash_boxes.SHAPE), caller.organization.shelf(cash_boxes.KIND)
    record = conflicts.edited(state, call, caller, shelf, record, None, member="cashBoxName")
    refusals.check(state, call, cash_boxes.wrong_in_changed(caller.organization, draft, record.id))
    refusals.check_version(state, call, draft["version"], record, "version")
    record = shelf.put(record.changed({"cashBoxName": draft["cashBoxName"]}, state.clock.stamp()))
    state.changed()
    return results.updated(call, COLLECTION, record.document)


def delete(state: State, call: Call, caller: Caller, /, cash_box_id: str) -> Answer:
    """DELETE /v1/cash-boxes/{id}: 204; 409 once it has vouchers."""
    record = _record(state, call, caller, cash_box_id)
    if balances.of(caller.organization, record.id):
        raise refusals.regular(state, call, 409, "The cash box has vouchers")
    caller.organization.shelf(cash_boxes.KIND).remove(record.id)
    state.changed()
    return Answer(204)


def find_balances(state: State, call: Call, caller: Caller, /, cash_box_id: str) -> Answer:
    """GET /v1/cash-boxes/{id}/balances: one page, by number or days; the latest first (our choice)."""
    ours = balances.of(caller.organization, _record(state, call, caller, cash_box_id).id)
    try:
        number, size = paging.wanted(call.params, largest=MOST_BALANCES)
        found, sort = balances.found(ours, call.params)
    except ValueError as bad:
        raise refusals.regular(state, call, 400, str(bad)) from bad
    return as_json(paging.page(found, number, size, sort))


def create_balance(state: State, call: Call, caller: Caller, /, cash_box_id: str) -> Answer:
    """POST /v1/cash-boxes/{id}/balances: 201 with the closing, its amounts as numbers."""
    record = _record(state, call, caller, cash_box_id)
    draft = refusals.draft(state, call, balances.SHAPE)
    refusals.check(state, call, balances.wrong(caller.organization, record.id, draft))
    document = balances.stored(caller.organization, record.id, draft)
    caller.organization.shelf(balances.KIND).put(Record(document))
    state.changed()
    return as_json(balances.shown(document), 201)


def _record(state: State, call: Call, caller: Caller, cash_box_id: str) -> Record:
    return refusals.found(state, call, caller.organization.shelf(cash_boxes.KIND), cash_box_id)


ROUTES: Routes = {
    "/v1/cash-boxes": {
        "GET": Action(find, "cashbox.read", partner=True),
        "POST": Action(create, "cashbox.write", partner=True),
    },
    "/v1/cash-boxes/{cash_box_id}": {
        "GET": Action(read, "cashbox.read", partner=True),
        "PUT": Action(update, "cashbox.write", partner=True),
        "DELETE": Action(delete, "cashbox.delete", partner=True),
    },
    "/v1/cash-boxes/{cash_box_id}/balances": {
        "GET": Action(find_balances, "cashbox.read", partner=True),
        "POST": Action(create_balance, "cashbox.write", partner=True),
    },
}
