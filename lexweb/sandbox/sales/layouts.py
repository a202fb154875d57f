"""The print layouts of an organization (behaviour.md, chapter 8). One of one's own needs INVOICING_PRO."""

import uuid
from functools import cache

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.web import Json

STANDARD, OWN = "Standard", "Englisch ohne Bankverbindung"


def every(organization: Organization) -> tuple[Json, ...]:
    """All layouts as the API shows them, the default one first."""
    return _every(organization.id, "INVOICING_PRO" in organization.business_features)


def find(organization: Organization, layout_id: str) -> Json | None:
    """The layout with this id."""
    return next((layout for layout in every(organization) if layout["id"] == layout_id.lower()), None)


def default(organization: Organization) -> str:
    """The id of the layout that is used if a document names none."""
    return str(every(organization)[0]["id"])


@cache
def _every(organization_id: str, pro: bool) -> tuple[Json, ...]:
    space = uuid.UUID(organization_id)
    names = (STANDARD, OWN) if pro else (STANDARD,)
    return tuple(
        {"id": str(uuid.uuid5(space, f"print-layout-{name}")), "name": name, "default": name == STANDARD}
        for name in names
    )
