"""
The event-subscriptions resource (behaviour.md, chapter 15).

Subscriptions belong to the API key or grant they were made with: others of the same organization neither see nor
delete them, and may subscribe to the same.
"""

from collections.abc import Iterator

from lexweb.sandbox import bodies
from lexweb.sandbox.api import refusals, results
from lexweb.sandbox.api.actions import Action, Routes
from lexweb.sandbox.api.caller import Caller, identify
from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.findings import missing, wrong
from lexweb.sandbox.shaping import Shaper, members, text
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, Json, Refused, as_json
from lexweb.sandbox.webhooks import subscriptions
from lexweb.sandbox.webhooks.line import Line

SHAPED: dict[str, Shaper] = {"eventType": text, "callbackUrl": text}
SHAPE = members(SHAPED, keep_empty=True)


def find(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/event-subscriptions: all of this connection; not a page, only ``content``."""
    ours = subscriptions.of_connection(caller.organization, caller.connection_id)
    return as_json({"content": [_shown(record) for record in ours]})


def create(state: State, call: Call, caller: Caller, /) -> Answer:
    """POST /v1/event-subscriptions: 201; 409 for a pair there is already; 406 if the address fails a HEAD request."""
    draft = refusals.draft(state, call, SHAPE)
    plain = state.options.allows_http_callbacks
    refusals.check(state, call, _findings(draft, plain=plain))
    with state.lock:
        _check_new(state, call, caller, draft)
    if not _reachable(draft["callbackUrl"]):
        refusals.check(state, call, [wrong("callbackUrl", "Adresse beantwortet keine HEAD-Anfrage")])
    with state.lock:  # meanwhile anything may have happened
        if identify(state, call.bearer) is None:
            raise Refused(bodies.gateway(401, "Unauthorized"))
        _check_new(state, call, caller, draft)
        organization, now = state.organizations[caller.organization.id], state.clock.stamp()
        event_type, url = draft["eventType"], draft["callbackUrl"]
        record = subscriptions.add(organization, caller.connection_id, event_type, url, now=now)
        state.changed()
    return results.created(call, subscriptions.KIND, record.document | {"updatedDate": now, "version": 0})


def read(state: State, call: Call, caller: Caller, /, subscription_id: str) -> Answer:
    """GET /v1/event-subscriptions/{id}: the id is called subscriptionId here."""
    return as_json(_shown(_record(state, call, caller, subscription_id)))


def delete(state: State, call: Call, caller: Caller, /, subscription_id: str) -> Answer:
    """DELETE /v1/event-subscriptions/{id}: 204. What is on its way is not sent any more."""
    record = _record(state, call, caller, subscription_id)
    subscriptions.remove(caller.organization, [record])
    state.webhooks.forget(record.id)
    state.changed()
    return Answer(204)


def _findings(draft: Json, *, plain: bool) -> Iterator[Detail]:
    for name in SHAPED:
        if name not in draft:
            yield missing(name)
    if "eventType" in draft and draft["eventType"] not in subscriptions.EVENT_TYPES:
        yield wrong("eventType", "unbekannter Ereignistyp")
    if "callbackUrl" in draft and not subscriptions.acceptable(draft["callbackUrl"], plain=plain):
        yield wrong("callbackUrl", "muss eine HTTPS-Adresse sein")


def _check_new(state: State, call: Call, caller: Caller, draft: Json) -> None:
    organization = state.organizations[caller.organization.id]
    ours = subscriptions.of_connection(organization, caller.connection_id)
    if any(all(each.document[name] == draft[name] for name in SHAPED) for each in ours):
        raise refusals.regular(state, call, 409, "This event type is already subscribed to with this address")


def _reachable(url: str) -> bool:
    """Whether a HEAD request succeeds; which answers count is not documented: all below 400 (our choice)."""
    with Line(url) as line:
        status = line.send("HEAD").status
    return status is not None and status < 400


def _record(state: State, call: Call, caller: Caller, subscription_id: str) -> Record:
    record = caller.organization.shelf(subscriptions.KIND).get(subscription_id.lower())
    if record is None or record.hidden["connectionId"] != caller.connection_id:
        raise refusals.not_found(state, call)
    return record


def _shown(record: Record) -> Json:
    return {("subscriptionId" if name == "id" else name): value for name, value in record.document.items()}


ROUTES: Routes = {
    "/v1/event-subscriptions": {"GET": Action(find), "POST": Action(create, unlocked=True)},
    "/v1/event-subscriptions/{subscription_id}": {"GET": Action(read), "DELETE": Action(delete)},
}
