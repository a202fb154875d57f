"""Recurring templates, read-only (behaviour.md, chapter 14)."""

from lexweb.sandbox import paging
from lexweb.sandbox.api import refusals
from lexweb.sandbox.api.actions import INVOICING, Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, Json, as_json

KIND = "recurring-templates"
SORTS = ("createdDate", "updatedDate", "lastExecutionDate", "nextExecutionDate")
DEFAULT_SORT = "updatedDate,DESC"
SHORT = (
    "id",
    "organizationId",
    "title",
    "createdDate",
    "updatedDate",
    "totalPrice",
    "paymentConditions",
    "recurringTemplateSettings",
)


def find(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/recurring-templates: one page of short forms, the last changed first unless ``sort`` says else."""
    member, comma, direction = (call.params.get("sort") or DEFAULT_SORT).partition(",")
    if member not in SORTS or (comma and direction not in ("ASC", "DESC")):
        raise refusals.regular(state, call, 400, "parameter 'sort' is invalid")
    try:
        number, size = paging.wanted(call.params)
    except paging.BadPage as bad:
        raise refusals.regular(state, call, 400, str(bad)) from bad
    ascending = direction != "DESC"
    records = sorted(caller.organization.shelf(KIND), key=lambda record: _key(record, member), reverse=not ascending)
    sort = paging.sorted_by(member, ascending=ascending)
    return as_json(paging.page([_short(record.document) for record in records], number, size, sort))


def read(state: State, call: Call, caller: Caller, /, template_id: str) -> Answer:
    """GET /v1/recurring-templates/{id}."""
    record = caller.organization.shelf(KIND).get(template_id.lower())
    if record is None:
        raise refusals.not_found(state, call)
    return as_json(record.document)


def _key(record: Record, member: str) -> tuple[str, str]:
    document = record.document
    value = document.get(member) or document["recurringTemplateSettings"].get(member) or ""
    return value, record.id


def _short(template: Json) -> Json:
    address = {name: template["address"][name] for name in ("contactId", "name") if name in template["address"]}
    return {name: template[name] for name in SHORT if name in template} | {"address": address}


ROUTES: Routes = {
    "/v1/recurring-templates": {"GET": Action(find, "recurring-templates.read", feature=INVOICING)},
    "/v1/recurring-templates/{template_id}": {"GET": Action(read, "recurring-templates.read", feature=INVOICING)},
}
