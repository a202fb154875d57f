"""The finance/transactions resource (OAuth and the Partner API, chapter 5). There is no list of all of them."""

import uuid
from collections.abc import Iterator

from lexweb.sandbox.api import conflicts, refusals, results
from lexweb.sandbox.api.actions import Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.finance import accounts, assignments, naming, transactions
from lexweb.sandbox.findings import missing, wrong
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, Json, as_json

COLLECTION = "finance/transactions"


def create(state: State, call: Call, caller: Caller, /) -> Answer:
    """
    POST /v1/finance/transactions: 201 with all records; all are refused if one is bad.

    A known external reference is skipped in silence, and the stored record comes back.
    """
    drafts = _drafts(state, call)
    refusals.check(state, call, _findings(caller.organization, drafts))
    records = [_stored(caller.organization, draft, state.clock.stamp()) for draft in drafts]
    state.changed()
    return as_json([_shown(record) for record in records], 201)


def latest(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/finance/transactions/latest-transaction?financialAccountId=…: 404 if there is none."""
    account_id = call.params.get("financialAccountId")
    if not account_id:
        raise refusals.regular(state, call, 400, "parameter 'financialAccountId' is missing")
    refusals.found(state, call, caller.organization.shelf(accounts.KIND), account_id)
    shelf = caller.organization.shelf(transactions.KIND)
    ours = [each for each in shelf if each.document["financialAccountId"] == account_id.lower()]
    if not ours:
        raise refusals.not_found(state, call)
    # Of several on one day the one that came last.
    return as_json(_shown(max(reversed(ours), key=lambda each: str(each.document["transactionDate"])[:10])))


def read(state: State, call: Call, caller: Caller, /, transaction_id: str) -> Answer:
    """GET /v1/finance/transactions/{id}."""
    return as_json(_shown(_record(state, call, caller, transaction_id)))


def update(state: State, call: Call, caller: Caller, /, transaction_id: str) -> Answer:
    """
    PUT /v1/finance/transactions/{id}: seen in one client only.

    Account, external reference and assignments stay as they are (our choice); 409 for a stale lockVersion.
    """
    record = _record(state, call, caller, transaction_id)
    draft = refusals.draft(state, call, transactions.SHAPE)
    shelf, old = caller.organization.shelf(transactions.KIND), record.document
    record = conflicts.edited(state, call, caller, shelf, record, None, member="purpose")
    draft |= {"financialAccountId": old["financialAccountId"], "externalReference": old["externalReference"]}
    refusals.check(state, call, _wrong_in_changed(caller.organization, draft))
    refusals.check_version(state, call, draft["lockVersion"], record, "lockVersion")
    changes = transactions.written(draft)
    if assignments.of(record):
        changes |= transactions.assigned(changes["amount"], changes["amount"])
    record = shelf.put(record.changed(changes, state.clock.stamp()))
    state.changed()
    return results.updated(call, COLLECTION, record.document)


def delete(state: State, call: Call, caller: Caller, /, transaction_id: str) -> Answer:
    """DELETE /v1/finance/transactions/{id}: 204."""
    record = _record(state, call, caller, transaction_id)
    caller.organization.shelf(transactions.KIND).remove(record.id)
    state.changed()
    return Answer(204)


def list_assignments(state: State, call: Call, caller: Caller, /, transaction_id: str) -> Answer:
    """GET /v1/finance/transactions/{id}/assignments: a bare array of vouchers."""
    return as_json(assignments.of(_record(state, call, caller, transaction_id)))


def _drafts(state: State, call: Call) -> list[Json]:
    body = refusals.decoded(state, call)
    if not isinstance(body, list):
        raise refusals.regular(state, call, 400, "the body must be an array")
    if not 1 <= len(body) <= transactions.MOST:
        refusals.check(state, call, [wrong("", f"1 bis {transactions.MOST} Umsätze auf einmal")])
    return [refusals.shaped(state, call, transactions.SHAPE, each) for each in body]


def _findings(organization: Organization, drafts: list[Json]) -> Iterator[Detail]:
    for index, draft in enumerate(drafts):
        yield from transactions.wrong(organization, draft, f"[{index}].")


def _wrong_in_changed(organization: Organization, draft: Json) -> Iterator[Detail]:
    if "lockVersion" not in draft:
        yield missing("lockVersion")
    yield from transactions.wrong(organization, {k: v for k, v in draft.items() if v is not None}, "")


def _stored(organization: Organization, draft: Json, now: str) -> Record:
    if known := transactions.known(organization, draft):
        return known
    head = {"id": str(uuid.uuid4()), "createdDate": now, "updatedDate": now, "version": 0}
    record = organization.shelf(transactions.KIND).put(Record(head | transactions.written(draft)))
    return assignments.look_for_hints(organization, record)


def _shown(record: Record) -> Json:
    return naming.shown(record.document, naming.TRANSACTION)


def _record(state: State, call: Call, caller: Caller, transaction_id: str) -> Record:
    return refusals.found(state, call, caller.organization.shelf(transactions.KIND), transaction_id)


ROUTES: Routes = {
    "/v1/finance/transactions": {"POST": Action(create, "finance.write", partner=True)},
    "/v1/finance/transactions/latest-transaction": {"GET": Action(latest, "finance.read", partner=True)},
    "/v1/finance/transactions/{transaction_id}": {
        "GET": Action(read, "finance.read", partner=True),
        "PUT": Action(update, "finance.write", partner=True),
        "DELETE": Action(delete, "finance.delete", partner=True),
    },
    "/v1/finance/transactions/{transaction_id}/assignments": {
        "GET": Action(list_assignments, "finance.read", partner=True)
    },
}
