"""Hints which payment belongs to which voucher."""

from uuid import uuid4

import pydantic
import pytest

from lexweb.lexware import errors
from lexweb.lexware.api.partner.assignment_hints import Hint
from lexweb.lexware.office import Office
from tests.contract.connected import Connected


@pytest.mark.parametrize("named", [{}, {"external_reference": "a", "end_to_end_id": "b"}, {"endToEndId": ""}])
def test_exactly_one_identifier(named: dict[str, str]) -> None:
    with pytest.raises(pydantic.ValidationError, match="either a reference or an end-to-end id"):
        Hint.model_validate({"voucher_id": uuid4(), **named})


def test_one_hint_for_each_voucher(world: Connected) -> None:
    hint = world.hint()
    assert world.office.assignment_hints.create(hint) == hint
    with pytest.raises(errors.Rejected) as caught:
        world.office.assignment_hints.create(Hint(voucher_id=hint.voucher_id, end_to_end_id="andere"))
    assert [issue.source for issue in caught.value.issues] == ["voucherId"]


def test_a_voucher_that_is_not_there(partner_office: Office) -> None:
    with pytest.raises(errors.Rejected):
        partner_office.assignment_hints.create(Hint(voucher_id=uuid4(), end_to_end_id="x"))


def test_an_uncertain_hint_may_be_given_again(world: Connected) -> None:
    world.sandbox.fault("500_after", method="POST", path="/v1/transaction-assignment-hint")
    with pytest.raises(errors.Uncertain) as caught:
        world.office.assignment_hints.create(world.hint())
    assert "Rejected means" in caught.value.look
    with pytest.raises(errors.Rejected):
        world.office.assignment_hints.create(caught.value.sent)
