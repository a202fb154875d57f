"""The vouchers resource: bookkeeping vouchers (behaviour.md, chapters 3, 5 and 12)."""

from collections.abc import Callable

from lexweb.sandbox import bodies, entities, paging
from lexweb.sandbox.api import conflicts, legacy, refusals, results
from lexweb.sandbox.api.actions import BOOKKEEPING, Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.bodies import Issue
from lexweb.sandbox.files import storing
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.vouchers import changing, desk, intake, recognition, rules, shape
from lexweb.sandbox.web import Answer, Call, Refused, as_json

COLLECTION = "vouchers"
STALE = Issue("invalid_value", "version")


def find(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/vouchers?voucherNumber=: a page of whole vouchers with exactly this number; deprecated, never sorted."""
    text = call.params.get("voucherNumber")
    if not text:
        raise refusals.regular(state, call, 400, "Missing required request parameter: voucherNumber")
    try:
        number, size = paging.wanted(call.params)
    except paging.BadPage as bad:
        raise refusals.regular(state, call, 400, str(bad)) from bad
    wanted = entities.plain(text)
    every = recognition.settle(state, caller.organization)
    found = [each.document for each in every if wanted and each.document.get("voucherNumber") == wanted]
    return as_json(paging.page(found, number, size))


def create(state: State, call: Call, caller: Caller, /) -> Answer:
    """POST /v1/vouchers: 201; booked at once, unless it says unchecked (which the fault "no_unchecked" refuses)."""
    draft = legacy.draft(call, shape.shaped)
    unchecked = draft.get("voucherStatus") == "unchecked"
    if unchecked and state.faults.take({"no_unchecked"}, call.method, call.path, caller.organization.id):
        raise legacy.invalid([Issue("invalid_value", "voucherStatus")])
    record = _valid(lambda: changing.create(state, caller.organization, draft))
    return results.created(call, COLLECTION, record.document)


def read(state: State, call: Call, caller: Caller, /, voucher_id: str) -> Answer:
    """GET /v1/vouchers/{id}."""
    return as_json(_record(state, caller, voucher_id).document)


def update(state: State, call: Call, caller: Caller, /, voucher_id: str) -> Answer:
    """PUT /v1/vouchers/{id}: replaces the whole voucher; a stale version is 409."""
    draft = legacy.draft(call, shape.shaped)
    record = _record(state, caller, voucher_id)
    if changes := conflicts.changes(state, call, caller, record.document, "remark"):
        record = _valid(lambda: desk.edit(state, caller.organization, record.id, changes))
    if "version" not in draft:
        raise legacy.invalid([Issue("missing_entity", "version")])
    if draft["version"] != record.document["version"]:
        raise Refused(bodies.legacy(409, [STALE]))
    record = _valid(lambda: changing.replace(state, caller.organization, record, draft))
    return results.updated(call, COLLECTION, record.document)


def delete(state: State, call: Call, caller: Caller, /, voucher_id: str) -> Answer:
    """DELETE /v1/vouchers/{id}: vouchers cannot be deleted; the answer is the one for an unknown id."""
    raise legacy.not_found()


def upload(state: State, call: Call, caller: Caller, /, voucher_id: str) -> Answer:
    """POST /v1/vouchers/{id}/files: adds a file, makes no voucher. Needs the scopes of vouchers and of files."""
    if "files.write" not in caller.scopes:
        raise Refused(bodies.gateway(403, "access_denied"))
    record = _record(state, caller, voucher_id)
    file = uploaded(call)
    try:
        stored = intake.attach(state, caller.organization, record, *file)
    except storing.Unacceptable as refusal:
        raise legacy.invalid([Issue(refusal.key, "file")]) from refusal
    return as_json({"id": stored.id}, 202)


def uploaded(call: Call) -> tuple[str, bytes]:
    """
    Name and content of the part ``file``.

    :raises Refused: 500 without it, as the reference says (behaviour.md, chapter 10); 400 for a broken body
    """
    try:
        part = call.files.get("file")
    except ValueError as broken:
        raise legacy.malformed(None) from broken
    if part is None:
        raise Refused(bodies.legacy(500, [Issue("technical_error", "file")], None))
    return part.name, part.content


def _valid(change: Callable[[], Record]) -> Record:
    try:
        return change()
    except changing.Invalid as invalid:
        raise legacy.invalid(invalid.issues) from invalid


def _record(state: State, caller: Caller, voucher_id: str) -> Record:
    record = recognition.settle(state, caller.organization).get(rules.canonical_id(voucher_id) or "")
    if record is None:
        raise legacy.not_found()
    return record


ROUTES: Routes = {
    "/v1/vouchers": {
        "GET": Action(find, "vouchers.read", feature=BOOKKEEPING),
        "POST": Action(create, "vouchers.write", feature=BOOKKEEPING),
    },
    "/v1/vouchers/{voucher_id}": {
        "GET": Action(read, "vouchers.read", feature=BOOKKEEPING),
        "PUT": Action(update, "vouchers.write", feature=BOOKKEEPING),
        "DELETE": Action(delete, "vouchers.write", feature=BOOKKEEPING),
    },
    "/v1/vouchers/{voucher_id}/files": {
        "POST": Action(
            upload, ("vouchers.write", "files.write"), feature=BOOKKEEPING, media_type="multipart/form-data"
        ),
    },
}
