"""The files resource (behaviour.md, chapters 9 and 10; OAuth and the Partner API, chapter 5)."""

import re
from urllib.parse import quote

from lexweb.sandbox import bodies
from lexweb.sandbox.api import legacy
from lexweb.sandbox.api.actions import BOOKKEEPING, Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.api.vouchers import uploaded
from lexweb.sandbox.bodies import Issue
from lexweb.sandbox.files import downloads, storing
from lexweb.sandbox.files.downloads import Download
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.sales import media, papers
from lexweb.sandbox.sales.kinds import Kind
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.vouchers import intake, recognition, rules
from lexweb.sandbox.web import Answer, Call, Json, Refused, as_json

PROCESSING, DONE = "upload_processing", "upload_success"


def upload(state: State, call: Call, caller: Caller, /) -> Answer:
    """POST /v1/files: 202. A receipt makes a voucher, blank at first; an attachment, for partners only, does not."""
    kind = _type(call)
    if kind not in {"voucher", "attachment"} or (kind == "attachment" and caller.grant_id is None):
        raise legacy.malformed("type")
    name, content = uploaded(call)
    try:
        record = _taken(state, caller.organization, kind, name, content)
    except storing.Unacceptable as refusal:
        raise legacy.invalid([Issue(refusal.key, "file")]) from refusal
    shown: Json = {"id": record.id}
    if record.document["voucherId"]:
        shown["voucherId"] = record.document["voucherId"]
    return as_json(shown, 202)


def download(state: State, call: Call, caller: Caller, /, file_id: str) -> Answer:
    """GET /v1/files/{id}: a receipt in the form that Accept asks for, or the file of a sales document (deprecated)."""
    file_id = rules.canonical_id(file_id) or ""
    accept = call.headers.get("accept", "")
    with state.lock:  # for finding it; to make it may take a while, which nobody else has to wait for
        record = caller.organization.shelf("files").get(file_id)
        document = None if record else papers.owner(caller.organization, file_id)
    if document:
        return _sales_file(caller.organization, *document, accept)
    if record is None:
        raise legacy.not_found()
    try:
        return answer(downloads.download(record, accept))
    except downloads.NoSuchForm as none:
        raise _no_such_form(none.status) from none


def status(state: State, call: Call, caller: Caller, /, file_id: str) -> Answer:
    """GET /v1/files/{id}/status: whether text recognition is done; deprecated, and for partners."""
    record = caller.organization.shelf("files").get(rules.canonical_id(file_id) or "")
    if record is None:
        raise legacy.not_found()
    voucher = recognition.settle(state, caller.organization).get(record.document["voucherId"] or "")
    blank = voucher is not None and voucher.document["voucherStatus"] == "blank"
    return as_json({"id": record.id, "status": PROCESSING if blank else DONE})


def answer(found: Download) -> Answer:
    """A file to save, under its own name."""
    ascii_only = re.sub(r'[^ -~]|["\\?]', "_", found.name)  # a name for any disk, where only this one is understood
    disposition = f"attachment; filename=\"{ascii_only}\"; filename*=UTF-8''{quote(found.name)}"
    return Answer(200, found.content, {"Content-Type": found.media_type, "Content-Disposition": disposition})


def _sales_file(organization: Organization, kind: Kind, record: Record, accept: str) -> Answer:
    if found := papers.file(organization, kind, record, accept):
        return found
    raise _no_such_form(404 if downloads.XML in media.ranges(accept) else 406)


def _no_such_form(status: int) -> Refused:
    key = "missing_entity" if status == 404 else "invalid_value"
    return Refused(bodies.legacy(status, [Issue(key, "Accept")]))


def _type(call: Call) -> str | None:
    try:
        return call.fields.get("type")
    except ValueError as broken:
        raise legacy.malformed(None) from broken


def _taken(state: State, organization: Organization, kind: str, name: str, content: bytes) -> Record:
    if kind == "voucher":
        return intake.receive(state, organization, name, content)
    storing.check_attachment(name, content)
    if first := storing.known(organization, content, attachment=True):
        return first
    record = storing.store(organization, name, content, voucher_id=None)
    state.changed()
    return record


ROUTES: Routes = {
    "/v1/files": {"POST": Action(upload, "files.write", feature=BOOKKEEPING, media_type="multipart/form-data")},
    "/v1/files/{file_id}": {"GET": Action(download, "files.read", feature=BOOKKEEPING, unlocked=True)},
    "/v1/files/{file_id}/status": {"GET": Action(status, "files.status", feature=BOOKKEEPING, partner=True)},
}
