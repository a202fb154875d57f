"""Every operation of the contract: there is a method for it, the sandbox has it, and the two understand each other."""

import pytest

from lexweb.sandbox.api import routes
from tests.contract import schema
from tests.contract.calls import CALLS, NOT_OURS
from tests.contract.connected import Connected
from tests.contract.witness import Witness


def test_every_operation_has_a_method() -> None:
    assert {operation.id for operation in schema.every()} == CALLS.keys() | NOT_OURS


@pytest.mark.parametrize(
    "operation", [each for each in schema.every() if each.path.startswith("/v1/")], ids=lambda each: each.id
)
def test_every_operation_has_a_route(operation: schema.Operation) -> None:
    found = routes.find(operation.path.replace("{", "").replace("}", ""))
    assert found is not None
    assert operation.method in found[0]


@pytest.mark.parametrize("name", CALLS)
def test_every_method_reaches_its_operation(name: str, world: Connected, witness: Witness) -> None:
    CALLS[name].call(world)
    before = witness.seen
    world.sandbox.state.journal.clear()

    CALLS[name].call(world)

    last = world.sandbox.requests()[-1]
    assert name in {operation.id for operation in schema.operations(last["method"], last["path"])}
    assert last["status"] < 300
    assert witness.seen > before or name in {"token", "revoke"}
