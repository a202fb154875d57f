"""What partners can do with sales documents: mail them, answer for a linked system (partner-openapi.yaml)."""

from collections.abc import Iterator
from functools import partial

from lexweb.sandbox.api import refusals, results
from lexweb.sandbox.api.actions import INVOICING, Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.contacts.rules import EMAIL
from lexweb.sandbox.findings import missing, one_of, wrong
from lexweb.sandbox.sales import papers
from lexweb.sandbox.sales.kinds import ALL, INVOICES, Kind
from lexweb.sandbox.shaping import integer, items, members, text
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, Json, as_json

ATTACHED = ("id", "fileName", "fileExtension")
ENDINGS = ("pdf", "png", "jpg", "jpeg")
MAIL = members(
    {
        **dict.fromkeys(("subject", "message", "signature"), text),
        "recipients": items(text),
        "attachments": items(members(dict.fromkeys(ATTACHED, text), keep_empty=True)),
    },
    keep_empty=True,
)
STATUS = members({"status": text, "version": integer}, keep_empty=True)


def send(kind: Kind, state: State, call: Call, caller: Caller, /, document_id: str) -> Answer:
    """POST /v1/{kind}/{id}/sendmail: 202. The sandbox sends nothing, it only remembers (``hidden["mails"]``)."""
    shelf = caller.organization.shelf(kind.path)
    record = _record(state, call, shelf.get(document_id.lower()))
    mail = refusals.draft(state, call, MAIL)
    refusals.check(state, call, _mail_findings(caller, mail))
    if not papers.printed(kind, record):
        raise refusals.regular(state, call, 406, "The document is a draft and cannot be sent")
    sent = {**mail, "at": state.clock.stamp()}
    shelf.put(record.with_hidden(mails=[*record.hidden.get("mails", ()), sent]))
    state.changed()
    return Answer(202)


def read_interaction(state: State, call: Call, caller: Caller, /, document_id: str) -> Answer:
    """GET /v1/invoices/{id}/interaction-status: TRANSMITTED until somebody answers."""
    record = _record(state, call, caller.organization.shelf("invoices").get(document_id.lower()))
    return as_json(_interaction(record))


def update_interaction(state: State, call: Call, caller: Caller, /, document_id: str) -> Answer:
    """PUT /v1/invoices/{id}/interaction-status: accepted or rejected; a stale version is 409."""
    shelf = caller.organization.shelf("invoices")
    record = _record(state, call, shelf.get(document_id.lower()))
    given = refusals.draft(state, call, STATUS)
    refusals.check(state, call, _status_findings(given))
    present = _interaction(record)
    if given["version"] != present["version"]:
        raise refusals.stale(state, call)
    changed = {"status": given["status"].upper(), "version": present["version"] + 1, "updatedDate": state.clock.stamp()}
    record = shelf.put(record.with_hidden(interaction=changed))
    state.changed()
    return results.updated(call, "invoices", record.document | changed)


def _record(state: State, call: Call, record: Record | None) -> Record:
    if record is None:
        raise refusals.not_found(state, call)
    return record


def _mail_findings(caller: Caller, mail: Json) -> Iterator[Detail]:
    if "recipients" not in mail:
        yield missing("recipients")
    for index, recipient in enumerate(mail.get("recipients", ())):
        if not EMAIL.fullmatch(recipient):
            yield wrong(f"recipients[{index}]", "muss eine E-Mail-Adresse sein", "EMAIL")
    for index, attachment in enumerate(mail.get("attachments", ())):
        source = f"attachments[{index}]"
        yield from (missing(f"{source}.{name}") for name in ATTACHED if name not in attachment)
        yield from one_of(attachment.get("fileExtension", "pdf").lower(), ENDINGS, f"{source}.fileExtension")
        if "id" in attachment and caller.organization.shelf("files").get(attachment["id"].lower()) is None:
            yield wrong(f"{source}.id", "Datei nicht gefunden")


def _status_findings(given: Json) -> Iterator[Detail]:
    yield from (missing(name) for name in ("status", "version") if name not in given)
    yield from one_of(given.get("status", "accepted"), ("accepted", "rejected"), "status")


def _interaction(record: Record) -> Json:
    document = record.document
    own: Json = {"status": "TRANSMITTED", "version": 0, "updatedDate": document["updatedDate"]}
    own |= record.hidden.get("interaction", {})
    head = {"organizationId": document["organizationId"], "resourceId": record.id}
    return head | {"createdDate": document["createdDate"]} | own


def _mails(kind: Kind) -> dict[str, Action]:
    return {"POST": Action(partial(send, kind), "vouchers.sendmail", partner=True, feature=INVOICING)}


ROUTES: Routes = {
    **{f"/v1/{kind.path}/{{document_id}}/sendmail": _mails(kind) for kind in ALL if kind.writable},
    f"/v1/{INVOICES.path}/{{document_id}}/interaction-status": {
        "GET": Action(read_interaction, "invoices.read", partner=True, feature=INVOICING),
        "PUT": Action(update_interaction, "invoices.read", partner=True, feature=INVOICING),
    },
}
