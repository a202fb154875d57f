"""What each kind of fault does to a request."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from lexweb.sandbox import bodies
from lexweb.sandbox.faults import AFTER, Fault
from lexweb.sandbox.web import Answer
from lexweb.sandbox.wire import Hangup

if TYPE_CHECKING:
    from lexweb.sandbox.state import State

Handle = Callable[[], Answer]

INSTEAD: dict[str, Answer] = {
    "429": bodies.gateway(429, "Rate limit exceeded"),
    "500": bodies.gateway(500, "Internal server error or rate limit exceeded"),
    "502": bodies.proxy_page(502, "Bad Gateway"),
    "503": bodies.gateway(503, "Service Unavailable"),
    "504": bodies.gateway(504, "Endpoint request timed out"),
    "plan_402": bodies.gateway(402, "Payment required"),
    "forbidden_403": bodies.gateway(403, "Forbidden"),
}


def carry_out(fault: Fault, handle: Handle, state: "State") -> Answer:
    """
    Answer a request the way the fault wants it; kinds ending in ``_after`` do what was asked and hide it.

    :raises Hangup: the connection is to end without a complete answer
    """
    if fault.kind == "slow":
        state.wait(fault.seconds)
        return handle()
    answer = handle() if fault.kind in AFTER else Answer(0)
    if fault.kind in {"timeout", "timeout_after"}:
        state.wait(fault.seconds)
        raise Hangup
    if fault.kind == "reset":
        raise Hangup(_torn(answer), reset=True)
    if fault.kind == "garbage":
        return Answer(200, answer.body[: max(1, len(answer.body) // 2)], {"Content-Type": _media_type(answer)})
    if fault.kind == "empty":
        return Answer(200, b"", {"Content-Type": _media_type(answer)})
    return INSTEAD[fault.kind.removesuffix("_after")]


def _torn(answer: Answer) -> bytes:
    """The head of an answer, which announces the whole body, and half of that body; without one, half of the head."""
    head = [
        f"HTTP/1.1 {answer.status} Torn",
        f"Content-Length: {len(answer.body)}",
        f"Content-Type: {_media_type(answer)}",
    ]
    if not answer.body:
        return head[0].encode()
    return "\r\n".join([*head, "", ""]).encode() + answer.body[: len(answer.body) // 2]


def _media_type(answer: Answer) -> str:
    """Downloads are torn and emptied as what they are."""
    return answer.headers.get("Content-Type", "application/json")
