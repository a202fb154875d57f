"""What people do with vouchers in the web application."""

from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import pytest

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.paper import receipts
from lexweb.sandbox.server import RunningSandbox
from lexweb.sandbox.state import State
from lexweb.sandbox.vouchers import changing, desk
from tests.sandbox.bookkeeping import PURCHASE, RECEIPT, SALE, UNKNOWN, create, events, organization, read


@pytest.fixture
def state(sandbox: RunningSandbox) -> State:
    return sandbox.state


@pytest.fixture
def ours(sandbox: RunningSandbox, brandt: dict[str, Any]) -> Organization:
    return organization(sandbox, brandt)


def test_a_receipt_from_upload_to_payment(
    state: State, ours: Organization, api: httpx.Client, sandbox: RunningSandbox
) -> None:
    file = desk.upload(state, ours, "rechnung.pdf", receipts.pdf(RECEIPT))
    voucher_id = file.document["voucherId"]
    assert read(api, voucher_id)["voucherStatus"] == "blank"
    with pytest.raises(changing.Invalid, match="voucherStatus"):
        desk.edit(state, ours, voucher_id, {"remark": "zu früh"})
    state.clock.advance(31)
    item = {
        "amount": 119,
        "taxAmount": 19,
        "taxRatePercent": 19,
        "categoryId": PURCHASE["voucherItems"][0]["categoryId"],
    }
    desk.book(state, ours, voucher_id, {"voucherItems": [item]})
    voucher = read(api, voucher_id)
    assert (voucher["voucherStatus"], voucher["voucherNumber"]) == ("open", RECEIPT.number)
    assert voucher["files"] == [file.id]
    desk.pay(state, ours, voucher_id)
    assert read(api, voucher_id)["voucherStatus"] == "paid"
    assert events(sandbox, voucher_id) == [
        "voucher.created",
        "voucher.changed",
        "voucher.status.changed",
        "voucher.changed",
        "voucher.status.changed",
        "payment.changed",
        "voucher.status.changed",
    ]


def test_editing_keeps_the_status(state: State, ours: Organization, api: httpx.Client) -> None:
    voucher = create(api, remark="alt")
    desk.edit(state, ours, voucher["id"], {"remark": None, "voucherNumber": "Neu"})
    stored = read(api, voucher["id"])
    assert (stored["voucherNumber"], stored["voucherStatus"], "remark" in stored) == ("Neu", "open", False)
    with pytest.raises(changing.Invalid, match="voucherNumber: missing_entity"):
        desk.edit(state, ours, voucher["id"], {"voucherNumber": ""})


def test_paying_in_parts(state: State, ours: Organization, api: httpx.Client, sandbox: RunningSandbox) -> None:
    voucher = create(api, SALE | {"type": "salescreditnote"})
    desk.pay(state, ours, voucher["id"], Decimal("19.01"), on=date(2026, 11, 5))
    assert read(api, voucher["id"])["voucherStatus"] == "open"
    assert events(sandbox, voucher["id"])[-1] == "payment.changed"
    with pytest.raises(ValueError, match=r"99\.99"):
        desk.pay(state, ours, voucher["id"], Decimal(100))
    desk.pay(state, ours, voucher["id"], kind="cashDiscount")
    assert read(api, voucher["id"])["voucherStatus"] == "paidoff"
    with pytest.raises(ValueError, match="open"):
        desk.pay(state, ours, voucher["id"])


def test_a_higher_total_opens_a_paid_voucher_again(state: State, ours: Organization, api: httpx.Client) -> None:
    voucher = create(api)
    desk.pay(state, ours, voucher["id"])
    item = SALE["voucherItems"][0] | {"amount": 238, "taxAmount": 38}
    desk.edit(state, ours, voucher["id"], {"voucherItems": [item], "totalGrossAmount": 238, "totalTaxAmount": 38})
    assert read(api, voucher["id"])["voucherStatus"] == "open"


def test_unknown_vouchers(state: State, ours: Organization) -> None:
    for act in (desk.pay, desk.book, desk.archive):
        with pytest.raises(LookupError):
            act(state, ours, UNKNOWN)
