"""Contacts: the list, one of them, a new one."""

from collections.abc import Callable

from lexweb.sandbox.contacts import rules, writing
from lexweb.sandbox.contacts.book import Record
from lexweb.sandbox.office import contact_check, contact_form, listing
from lexweb.sandbox.office.mistakes import Mistake
from lexweb.sandbox.office.visit import Routes, Visit, missing
from lexweb.sandbox.web import Answer, Json, redirect


def every(visit: Visit, /) -> Answer:
    """GET: 50 contacts by name; ``q`` searches names and numbers."""
    text = visit.call.params.get("q", "")
    wanted = text.strip().casefold()
    found = [
        each for each in visit.organization.contacts.ordered() if wanted in each.name.casefold() or _is(each, wanted)
    ]
    return visit.page("contacts", listing=listing.page(visit, found), q=text, numbers=_numbers)


def one(visit: Visit, /, contact_id: str) -> Answer:
    """GET: the contact and its form."""
    return _shown(visit, _record(visit, contact_id))


def change(visit: Visit, /, contact_id: str) -> Answer:
    """POST: what the pressed button says."""
    record, form = _record(visit, contact_id), visit.call.form

    def edited(done: str, patch: Callable[[], Json]) -> Callable[[], str]:
        return lambda: _edit(visit, record, patch(), done)

    actions = {
        "save": edited("saved", lambda: contact_form.changes(record.contact, form)),
        "archive": edited("archived", lambda: {"archived": True}),
        "restore": edited("restored", lambda: {"archived": False}),
        "add_email": edited("saved", lambda: contact_form.another_email(record.contact, form)),
        "add_address": edited("saved", lambda: contact_form.another_address(record.contact, form)),
    }
    try:
        return visit.pressed(actions)
    except Mistake as mistake:
        return _shown(visit, record, mistake)


def new(visit: Visit, /) -> Answer:
    """GET: an empty form."""
    return visit.page("new_contact", typed={"kind": "company", "customer": "on"})


def create(visit: Visit, /) -> Answer:
    """POST: a new contact."""
    form = visit.call.form
    try:
        draft = contact_form.draft(form)
        contact_check.check({}, draft)
    except Mistake as mistake:
        return visit.page("new_contact", mistake=str(mistake), typed=form)
    organization, now = visit.organization, visit.state.clock.stamp()
    record = writing.create(organization.contacts, draft, organization_id=organization.id, now=now)
    visit.state.publish(organization, "contact.created", record.contact["id"])
    return redirect(f"{visit.home}/contacts/{record.contact['id']}?done=created")


def _edit(visit: Visit, record: Record, patch: Json, done: str) -> str:
    """An empty patch is a save, too: the service counts the version up without asking what changed (our choice)."""
    contact_check.patched(record.contact, patch)
    writing.edit(visit.organization.contacts, record, patch, now=visit.state.clock.stamp())
    visit.state.publish(visit.organization, "contact.changed", record.contact["id"])
    return done


def _shown(visit: Visit, record: Record, mistake: Mistake | None = None) -> Answer:
    typed = visit.call.form if mistake and visit.call.form.get("action") == "save" else {}
    return visit.page(
        "contact",
        mistake=str(mistake or ""),
        contact=record.contact,
        name=record.name,
        fields=contact_form.fields(record.contact) | typed,
        locked=bool(rules.crowded(record.contact)),
        numbers=_numbers(record),
    )


def _record(visit: Visit, contact_id: str) -> Record:
    record = visit.organization.contacts.get(contact_id)
    if record is None:
        raise missing()
    return record


def _numbers(record: Record) -> str:
    return ", ".join(str(role.get("number", "")) for role in record.contact["roles"].values())


def _is(record: Record, number: str) -> bool:
    return any(str(role.get("number")) == number for role in record.contact["roles"].values())


ROUTES: Routes = {
    "/contacts": {"GET": every},
    "/contacts/new": {"GET": new, "POST": create},
    "/contacts/<contact_id>": {"GET": one, "POST": change},
}
