"""The start of everything, and of one organization: what is there and what has happened."""

from collections import Counter

from lexweb.sandbox.events import Event
from lexweb.sandbox.oauth.grants import Connection
from lexweb.sandbox.office import listing, words
from lexweb.sandbox.office.visit import Routes, Visit
from lexweb.sandbox.sales.kinds import BY_PATH
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, as_page

EVENTS = 12


def organizations(state: State, call: Call, /) -> Answer:
    """GET /: all organizations. ``to`` says which of their pages to go on to, such as "upload"."""
    with state.lock:
        to = "/upload" if call.params.get("to") == "upload" else ""
        return as_page("organizations", organizations=list(state.organizations.values()), to=to)


def one(visit: Visit, /) -> Answer:
    """GET: counts and the latest events."""
    organization = visit.organization
    counts = Counter((mark.kind, mark.status) for mark in listing.marks(visit))
    contacts = organization.contacts.ordered()
    return visit.page(
        "home",
        contacts=len(contacts),
        archived=sum(1 for each in contacts if each.contact["archived"]),
        unchecked=sum(count for (_, status), count in counts.items() if status in {"unchecked", "blank"}),
        connections=len(connections(visit)),
        vouchers={name: _states(counts, name) for name in words.VOUCHERS},
        sales={path: _states(counts, BY_PATH[path].type) for path in words.SALES if path != "dunnings"}
        | {"dunnings": {"draft": len(organization.shelf("dunnings"))}},
        events=_events(visit),
    )


def connections(visit: Visit) -> list[Connection]:
    """The OAuth connections of the organization, oldest first."""
    return [each for each in visit.state.grants.living() if each.organization_id == visit.organization.id]


def _states(counts: Counter[tuple[str, str]], kind: str) -> dict[str, int]:
    """How many documents of a kind are in which state, in the order of the words."""
    return {status: counts[kind, status] for status in words.STATUSES if counts[kind, status]}


def _events(visit: Visit) -> list[Event]:
    ours = [each for each in visit.state.events.shown() if each.organization_id == visit.organization.id]
    return ours[: -EVENTS - 1 : -1]


ROUTES: Routes = {"": {"GET": one}}
