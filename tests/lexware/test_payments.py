"""Payments: what is open, and what has none."""

import pytest

from lexweb.lexware import errors
from lexweb.lexware.api.payments import NoPayments, Payment
from tests.contract import schema

DOCUMENT = "2fbf450c-f326-417c-973f-9a1743a7629b"


def test_an_open_document(stage, office, answer):
    stage.play(answer(200, schema.sample("payments.get.open.response")))
    payment = office.payments.get(DOCUMENT)
    assert payment
    assert isinstance(payment, Payment)
    assert (str(payment.open_amount), payment.payment_status, len(payment.payment_items)) == (
        "1344.73",
        "openRevenue",
        1,
    )
    assert stage.heard[0].target == f"/v1/payments/{DOCUMENT}"


def test_an_amount_may_be_a_string(stage, office, answer):
    stage.play(answer(200, schema.sample("payments.get.open.response") | {"openAmount": "0.10"}))
    assert office.payments.get(DOCUMENT).payload()["openAmount"] == 0.1


def test_406_is_no_error(stage, office, answer):
    body = schema.sample("error.regular.response") | {"status": 406}
    stage.play(answer(406, body))
    nothing = office.payments.get(DOCUMENT)
    assert isinstance(nothing, NoPayments)
    assert not nothing
    assert nothing.issues


@pytest.mark.parametrize(
    ("status", "error"), [(400, errors.Rejected), (404, errors.NotFound), (402, errors.PlanRequired)]
)
def test_other_refusals_are_errors(stage, office, answer, status, error):
    stage.play(answer(status, {"message": "no"}))
    with pytest.raises(error):
        office.payments.get(DOCUMENT)
