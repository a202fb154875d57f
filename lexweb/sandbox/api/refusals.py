"""Refusals with the regular body, for resources that were made after contacts, files and vouchers."""

from collections.abc import Iterable

from lexweb.sandbox import bodies
from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.shaping import Malformed, Shaper, body
from lexweb.sandbox.shelf import Record, Shelf
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Call, Json, Refused


def regular(state: State, call: Call, status: int, message: str) -> Refused:
    """Any status, with one sentence."""
    return Refused(bodies.regular(status, call.path, message, state.clock.stamp()))


def not_found(state: State, call: Call) -> Refused:
    """404, also for what belongs to another organization (behaviour.md, chapter 4)."""
    return regular(state, call, 404, "Requested resource does not exist")


def stale(state: State, call: Call, member: str = "version") -> Refused:
    """409: somebody changed it first."""
    return regular(state, call, 409, f"{member} is not the current one")


def check(state: State, call: Call, findings: Iterable[Detail]) -> None:
    """
    Let a body pass in which nothing is wrong.

    :raises Refused: 406 with the findings
    """
    if found := list(findings):
        raise Refused(bodies.regular(406, call.path, "Validation failed", state.clock.stamp(), found))


def draft(state: State, call: Call, shape: Shaper) -> Json:
    """
    The writable part of the body.

    :raises Refused: 400, it is not JSON or has members of the wrong type
    """
    return shaped(state, call, shape, decoded(state, call))


def decoded(state: State, call: Call) -> object:
    """
    The body as JSON.

    :raises Refused: 400
    """
    try:
        value: object = call.json()
    except ValueError as broken:
        raise regular(state, call, 400, "The request body is not JSON") from broken
    return value


def shaped(state: State, call: Call, shape: Shaper, value: object) -> Json:
    """
    The writable part of a value, which may be one item of a body.

    :raises Refused: 400
    """
    try:
        return body(shape, value)
    except Malformed as malformed:
        raise regular(state, call, 400, f"Malformed: {malformed.source or 'the body'}") from malformed


def found(state: State, call: Call, shelf: Shelf, record_id: str) -> Record:
    """
    The record with this id.

    :raises Refused: 404
    """
    record = shelf.get(record_id.lower())
    if record is None:
        raise not_found(state, call)
    return record


def check_version(state: State, call: Call, sent: int, record: Record, member: str) -> None:
    """
    Let a write pass that knows the record's current version.

    :raises Refused: 409
    """
    if sent != record.document["version"]:
        raise stale(state, call, member)
