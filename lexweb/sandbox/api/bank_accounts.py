"""
The bank accounts of contacts (OAuth and the Partner API, chapter 5).

They have no version of their own: each change moves the contact's, and a PUT has to know that one.
"""

import uuid
from collections.abc import Iterator

from lexweb.sandbox.api import conflicts, refusals, results
from lexweb.sandbox.api.actions import Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.contacts.book import Record as Contact
from lexweb.sandbox.finance import banking
from lexweb.sandbox.findings import missing
from lexweb.sandbox.shaping import integer, members, text
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, Json, as_json

KIND = "bank-accounts"
MEMBERS = ("accountHolder", "bankName", "iban", "bic")
SHAPE = members(dict.fromkeys(MEMBERS, text) | {"version": integer}, keep_empty=True)


def find(state: State, call: Call, caller: Caller, /, contact_id: str) -> Answer:
    """GET /v1/contacts/{id}/bankaccounts: a bare array."""
    contact = _contact(state, call, caller, contact_id)
    return as_json([_shown(record, contact) for record in _all(caller, contact)])


def create(state: State, call: Call, caller: Caller, /, contact_id: str) -> Answer:
    """POST /v1/contacts/{id}/bankaccounts: 200 with the contact's new version; one that is sent is ignored."""
    contact, draft = _contact(state, call, caller, contact_id), refusals.draft(state, call, SHAPE)
    refusals.check(state, call, _findings(draft))
    now = state.clock.stamp()
    document = {"id": str(uuid.uuid4()), **_written(draft), "createdDate": now}
    return _put(state, call, caller, contact, Record(document, {"contactId": contact.contact["id"]}))


def read(state: State, call: Call, caller: Caller, /, contact_id: str, bank_account_id: str) -> Answer:
    """GET /v1/contacts/{id}/bankaccounts/{id}."""
    contact = _contact(state, call, caller, contact_id)
    return as_json(_shown(_record(state, call, caller, contact, bank_account_id), contact))


def update(state: State, call: Call, caller: Caller, /, contact_id: str, bank_account_id: str) -> Answer:
    """PUT /v1/contacts/{id}/bankaccounts/{id}: 409 unless the version is the contact's."""
    contact = _contact(state, call, caller, contact_id)
    record, draft = _record(state, call, caller, contact, bank_account_id), refusals.draft(state, call, SHAPE)
    contact = conflicts.edited_contact(state, call, caller, contact)
    refusals.check(state, call, [] if "version" in draft else [missing("version")])
    refusals.check(state, call, _findings(draft))
    if draft["version"] != contact.contact["version"]:
        raise refusals.stale(state, call)
    return _put(state, call, caller, contact, Record(record.document | _written(draft), record.hidden))


def delete(state: State, call: Call, caller: Caller, /, contact_id: str, bank_account_id: str) -> Answer:
    """DELETE /v1/contacts/{id}/bankaccounts/{id}: 204."""
    contact = _contact(state, call, caller, contact_id)
    record = _record(state, call, caller, contact, bank_account_id)
    caller.organization.shelf(KIND).remove(record.id)
    _touch(state, caller, contact)
    return Answer(204)


def _contact(state: State, call: Call, caller: Caller, contact_id: str) -> Contact:
    contact = caller.organization.contacts.get(contact_id.lower())
    if contact is None:
        raise refusals.not_found(state, call)
    return contact


def _all(caller: Caller, contact: Contact) -> list[Record]:
    return [each for each in caller.organization.shelf(KIND) if each.hidden["contactId"] == contact.contact["id"]]


def _record(state: State, call: Call, caller: Caller, contact: Contact, bank_account_id: str) -> Record:
    record = refusals.found(state, call, caller.organization.shelf(KIND), bank_account_id)
    if record.hidden["contactId"] != contact.contact["id"]:
        raise refusals.not_found(state, call)
    return record


def _findings(draft: Json) -> Iterator[Detail]:
    yield from (missing(name) for name in MEMBERS if name not in draft)
    yield from banking.findings(draft)


def _written(draft: Json) -> Json:
    return banking.stored({name: draft[name] for name in MEMBERS})


def _put(state: State, call: Call, caller: Caller, contact: Contact, record: Record) -> Answer:
    caller.organization.shelf(KIND).put(record)
    contact = _touch(state, caller, contact)
    head = {"version": contact.contact["version"], "updatedDate": contact.updated}
    return results.updated(call, f"contacts/{contact.contact['id']}/bankaccounts", record.document | head)


def _touch(state: State, caller: Caller, contact: Contact) -> Contact:
    """The contact's next version."""
    contact = contact.changed(contact.contact, state.clock.stamp())
    caller.organization.contacts.put(contact)
    state.publish(caller.organization, "contact.changed", contact.contact["id"])
    return contact


def _shown(record: Record, contact: Contact) -> Json:
    shown = {name: record.document[name] for name in ("id", *MEMBERS)}
    return shown | {"version": contact.contact["version"]}


ROUTES: Routes = {
    "/v1/contacts/{contact_id}/bankaccounts": {
        "GET": Action(find, "contacts.bankaccounts.read", partner=True),
        "POST": Action(create, "contacts.bankaccounts.write", partner=True),
    },
    "/v1/contacts/{contact_id}/bankaccounts/{bank_account_id}": {
        "GET": Action(read, "contacts.bankaccounts.read", partner=True),
        "PUT": Action(update, "contacts.bankaccounts.write", partner=True),
        "DELETE": Action(delete, "contacts.bankaccounts.write", partner=True),
    },
}
