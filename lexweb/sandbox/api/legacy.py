"""Refusals with the legacy body, for contacts, files and vouchers."""

from collections.abc import Callable, Iterable
from typing import Any

from lexweb.sandbox import bodies
from lexweb.sandbox.bodies import Issue
from lexweb.sandbox.shaping import Malformed
from lexweb.sandbox.web import Call, Json, Refused


def invalid(issues: Iterable[Issue]) -> Refused:
    """406 with what is wrong in a body."""
    return Refused(bodies.legacy(406, issues))


def malformed(source: str | None) -> Refused:
    """400: not what the resource can read at all."""
    return Refused(bodies.legacy(400, [Issue("bad_request_error", source)], None))


def not_found() -> Refused:
    """404, also for what belongs to another organization and for DELETE where nothing can be deleted."""
    return Refused(bodies.legacy(404, [Issue("missing_entity", "id")]))


def draft(call: Call, shaped: Callable[[Any], Json]) -> Json:
    """
    The writable part of the body.

    :raises Refused: 400, it is not JSON or has members of the wrong type
    """
    try:
        return shaped(call.json())
    except Malformed as wrong:
        raise malformed(wrong.source or None) from wrong
    except ValueError as broken:
        raise malformed(None) from broken
