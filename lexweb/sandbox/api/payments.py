"""Payments of sales documents and bookkeeping vouchers: read-only, by the document's id (behaviour.md, chapter 13)."""

from lexweb.sandbox.api import refusals
from lexweb.sandbox.api.actions import BOOKKEEPING, Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.sales import payments
from lexweb.sandbox.sales.kinds import BY_PATH
from lexweb.sandbox.state import State
from lexweb.sandbox.vouchers import paying, recognition, rules
from lexweb.sandbox.web import Answer, Call, Json, as_json


def read(state: State, call: Call, caller: Caller, /, document_id: str) -> Answer:
    """GET /v1/payments/{id}: 406 for what cannot be paid, or not yet; that is no error condition."""
    recognition.settle(state, caller.organization)
    try:
        found = _payment(caller.organization, rules.canonical_id(document_id) or "")
    except LookupError as missing:
        raise refusals.not_found(state, call) from missing
    if found is None:
        raise refusals.regular(state, call, 406, "No payment information for this voucher/voucher type")
    return as_json(found)


def _payment(organization: Organization, document_id: str) -> Json | None:
    if voucher := organization.shelf("vouchers").get(document_id):
        return paying.payment(voucher)
    for kind in BY_PATH:
        if record := organization.shelf(kind).get(document_id):
            return payments.payment(kind, record)
    raise LookupError(document_id)


ROUTES: Routes = {"/v1/payments/{document_id}": {"GET": Action(read, "payments.read", feature=BOOKKEEPING)}}
