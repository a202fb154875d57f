"""
Invoices, quotations and the other sales documents (behaviour.md, chapters 5, 8 and 9).

All kinds share these handlers; the first argument says which one an address belongs to. There is no list, and
nothing that exists can be changed: no PUT, no DELETE, no action routes.
"""

from functools import partial

from lexweb.sandbox import bodies
from lexweb.sandbox.api import refusals, results
from lexweb.sandbox.api.actions import INVOICING, Action, Handler, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.flags import flag
from lexweb.sandbox.sales import media, papers, rules, writing
from lexweb.sandbox.sales.draft import Draft
from lexweb.sandbox.sales.kinds import ALL, Kind
from lexweb.sandbox.sales.shape import SHAPES
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, Refused, as_json


def create(kind: Kind, state: State, call: Call, caller: Caller, /) -> Answer:
    """POST /v1/{kind}: a draft, or with ``finalize=true`` an issued document."""
    finalize = flag(call.params.get("finalize") or "false")
    if finalize is None:
        raise refusals.regular(state, call, 400, "parameter 'finalize' is invalid")
    body = refusals.draft(state, call, SHAPES[kind.path])
    draft = Draft(kind, caller.organization, body, finalize, call.params.get("precedingSalesVoucherId"))
    refusals.check(state, call, rules.findings(draft))
    if rules.needs_pro(draft) and "INVOICING_PRO" not in caller.organization.business_features:
        raise Refused(bodies.gateway(402, "Payment required"))
    return results.created(call, kind.path, writing.create(state, draft).document)


def read(kind: Kind, state: State, call: Call, caller: Caller, /, document_id: str) -> Answer:
    """GET /v1/{kind}/{id}."""
    return as_json(_record(kind, state, call, caller, document_id).document)


def file(kind: Kind, state: State, call: Call, caller: Caller, /, document_id: str) -> Answer:
    """
    GET /v1/{kind}/{id}/file: PDF, or XML if it is an XRechnung and nobody insists on PDF.

    Drafts have none (409). XML of what has only a PDF is 404 for kinds that can be e-invoices; all else is 406.
    """
    with state.lock:  # to print it may take a while, which nobody else has to wait for
        record = _record(kind, state, call, caller, document_id)
    if not papers.printed(kind, record):
        raise refusals.regular(state, call, 409, "The document is a draft and has no file")
    accept = call.headers.get("accept", "")
    found = papers.file(caller.organization, kind, record, accept)
    if found is None and kind.e_invoice and papers.XML in media.ranges(accept):
        raise refusals.not_found(state, call)
    if found is None:
        raise refusals.regular(state, call, 406, "No acceptable representation")
    return found


def document(kind: Kind, state: State, call: Call, caller: Caller, /, document_id: str) -> Answer:
    """GET /v1/{kind}/{id}/document: the id for GET /v1/files/{id}; deprecated since August 2025."""
    record = _record(kind, state, call, caller, document_id)
    if not papers.printed(kind, record):
        raise refusals.regular(state, call, 406, "Requesting PDF document is not possible in state draft.")
    return as_json({"documentFileId": papers.file_id(record.id)})


def find(kind: Kind, state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/{kind}: there is no list, the voucher list is the only index."""
    raise refusals.not_found(state, call)


def act(kind: Kind, state: State, call: Call, caller: Caller, /, document_id: str) -> Answer:
    """What old clients call ``/{id}/pursue`` or ``/{id}/finalize`` never existed here."""
    raise refusals.not_found(state, call)


def _record(kind: Kind, state: State, call: Call, caller: Caller, document_id: str) -> Record:
    record = caller.organization.shelf(kind.path).get(document_id.lower())
    if record is None:
        raise refusals.not_found(state, call)
    return record


def _routes(kind: Kind) -> Routes:
    reading, at = f"{kind.area}.read", f"/v1/{kind.path}"

    def reads(handler: Handler, *, unlocked: bool = False) -> dict[str, Action]:
        return {"GET": Action(partial(handler, kind), reading, feature=INVOICING, unlocked=unlocked)}

    routes = {at: reads(find), f"{at}/{{document_id}}": reads(read)}
    routes[f"{at}/{{document_id}}/file"] = reads(file, unlocked=True)
    if not kind.writable:
        return routes
    routes[at] |= {"POST": Action(partial(create, kind), f"{kind.area}.write", feature=INVOICING)}
    routes[f"{at}/{{document_id}}/document"] = reads(document)
    for name in ("pursue", "finalize"):
        routes[f"{at}/{{document_id}}/{name}"] = {
            method: Action(partial(act, kind), media_type=None) for method in ("GET", "POST", "PUT")
        }
    return routes


ROUTES: Routes = {address: actions for kind in ALL for address, actions in _routes(kind).items()}
