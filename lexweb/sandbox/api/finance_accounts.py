"""The finance/accounts resource (OAuth and the Partner API, chapter 5). Its versions are called lockVersion."""

import uuid

from lexweb.sandbox.api import conflicts, refusals, results
from lexweb.sandbox.api.actions import Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.finance import accounts, assignments, banking, naming, transactions
from lexweb.sandbox.findings import wrong
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, as_json

COLLECTION = "finance/accounts"


def find(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/finance/accounts: a bare array; by IBAN or by external reference, not by both (400: our choice)."""
    wanted = {name: call.params[name] for name in ("iban", "externalReference") if call.params.get(name)}
    if len(wanted) > 1:
        raise refusals.regular(state, call, 400, "iban and externalReference cannot be combined")
    if "iban" in wanted:
        wanted["iban"] = banking.compact(wanted["iban"])
    every = (record.document for record in caller.organization.shelf(accounts.KIND))
    found = [each for each in every if all(each[name] == value for name, value in wanted.items())]
    return as_json([naming.shown(each, naming.ACCOUNT) for each in found])


def create(state: State, call: Call, caller: Caller, /) -> Answer:
    """POST /v1/finance/accounts: 201."""
    draft = refusals.draft(state, call, accounts.SHAPE)
    refusals.check(state, call, accounts.wrong_in_new(draft))
    now = state.clock.stamp()
    head = {"id": str(uuid.uuid4()), "createdDate": now, "updatedDate": now, "version": 0}
    record = caller.organization.shelf(accounts.KIND).put(Record(head | accounts.new(draft)))
    state.changed()
    return results.created(call, COLLECTION, record.document)


def read(state: State, call: Call, caller: Caller, /, account_id: str) -> Answer:
    """GET /v1/finance/accounts/{id}."""
    return as_json(naming.shown(_record(state, call, caller, account_id).document, naming.ACCOUNT))


def update(state: State, call: Call, caller: Caller, /, account_id: str) -> Answer:
    """PUT /v1/finance/accounts/{id}: replaces it; 409 for a stale lockVersion."""
    record = _record(state, call, caller, account_id)
    draft = refusals.draft(state, call, accounts.SHAPE)
    shelf = caller.organization.shelf(accounts.KIND)
    record = conflicts.edited(state, call, caller, shelf, record, None, member="name")
    refusals.check(state, call, accounts.wrong_in_changed(draft))
    refusals.check_version(state, call, draft["lockVersion"], record, "lockVersion")
    record = shelf.put(record.changed(accounts.changed(record.document, draft), state.clock.stamp()))
    state.changed()
    return results.updated(call, COLLECTION, record.document)


def delete(state: State, call: Call, caller: Caller, /, account_id: str) -> Answer:
    """
    DELETE /v1/finance/accounts/{id}: 204, its transactions go with it (our choice).

    406 while one of them is assigned to a voucher.
    """
    record, shelf = _record(state, call, caller, account_id), caller.organization.shelf(transactions.KIND)
    ours = [each for each in shelf if each.document["financialAccountId"] == record.id]
    if any(assignments.of(each) for each in ours):
        refusals.check(state, call, [wrong("financialAccountId", "Umsätze sind Belegen zugeordnet")])
    for each in ours:
        shelf.remove(each.id)
    caller.organization.shelf(accounts.KIND).remove(record.id)
    state.changed()
    return Answer(204)


def _record(state: State, call: Call, caller: Caller, account_id: str) -> Record:
    return refusals.found(state, call, caller.organization.shelf(accounts.KIND), account_id)


ROUTES: Routes = {
    "/v1/finance/accounts": {
        "GET": Action(find, "finance.read", partner=True),
        "POST": Action(create, "finance.write", partner=True),
    },
    "/v1/finance/accounts/{account_id}": {
        "GET": Action(read, "finance.read", partner=True),
        "PUT": Action(update, "finance.write", partner=True),
        "DELETE": Action(delete, "finance.delete", partner=True),
    },
}
