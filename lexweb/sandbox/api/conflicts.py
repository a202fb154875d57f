"""
Two users at one record, on demand: the fault foreign_edit for any resource with versions.

In a PUT, after the record is found and before its version is looked at:

    record = conflicts.edited(state, call, caller, shelf, record, "article.changed", member="note")
"""

from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.contacts.writing import merge
from lexweb.sandbox.shelf import Record, Shelf
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Call

MARK = " (geändert)"


def edited(
    state: State, call: Call, caller: Caller, shelf: Shelf, record: Record, event: str | None, *, member: str
) -> Record:
    """
    The record after somebody else's edit, if the fault "foreign_edit" waits for this request; else as it is.

    :param event: what to publish then, such as "article.changed"
    :param member: the text that gets a mark, if the fault does not say what changes (as a JSON merge patch)
    """
    fault = state.faults.take({"foreign_edit"}, call.method, call.path, caller.organization.id)
    if fault is None:
        return record
    changes = fault.changes or {member: f"{record.document.get(member) or ''}{MARK}"}
    document = merge(record.document, changes)
    record = shelf.put(record.changed(document | {"version": record.document["version"]}, state.clock.stamp()))
    if event:
        state.publish(caller.organization, event, record.id)
    return record
