"""The articles resource (behaviour.md, chapters 3, 5 and 6)."""

from lexweb.sandbox import paging
from lexweb.sandbox.api import conflicts, refusals, results
from lexweb.sandbox.api.actions import INVOICING, Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.articles import rules, writing
from lexweb.sandbox.findings import missing, wrong
from lexweb.sandbox.shelf import Record, Shelf
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, as_json

KIND = "articles"
FILTERS = ("articleNumber", "gtin", "type")
SMALLEST = 25  # smaller pages were refused in a live probe


def find(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/articles: one page by title. Filters compare in full; there is no text search."""
    try:
        number, size = paging.wanted(call.params, smallest=SMALLEST)
    except paging.BadPage as bad:
        raise refusals.regular(state, call, 400, str(bad)) from bad
    wanted = {name: call.params[name] for name in FILTERS if call.params.get(name)}
    if wanted.get("type", rules.TYPES[0]) not in rules.TYPES:
        raise refusals.regular(state, call, 400, "parameter 'type' is invalid")
    every = (record.document for record in _shelf(caller))
    found = [each for each in every if all(each[name] == value for name, value in wanted.items())]
    found.sort(key=lambda article: (article["title"], article["id"]))
    return as_json(paging.page(found, number, size, paging.sorted_by("title")))


def create(state: State, call: Call, caller: Caller, /) -> Answer:
    """POST /v1/articles: 201 with the short answer. ``version`` is 0 or absent."""
    draft = refusals.draft(state, call, rules.SHAPE)
    shelf = _shelf(caller)
    stale = [wrong("version", "muss 0 sein")] if draft.get("version", 0) else []
    refusals.check(state, call, [*stale, *rules.findings(draft, shelf)])
    record = writing.create(shelf, draft, organization_id=caller.organization.id, now=state.clock.stamp())
    state.publish(caller.organization, "article.created", record.id)
    return results.created(call, KIND, record.document)


def read(state: State, call: Call, caller: Caller, /, article_id: str) -> Answer:
    """GET /v1/articles/{id}."""
    return as_json(_record(state, call, caller, article_id).document)


def update(state: State, call: Call, caller: Caller, /, article_id: str) -> Answer:
    """PUT /v1/articles/{id}: replaces the whole article; a stale version is 409."""
    draft = refusals.draft(state, call, rules.SHAPE)
    record, shelf = _record(state, call, caller, article_id), _shelf(caller)
    record = conflicts.edited(state, call, caller, shelf, record, "article.changed", member="note")
    absent = [] if "version" in draft else [missing("version")]
    refusals.check(state, call, [*absent, *rules.findings(draft, shelf, record.id)])
    if draft["version"] != record.document["version"]:
        raise refusals.stale(state, call)
    record = writing.replace(shelf, record, draft, now=state.clock.stamp())
    state.publish(caller.organization, "article.changed", record.id)
    return results.updated(call, KIND, record.document)


def delete(state: State, call: Call, caller: Caller, /, article_id: str) -> Answer:
    """DELETE /v1/articles/{id}: 204, and the article is gone; documents that name it keep what they say."""
    record = _record(state, call, caller, article_id)
    _shelf(caller).remove(record.id)
    state.publish(caller.organization, "article.deleted", record.id)
    return Answer(204)


def _shelf(caller: Caller) -> Shelf:
    return caller.organization.shelf(KIND)


def _record(state: State, call: Call, caller: Caller, article_id: str) -> Record:
    record = _shelf(caller).get(article_id.lower())
    if record is None:
        raise refusals.not_found(state, call)
    return record


ROUTES: Routes = {
    "/v1/articles": {
        "GET": Action(find, "articles.read", feature=INVOICING),
        "POST": Action(create, "articles.write", feature=INVOICING),
    },
    "/v1/articles/{article_id}": {
        "GET": Action(read, "articles.read", feature=INVOICING),
        "PUT": Action(update, "articles.write", feature=INVOICING),
        "DELETE": Action(delete, "articles.write", feature=INVOICING),
    },
}
