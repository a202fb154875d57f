"""Documents that follow documents, and credit notes that settle invoices."""

from datetime import date
from typing import Any

import pytest

from lexweb.sandbox.sales import finalizing, paying
from lexweb.sandbox.shelf import Record
from tests.sandbox.sales.desk import ITEM, UNKNOWN, WRITABLE, Desk

PRECEDING = "precedingSalesVoucherId"
CHAIN = {
    "quotations": ("order-confirmations", "delivery-notes", "invoices"),
    "order-confirmations": ("delivery-notes", "invoices"),
    "delivery-notes": ("invoices",),
    "invoices": ("delivery-notes", "credit-notes", "dunnings"),
    "credit-notes": (),
}
STEPS = [(source, target) for source in CHAIN for target in WRITABLE]
DRAFTS_REFUSED = [
    ("order-confirmations", "delivery-notes"),
    ("order-confirmations", "invoices"),
    ("delivery-notes", "invoices"),
    ("invoices", "credit-notes"),
    ("invoices", "dunnings"),
]


def pursued(desk: Desk, target: str, source: dict[str, Any], **query: str) -> dict[str, Any]:
    return desk.create(target, **{PRECEDING: source["id"], **query})


@pytest.mark.parametrize(("source", "target"), STEPS)
def test_the_chain_and_nothing_else(desk: Desk, source: str, target: str) -> None:
    before = desk.issue(source)
    if target not in CHAIN[source]:
        assert desk.refused(target, desk.body(target), **{PRECEDING: before["id"]}) == {PRECEDING: "INVALID"}
        return
    after = pursued(desk, target, before)
    assert [each["id"] for each in after["relatedVouchers"]] == [before["id"]]
    assert after["relatedVouchers"][0]["voucherNumber"] == before["voucherNumber"]
    seen = desk.get(source, before["id"])
    assert seen["relatedVouchers"][-1]["id"] == after["id"]
    assert seen["version"] == before["version"] + 1


@pytest.mark.parametrize(("source", "target"), DRAFTS_REFUSED)
def test_drafts_that_cannot_be_followed(desk: Desk, source: str, target: str) -> None:
    before = desk.create(source)
    assert desk.refused(target, desk.body(target), **{PRECEDING: before["id"]}) == {PRECEDING: "INVALID"}


def test_a_draft_quotation_can(desk: Desk) -> None:
    pursued(desk, "invoices", desk.create("quotations"))


@pytest.mark.parametrize("item", [ITEM | {"optional": True}, ITEM | {"subItems": [ITEM | {"alternative": True}]}])
def test_quotations_with_choices_cannot_be_followed(desk: Desk, item: dict[str, Any]) -> None:
    before = desk.issue("quotations", desk.body("quotations", lineItems=[ITEM, item]))
    assert desk.refused("invoices", desk.body(), **{PRECEDING: before["id"]}) == {PRECEDING: "INVALID"}


def test_an_unknown_predecessor_is_refused(desk: Desk) -> None:
    assert desk.refused("invoices", desk.body(), **{PRECEDING: UNKNOWN}) == {PRECEDING: "INVALID"}


def test_contents_are_not_copied(desk: Desk) -> None:
    assert "lineItems" in desk.refused("invoices", {}, **{PRECEDING: desk.issue("quotations")["id"]})


class TestCreditNotes:
    def credited(self, desk: Desk, net: float, **query: str) -> tuple[str, dict[str, Any]]:
        """An invoice over 1190 euros and a credit note for it."""
        ten = [ITEM | {"quantity": 10}]
        invoice = desk.issue(body=desk.body(lineItems=ten))
        price = {"currency": "EUR", "netAmount": net, "taxRatePercentage": 19}
        body = desk.body("credit-notes", lineItems=[ITEM | {"unitPrice": price}])
        return invoice["id"], desk.create("credit-notes", body, **{PRECEDING: invoice["id"], **query})

    def test_an_issued_one_is_paid_off_and_lowers_what_is_open(self, desk: Desk) -> None:
        invoice_id, note = self.credited(desk, 100, finalize="true")
        assert note["voucherStatus"] == "paidoff"
        payment = desk.api.get(f"/v1/payments/{invoice_id}").json()
        assert (payment["openAmount"], payment["paymentItems"][0]["amount"]) == (1071.0, 119.0)
        assert payment["paymentItems"][0]["paymentItemType"] == "partPaymentCreditNote"
        assert desk.get("invoices", invoice_id)["voucherStatus"] == "open"
        assert desk.api.get(f"/v1/payments/{note['id']}").status_code == 406

    def test_a_full_one_settles_the_invoice(self, desk: Desk) -> None:
        invoice_id, _ = self.credited(desk, 1000, finalize="true")
        assert desk.get("invoices", invoice_id)["voucherStatus"] == "paid"
        assert desk.api.get(f"/v1/payments/{invoice_id}").json()["paymentStatus"] == "balanced"
        assert desk.events(invoice_id)[-2:] == ["invoice.status.changed", "payment.changed"]

    def test_a_draft_settles_when_somebody_issues_it(self, desk: Desk) -> None:
        invoice_id, note = self.credited(desk, 1000)
        assert desk.get("invoices", invoice_id)["voucherStatus"] == "open"
        state, record = desk.sandbox.state, desk.record("credit-notes", note["id"])
        with state.lock:
            finalizing.finalize(state, desk.organization, "credit-notes", record)
        assert desk.get("credit-notes", note["id"])["voucherStatus"] == "paidoff"
        assert desk.get("invoices", invoice_id)["voucherStatus"] == "paid"

    def test_there_is_at_most_one(self, desk: Desk) -> None:
        invoice_id, _ = self.credited(desk, 1)
        assert desk.refused("credit-notes", desk.body("credit-notes"), **{PRECEDING: invoice_id}) == {
            PRECEDING: "INVALID"
        }

    def test_an_untied_one_stays_open(self, desk: Desk) -> None:
        note = desk.issue("credit-notes")
        assert note["voucherStatus"] == "open"
        payment = desk.api.get(f"/v1/payments/{note['id']}").json()
        assert (payment["openAmount"], payment["paymentStatus"]) == (119.0, "openRevenue")

    def test_closing_invoices_have_none(self, desk: Desk) -> None:
        invoice = desk.issue()
        record = desk.record("invoices", invoice["id"])
        desk.organization.shelf("invoices").put(Record(record.document | {"closingInvoice": True}, record.hidden))
        assert desk.refused("credit-notes", desk.body("credit-notes"), **{PRECEDING: invoice["id"]}) == {
            PRECEDING: "INVALID"
        }


