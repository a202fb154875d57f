"""The voucher list (behaviour.md, chapter 11)."""

from lexweb.sandbox import paging
from lexweb.sandbox.api import refusals
from lexweb.sandbox.api.actions import Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.state import State
from lexweb.sandbox.voucherlist import index, query
from lexweb.sandbox.vouchers import recognition
from lexweb.sandbox.web import Answer, Call


def find(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/voucherlist: one page of all documents but dunnings and templates. Kind and status have to be said."""
    try:
        wanted = query.read(call.params)
        number, size = paging.wanted(call.params)
    except (query.BadQuery, paging.BadPage) as bad:
        raise refusals.regular(state, call, 400, str(bad)) from bad
    organization = caller.organization
    recognition.settle(state, organization)
    found = index.of(organization, state.clock.today()).select(wanted)
    sort = paging.sorted_by(wanted.sort.lower(), ascending=wanted.ascending)
    body = paging.encoded(found, number, size, sort)
    return Answer(200, body, {"Content-Type": "application/json"})


ROUTES: Routes = {"/v1/voucherlist": {"GET": Action(find, "voucherlist.read")}}
