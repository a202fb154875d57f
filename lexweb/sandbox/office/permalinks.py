"""Deep links, as lexweb and others make them: /permalink/{resource}/view/{id} (behaviour.md, chapter 14)."""

from lexweb.sandbox.oauth.authorize import COOKIE
from lexweb.sandbox.office.visit import missing
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.sales.kinds import BY_PATH
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, redirect

VIEW, EDIT = "view", "edit"
# Where the links of a resource may lead: shelves, and below which address of the organization they are shown.
SHELVES: dict[str, tuple[str, ...]] = {path: (path,) for path in BY_PATH if path != "down-payment-invoices"}
SHELVES |= {"invoices": ("invoices", "down-payment-invoices"), "vouchers": ("vouchers",)}
TEMPLATES = "recurring-templates"
VERBS = {"contacts": {VIEW}, TEMPLATES: {EDIT}}


def followed(state: State, call: Call, /, resource: str, verb: str, record_id: str) -> Answer:
    """GET: to the page. Contacts can only be viewed, templates only be edited."""
    if verb not in VERBS.get(resource, {VIEW, EDIT}):
        raise missing()
    with state.lock:
        for organization in _likely_first(state, resource):
            if address := _address(organization, resource, record_id.lower()):
                return redirect(f"/o/{organization.id}{address}", status=302)
    raise missing()


def inbox(state: State, call: Call, /) -> Answer:
    """GET /permalink/files/view: the inbox of whoever is logged in; all others choose first."""
    with state.lock:
        mine = state.organizations.get(state.logins.get(call.cookie(COOKIE) or "", ""))
    return redirect(f"/o/{mine.id}/upload" if mine else "/?to=upload", status=302)


def _address(organization: Organization, resource: str, record_id: str) -> str | None:
    if resource == "contacts":
        return f"/contacts/{record_id}" if organization.contacts.get(record_id) else None
    if resource == TEMPLATES:
        return f"/{TEMPLATES}/{record_id}" if organization.shelf(TEMPLATES).get(record_id) else None
    for kind in SHELVES.get(resource, ()):
        if organization.shelf(kind).get(record_id):
            return f"/vouchers/{record_id}" if kind == "vouchers" else f"/sales/{kind}/{record_id}"
    return None


def _likely_first(state: State, resource: str) -> list[Organization]:
    """First those whose records somebody has asked for already: the others have to be made for the search."""
    return sorted(state.organizations.values(), key=lambda each: each.opened(resource) is None)