class TestDunnings:
    def test_contact_and_taxes_have_to_be_those_of_the_invoice(self, desk: Desk) -> None:
        invoice = desk.issue()
        other = desk.contact("contacts.create.company.request")
        wrong = desk.body("dunnings", address={"contactId": other}, taxConditions={"taxType": "vatfree"})
        refused = desk.refused("dunnings", wrong, **{PRECEDING: invoice["id"]})
        assert {"address.contactId", "taxConditions.taxType"} <= set(refused)
        one_time = desk.body("dunnings", address={"name": "Ole", "countryCode": "DE"})
        assert list(desk.refused("dunnings", one_time, **{PRECEDING: invoice["id"]})) == ["address.contactId"]

    def test_the_name_is_taken_from_the_invoice(self, desk: Desk) -> None:
        invoice = desk.issue(body=desk.body(address={"name": "Ole Tiedemann", "countryCode": "DE"}))
        body = desk.body("dunnings", address={"name": "Wer anders", "countryCode": "DE"})
        dunning = desk.create("dunnings", body, **{PRECEDING: invoice["id"]})
        assert dunning["address"]["name"] == "Ole Tiedemann"
        assert desk.get("invoices", invoice["id"])["relatedVouchers"] == [
            {"id": dunning["id"], "voucherType": "dunning"}
        ]

    def test_down_payment_invoices_can_be_dunned(self, desk: Desk) -> None:
        invoice = desk.record("invoices", desk.issue()["id"])
        down = {name: value for name, value in invoice.document.items() if name != "closingInvoice"} | {"id": UNKNOWN}
        desk.organization.shelf("down-payment-invoices").put(Record(down))
        dunning = desk.create("dunnings", **{PRECEDING: UNKNOWN})
        assert dunning["relatedVouchers"][0]["voucherType"] == "downpaymentinvoice"
        assert desk.get("down-payment-invoices", UNKNOWN)["relatedVouchers"][0]["id"] == dunning["id"]


def test_paying_in_parts(desk: Desk) -> None:
    invoice, state = desk.issue(), desk.sandbox.state
    with state.lock:
        record = desk.record("invoices", invoice["id"])
        record = paying.pay(state, desk.organization, "invoices", record, 19, date(2026, 4, 10))
        assert record.document["voucherStatus"] == "open"
        paying.pay(state, desk.organization, "invoices", record, 100, date(2026, 4, 20), "cashDiscount")
    assert desk.get("invoices", invoice["id"])["voucherStatus"] == "paid"
    payment = desk.api.get(f"/v1/payments/{invoice['id']}").json()
    assert (payment["openAmount"], payment["paymentStatus"]) == (0.0, "balanced")
    assert payment["paidDate"] == "2026-04-20T00:00:00.000+01:00"
    assert [item["paymentItemType"] for item in payment["paymentItems"]] == ["manualPayment", "cashDiscount"]
    assert desk.events(invoice["id"]).count("payment.changed") == 3
    with pytest.raises(ValueError, match="nothing is open"):
        paying.pay(state, desk.organization, "invoices", desk.record("invoices", invoice["id"]), 1, date.today())


def test_voiding(desk: Desk) -> None:
    invoice, state = desk.issue(), desk.sandbox.state
    with state.lock:
        paying.void(state, desk.organization, "invoices", desk.record("invoices", invoice["id"]))
    assert desk.get("invoices", invoice["id"])["voucherStatus"] == "voided"
    payment = desk.api.get(f"/v1/payments/{invoice['id']}").json()
    assert (payment["openAmount"], payment["paymentStatus"]) == (0.0, "balanced")
    with pytest.raises(ValueError, match="only open"):
        paying.void(state, desk.organization, "invoices", desk.record("invoices", invoice["id"]))


@pytest.mark.parametrize(("accepted", "status"), [(True, "accepted"), (False, "rejected")])
def test_deciding_on_a_quotation(desk: Desk, accepted: bool, status: str) -> None:
    quotation, state = desk.issue("quotations"), desk.sandbox.state
    with state.lock:
        record = desk.record("quotations", quotation["id"])
        paying.decide(state, desk.organization, record, accepted=accepted)
    assert desk.get("quotations", quotation["id"])["voucherStatus"] == status
    assert desk.events(quotation["id"])[-1] == "quotation.status.changed"
    draft = desk.record("quotations", desk.create("quotations")["id"])
    with pytest.raises(ValueError, match="draft"):
        paying.decide(state, desk.organization, draft, accepted=True)
