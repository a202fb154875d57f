"""GET /v1/payments/{id}."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import pytest

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.server import RunningSandbox
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.vouchers import desk
from tests.contract import schema
from tests.sandbox.bookkeeping import PURCHASE, SALE, UNKNOWN, conforms, create, organization, picture, upload

UNCHECKED = {"type": "purchaseinvoice", "taxType": "gross", "useCollectiveContact": True, "voucherStatus": "unchecked"}


@pytest.fixture
def ours(sandbox: RunningSandbox, brandt: dict[str, Any]) -> Organization:
    return organization(sandbox, brandt)


def payment(api: httpx.Client, document_id: str) -> Any:
    return conforms(api.get(f"/v1/payments/{document_id}"), 200)


@pytest.mark.parametrize(
    ("draft", "kind", "direction"),
    [
        (SALE, "salesinvoice", "openRevenue"),
        (SALE, "salescreditnote", "openRevenue"),  # keeps the direction of its side
        (PURCHASE, "purchaseinvoice", "openExpense"),
        (PURCHASE, "purchasecreditnote", "openExpense"),
    ],
)
def test_open_vouchers(api: httpx.Client, draft: dict[str, Any], kind: str, direction: str) -> None:
    voucher = create(api, draft, type=kind)
    assert payment(api, voucher["id"]) == {
        "openAmount": 119.0,
        "currency": "EUR",
        "paymentStatus": direction,
        "voucherType": kind,
        "voucherStatus": "open",
        "paymentItems": [],
    }


def test_payments_and_the_last_of_them(api: httpx.Client, sandbox: RunningSandbox, ours: Organization) -> None:
    voucher = create(api, PURCHASE)
    desk.pay(sandbox.state, ours, voucher["id"], Decimal("100.10"), on=date(2026, 11, 9))
    found = payment(api, voucher["id"])
    assert (found["openAmount"], found["voucherStatus"], "paidDate" in found) == (18.9, "open", False)
    desk.pay(sandbox.state, ours, voucher["id"], on=date(2026, 11, 5), kind="partPaymentCashBox")
    found = payment(api, voucher["id"])
    assert (found["openAmount"], found["paymentStatus"], found["voucherStatus"]) == (0.0, "balanced", "paid")
    assert found["paidDate"] == "2026-11-09T00:00:00.000+01:00"
    assert [(item["amount"], item["paymentItemType"]) for item in found["paymentItems"]] == [
        (100.1, "manualPayment"),
        (18.9, "partPaymentCashBox"),
    ]


def test_voided_vouchers_are_balanced(api: httpx.Client, ours: Organization) -> None:
    voucher = create(api)
    record = ours.shelf("vouchers").get(voucher["id"])
    assert record is not None
    ours.shelf("vouchers").put(record.changed({"voucherStatus": "voided"}, voucher["updatedDate"]))
    found = payment(api, voucher["id"])
    assert (found["openAmount"], found["paymentStatus"], "paidDate" in found) == (0.0, "balanced", False)


def test_no_payments_before_booking(api: httpx.Client) -> None:
    blank = conforms(upload(api, "a.png", picture()), 202)["voucherId"]
    for voucher_id in (create(api, UNCHECKED)["id"], blank):
        refused = conforms(api.get(f"/v1/payments/{voucher_id}"), 406)
        assert refused["message"] == "No payment information for this voucher/voucher type"


@pytest.mark.parametrize(
    ("path", "changes", "status"),
    [
        ("invoices", {"voucherStatus": "open"}, 200),
        ("invoices", {"voucherStatus": "draft"}, 406),
        ("down-payment-invoices", {}, 200),
        ("credit-notes", {"voucherStatus": "open", "relatedVouchers": []}, 200),
        ("quotations", {}, 406),
        ("order-confirmations", {}, 406),
        ("delivery-notes", {}, 406),
        ("dunnings", {}, 406),
    ],
)
def test_sales_documents(
    api: httpx.Client, ours: Organization, path: str, changes: dict[str, Any], status: int
) -> None:
    document = schema.sample(f"{path}.get.response") | {"id": str(uuid.uuid4())} | changes
    ours.shelf(path).put(Record(document))
    conforms(api.get(f"/v1/payments/{document['id']}"), status)


@pytest.mark.parametrize("document_id", [UNKNOWN, "kein-uuid"])
def test_unknown_documents(api: httpx.Client, document_id: str) -> None:
    conforms(api.get(f"/v1/payments/{document_id}"), 404)
