"""Cash boxes (OAuth and the Partner API, chapter 5; schema CashBoxCreate)."""

from collections.abc import Iterator

from lexweb.sandbox import dates, findings
from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.shaping import integer, members, number, text
from lexweb.sandbox.web import Json

KIND = "cash-boxes"
RESERVED = "Hauptkasse"
_NEEDED = ("cashBoxName", "openingDate", "openingAmount", "currency", "identifier")
SHAPE = members(
    dict.fromkeys(("cashBoxName", "openingDate", "currency", "externalReference", "identifier"), text)
    | {"openingAmount": number, "version": integer},
    keep_empty=True,
)


def wrong_in_new(organization: Organization, draft: Json) -> Iterator[Detail]:
    """What is wrong with a cash box to be created."""
    yield from (findings.missing(name) for name in _NEEDED if name not in draft)
    yield from dates.invalid(draft, "openingDate", "openingDate")
    if "openingAmount" in draft:
        yield from findings.amount(draft["openingAmount"], 2, "openingAmount", least=0)
    if draft.get("currency", "EUR") != "EUR":
        yield findings.wrong("currency", "muss EUR sein")
    yield from _taken(organization, draft, "identifier", None)
    yield from _wrong_name(organization, draft, None)


def wrong_in_changed(organization: Organization, draft: Json, cash_box_id: str) -> Iterator[Detail]:
    """What is wrong with a cash box to be renamed; the version is only looked for."""
    yield from (findings.missing(name) for name in ("cashBoxName", "version") if name not in draft)
    yield from _wrong_name(organization, draft, cash_box_id)


def new(organization: Organization, draft: Json) -> Json:
    """The members of a new cash box."""
    document = {name: value for name, value in draft.items() if name != "version"}
    return {"organizationId": organization.id} | document | {"openingAmount": float(draft["openingAmount"])}


def _wrong_name(organization: Organization, draft: Json, own_id: str | None) -> Iterator[Detail]:
    if draft.get("cashBoxName", "").strip().casefold() == RESERVED.casefold():
        yield findings.wrong("cashBoxName", f"{RESERVED} gibt es schon")
    yield from _taken(organization, draft, "cashBoxName", own_id)


def _taken(organization: Organization, draft: Json, member: str, own_id: str | None) -> Iterator[Detail]:
    others = (record.document for record in organization.shelf(KIND) if record.id != own_id)
    if member in draft and any(other[member] == draft[member] for other in others):
        yield findings.wrong(member, "ist schon vergeben")
