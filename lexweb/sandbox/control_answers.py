"""What the handlers of the control plane share."""

from typing import Any

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Call, Refused, as_json


def body(call: Call) -> dict[str, Any]:
    """
    The body, an object; empty if there is none.

    :raises Refused: 400
    """
    try:
        found = call.json() if call.body else {}
    except ValueError as broken:
        raise bad("the body is not JSON") from broken
    if not isinstance(found, dict):
        raise bad("the body is not a JSON object")
    return found


def bad(message: str) -> Refused:
    """400 with one sentence."""
    return Refused(as_json({"message": message}, 400))


def organization(state: State, organization_id: str) -> Organization:
    """
    An organization by its id.

    :raises Refused: 404
    """
    found = state.organizations.get(organization_id)
    if found is None:
        raise Refused(as_json({"message": "no such organization"}, 404))
    return found
