"""Creating sales documents."""

from lexweb.sandbox.sales import compose, finalizing, pursuing
from lexweb.sandbox.sales.draft import Draft
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State


def create(state: State, draft: Draft) -> Record:
    """Add a document in which ``rules`` found nothing wrong, as a draft or issued at once."""
    organization, kind, now = draft.organization, draft.kind, state.clock.stamp()
    layout = draft.body.get("printLayoutId")
    record = Record(compose.document(draft, now), {"print_layout": layout.lower()} if layout else {})
    organization.shelf(kind.path).put(record)
    state.publish(organization, f"{kind.event}.created", record.id)
    if before := draft.predecessor:
        successor = pursuing.reference(kind.type, record.document)
        pursuing.link(organization, before, successor, now)
        state.publish(organization, f"{before.kind.event}.changed", before.record.id)
    return finalizing.finalize(state, organization, kind.path, record) if draft.finalize else record
