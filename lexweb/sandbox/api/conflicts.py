"""
Two users at one record, on demand: the fault foreign_edit for any resource with versions.

In a PUT, after the record is found and before its version is looked at:

    record = conflicts.edited(state, call, caller, shelf, record, "article.changed", member="note")
"""

from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.contacts import writing
from lexweb.sandbox.contacts.book import Record as Contact
from lexweb.sandbox.shelf import Record, Shelf
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Call, Json

MARK = " (geändert)"


def edited(
    state: State, call: Call, caller: Caller, shelf: Shelf, record: Record, event: str | None, *, member: str
) -> Record:
    """
    The record after somebody else's edit, if the fault "foreign_edit" waits for this request; else as it is.

    :param event: what to publish then, such as "article.changed"
    :param member: the text that gets a mark, if the fault does not say what changes (as a JSON merge patch)
    """
    patch = changes(state, call, caller, record.document, member)
    if patch is None:
        return record
    document = writing.merge(record.document, patch)
    record = shelf.put(record.changed(document | {"version": record.document["version"]}, state.clock.stamp()))
    if event:
        state.publish(caller.organization, event, record.id)
    return record


def edited_contact(state: State, call: Call, caller: Caller, contact: Contact) -> Contact:
    """The contact after somebody else's edit, likewise."""
    patch = changes(state, call, caller, contact.contact, "note")
    if patch is None:
        return contact
    contact = writing.edit(caller.organization.contacts, contact, patch, now=state.clock.stamp())
    state.publish(caller.organization, "contact.changed", contact.contact["id"])
    return contact


def changes(state: State, call: Call, caller: Caller, document: Json, member: str) -> Json | None:
    """What somebody else changes right now, as a JSON merge patch; None if nobody does."""
    fault = state.faults.take({"foreign_edit"}, call.method, call.path, caller.organization.id)
    if fault is None:
        return None
    return fault.changes or {member: f"{document.get(member) or ''}{MARK}"}
