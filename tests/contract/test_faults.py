"""Every operation under every fault: the error that the client package promises, and nothing else."""

import re

import pytest

from lexweb.lexware import errors
from tests.contract import schema
from tests.contract.calls import CALLS
from tests.contract.connected import Connected

Error = type[errors.LexwareError]
OPERATIONS = {each.id: each for each in schema.every() if each.id in CALLS and each.path.startswith("/v1/")}
FILES = {name for name in OPERATIONS if name.startswith("download")}
SILENT = {name for name in OPERATIONS if name.startswith(("delete", "send"))}  # their answer has no body
PROMISED: dict[str, tuple[Error | None, Error | None]] = {
    # fault: of a read, of a write; None for success
    "429": (errors.RateLimited, errors.RateLimited),
    "500": (errors.Unavailable, errors.Uncertain),
    "502": (errors.Unavailable, errors.Uncertain),
    "503": (errors.Unavailable, errors.Uncertain),
    "504": (errors.Unavailable, errors.Uncertain),
    "500_after": (errors.Unavailable, errors.Uncertain),
    "504_after": (errors.Unavailable, errors.Uncertain),
    "timeout": (errors.Unavailable, errors.Uncertain),
    "timeout_after": (errors.Unavailable, errors.Uncertain),
    "reset": (errors.Unavailable, errors.Uncertain),
    "garbage": (errors.Unexpected, errors.Uncertain),
    "empty": (errors.Unexpected, errors.Uncertain),
    "plan_402": (errors.PlanRequired, errors.PlanRequired),
    "forbidden_403": (errors.Forbidden, errors.Forbidden),
    "revoked": (errors.InvalidGrant, errors.InvalidGrant),
    "expired_token": (None, None),  # renewed, and asked again
    "slow": (None, None),
}


def promised(name: str, fault: str) -> Error | None:
    """What is promised for an operation."""
    reading = OPERATIONS[name].method == "GET"
    if fault in {"garbage", "empty"} and name in FILES:
        return None  # half a file that claims to be whole: only who knows its hash can tell
    if fault in {"garbage", "empty"} and name in SILENT:
        return None
    return PROMISED[fault][0 if reading else 1]


@pytest.mark.parametrize("fault", PROMISED)
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_fault_is_told_as_promised(name: str, fault: str, world: Connected) -> None:
    call = CALLS[name].call
    world.ready_for(name, call)
    operation, expected = OPERATIONS[name], promised(name, fault)
    pattern = re.sub(r"\{\w+\}", "*", operation.path)
    once = fault in {"expired_token", "revoked"}
    seconds = 0.3 if "timeout" in fault else 0.02
    world.sandbox.fault(fault, method=operation.method, path=pattern, count=1 if once else None, seconds=seconds)
    if "timeout" in fault:
        world.hurry(operation.method, pattern)

    if expected is None:
        call(world)
        return
    with pytest.raises(expected) as caught:
        call(world)
    _says_enough(caught.value, operation)


def _says_enough(error: errors.LexwareError, operation: schema.Operation) -> None:
    assert type(error).__name__ in repr(error)
    assert error.method == operation.method or isinstance(error, errors.OAuthError)
    if isinstance(error, errors.Uncertain):
        assert error.look
        assert error.sent is not None or operation.method == "DELETE"
    if isinstance(error, errors.PlanRequired | errors.Forbidden):
        assert error.need is not None
        assert error.need.tier in {"public", "partner"}
