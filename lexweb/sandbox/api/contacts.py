"""The contacts resource (behaviour.md, chapters 3, 5 and 7)."""

from lexweb.sandbox import bodies, paging
from lexweb.sandbox.api import conflicts, legacy, results
from lexweb.sandbox.api.actions import Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.bodies import Issue
from lexweb.sandbox.contacts import rules, search, shape, writing
from lexweb.sandbox.contacts.book import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, Json, Refused, as_json

COLLECTION = "contacts"
STALE = Issue("invalid_value", "version")


def find(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/contacts: one page of the contacts that pass all filters, by name."""
    try:
        number, size = paging.wanted(call.params, largest=search.LARGEST_SIZE)
        tests = search.tests(call.params)
    except (paging.BadPage, search.BadFilter) as bad:
        # A query error comes from the framework, so it has the regular body even here (our choice).
        return bodies.regular(400, call.path, str(bad), state.clock.stamp())
    found = [
        record.contact for record in caller.organization.contacts.ordered() if all(passes(record) for passes in tests)
    ]
    return as_json(paging.page(found, number, size, search.SORT))


def create(state: State, call: Call, caller: Caller, /) -> Answer:
    """POST /v1/contacts: 201 with the short answer and a Location."""
    draft = legacy.draft(call, shape.shaped)
    issues = _version(draft, 0) + rules.issues(draft)
    if issues:
        raise legacy.invalid(issues)
    organization = caller.organization
    record = writing.create(organization.contacts, draft, organization_id=organization.id, now=state.clock.stamp())
    state.publish(organization, "contact.created", record.contact["id"])
    return results.created(call, COLLECTION, _head(record))


def read(state: State, call: Call, caller: Caller, /, contact_id: str) -> Answer:
    """GET /v1/contacts/{id}."""
    return as_json(_record(caller, contact_id).contact)


def update(state: State, call: Call, caller: Caller, /, contact_id: str) -> Answer:
    """
    PUT /v1/contacts/{id}: replaces the whole contact.

    A stale version is 406 naming ``version``, as seen live, or 409 as in the reference while the fault
    "conflict_409" waits. A stored list with more than one entry refuses every update.
    """
    draft = legacy.draft(call, shape.shaped)
    record = _record(caller, contact_id)
    record = conflicts.edited_contact(state, call, caller, record)
    stale = _version(draft, record.contact["version"])
    if stale == [STALE] and state.faults.take({"conflict_409"}, call.method, call.path, caller.organization.id):
        raise Refused(bodies.legacy(409, stale))
    issues = list(dict.fromkeys(stale + rules.crowded(record.contact) + rules.issues(draft)))
    if issues:
        raise legacy.invalid(issues)
    record = writing.replace(caller.organization.contacts, record, draft, now=state.clock.stamp())
    state.publish(caller.organization, "contact.changed", contact_id.lower())
    return results.updated(call, COLLECTION, _head(record))


def delete(state: State, call: Call, caller: Caller, /, contact_id: str) -> Answer:
    """DELETE /v1/contacts/{id}: contacts cannot be deleted; the answer is the one for an unknown id."""
    raise legacy.not_found()


def _version(draft: Json, expected: int) -> list[Issue]:
    if "version" not in draft:
        return [Issue("missing_entity", "version")]
    return [] if draft["version"] == expected else [STALE]


def _record(caller: Caller, contact_id: str) -> Record:
    record = caller.organization.contacts.get(contact_id.lower())
    if record is None:
        raise legacy.not_found()
    return record


def _head(record: Record) -> Json:
    return record.contact | {"createdDate": record.created, "updatedDate": record.updated}


ROUTES: Routes = {
    "/v1/contacts": {"GET": Action(find, "contacts.read"), "POST": Action(create, "contacts.write")},
    "/v1/contacts/{contact_id}": {
        "GET": Action(read, "contacts.read"),
        "PUT": Action(update, "contacts.write"),
        "DELETE": Action(delete, "contacts.write"),
    },
}
