"""The transaction-assignment-hint resource (OAuth and the Partner API, chapter 5)."""

from lexweb.sandbox.api import refusals
from lexweb.sandbox.api.actions import Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.finance import assignments
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, as_json


def create(state: State, call: Call, caller: Caller, /) -> Answer:
    """POST /v1/transaction-assignment-hint: 201 with the hint as it was sent; 406 for a second one of a voucher."""
    draft = refusals.draft(state, call, assignments.SHAPE)
    refusals.check(state, call, assignments.findings(caller.organization, draft))
    assignments.note(caller.organization, draft)
    state.changed()
    return as_json(draft, 201)


ROUTES: Routes = {
    "/v1/transaction-assignment-hint": {
        "POST": Action(create, "transaction-assignment-hint.write", partner=True),
    },
}
