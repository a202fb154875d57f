"""POST and GET of all kinds: what a document gets without saying it."""

import re
from typing import Any

import pytest

from tests.contract import schema
from tests.sandbox.sales.desk import ITEM, UNKNOWN, WRITABLE, Desk

SAMPLES = [
    ("invoices", "invoices.create.request"),
    ("invoices", "invoices.create.authority.request"),
    ("invoices", "invoices.create.gross-one-time-address.request"),
    ("invoices", "invoices.create.reverse-charge.request"),
    *((kind, f"{kind}.create.request") for kind in WRITABLE if kind not in ("invoices", "dunnings")),
]


@pytest.mark.parametrize(("kind", "name"), SAMPLES)
@pytest.mark.parametrize("finalize", [False, True])
def test_samples_of_the_contract_are_accepted(desk: Desk, kind: str, name: str, finalize: bool) -> None:
    sent = desk.sample(name)
    assert schema.violations("POST", f"/v1/{kind}", 201, sent, kind="request") == []
    found = desk.issue(kind, sent) if finalize else desk.create(kind, sent)
    for member in ("voucherDate", "shippingConditions", "introduction", "title"):
        assert found.get(member) == sent[member] if member in sent else True
    assert found["voucherStatus"] == ("open" if finalize else "draft")


def test_the_dunning_sample_is_accepted(desk: Desk) -> None:
    invoice = desk.issue(body=desk.sample("invoices.create.request"))
    found = desk.create(
        "dunnings", desk.sample("dunnings.create.request"), precedingSalesVoucherId=invoice["id"], finalize="true"
    )
    assert found["voucherStatus"] == "draft"  # finalize has no effect
    assert "voucherNumber" not in found


@pytest.mark.parametrize("kind", [kind for kind in WRITABLE if kind != "dunnings"])
def test_numbers_go_on_and_are_never_given_twice(desk: Desk, kind: str) -> None:
    first, second = desk.create(kind)["voucherNumber"], desk.issue(kind)["voucherNumber"]
    prefix, number = re.fullmatch(r"(\D+.*?)(\d+)", first).groups()  # type: ignore[union-attr]
    assert second == f"{prefix}{int(number) + 1:0{len(number)}}"
    every = [record.document["voucherNumber"] for record in desk.organization.shelf(kind)]
    assert len(every) == len(set(every))


def test_a_draft_has_a_number_but_no_due_date_layout_or_file(desk: Desk) -> None:
    found = desk.create()
    assert found["voucherNumber"].startswith("RE")
    assert not {"dueDate", "printLayoutId", "files"} & set(found)
    assert (found["electronicDocumentProfile"], found["version"], found["archived"]) == ("NONE", 1, False)


def test_an_issued_invoice_has_all_of_them(desk: Desk) -> None:
    found = desk.issue()
    assert found["dueDate"] == "2026-05-01T00:00:00.000+02:00"  # 30 days after April 1
    assert found["printLayoutId"] == desk.api.get("/v1/print-layouts").json()[0]["id"]
    assert found["electronicDocumentProfile"] == "EN16931"
    assert found["files"]["documentFileId"]
    assert desk.events(found["id"]) == ["invoice.created", "invoice.status.changed", "payment.changed"]


def test_the_address_comes_from_the_contact(desk: Desk) -> None:
    stored = desk.api.get(f"/v1/contacts/{desk.customer}").json()
    address = desk.create()["address"]
    assert address["name"] == stored["company"]["name"]
    assert stored["addresses"]["billing"][0].items() <= address.items()
    assert desk.create("delivery-notes")["address"]["street"] == stored["addresses"]["shipping"][0]["street"]


def test_a_sent_address_replaces_the_stored_one_in_this_document_only(desk: Desk) -> None:
    sent = {"contactId": desk.customer, "street": "Neuer Weg 1", "city": "Bremen", "zip": "28195", "countryCode": "DE"}
    address = desk.create(body=desk.body(address=sent))["address"]
    assert sent.items() <= address.items()
    assert "supplement" not in address
    assert desk.create()["address"]["street"] != "Neuer Weg 1"


def test_payment_conditions_default_to_the_organization(desk: Desk) -> None:
    default = desk.api.get("/v1/payment-conditions").json()[0]
    found = desk.create(body=desk.body(paymentConditions=None))["paymentConditions"]
    assert found["paymentTermDuration"] == default["paymentTermDuration"] == 14
    assert found["paymentTermLabel"] == "Zahlbar innerhalb von 14 Tagen ohne Abzug"
    seven = desk.create(body=desk.body(paymentConditions={"paymentTermDuration": 7}))["paymentConditions"]
    assert seven["paymentTermLabel"] == "Zahlbar innerhalb von 7 Tagen ohne Abzug"
    own = desk.create(body=desk.body(paymentConditions={"paymentTermLabel": "Bar", "paymentTermDuration": 0}))
    assert own["paymentConditions"] == {"paymentTermLabel": "Bar", "paymentTermDuration": 0}


def test_texts_default_and_empty_ones_stay_empty(desk: Desk) -> None:
    found = desk.create(body=desk.body(title=None, introduction=None, remark=""))
    assert found["title"] == "Rechnung"
    assert found["introduction"]
    assert found["remark"] == ""
    assert desk.create(body=desk.body(title=None, language="en"))["title"] == "Invoice"


def test_sums_are_computed_and_sent_ones_ignored(desk: Desk) -> None:
    item = ITEM | {"lineItemAmount": 7}
    total = {"currency": "EUR", "totalNetAmount": 1, "totalGrossAmount": 2, "totalTaxAmount": 3}
    found = desk.create(body=desk.body(lineItems=[item], totalPrice=total, taxAmounts=[], voucherNumber="X1"))
    sums = {"currency": "EUR", "totalNetAmount": 100.0, "totalGrossAmount": 119.0, "totalTaxAmount": 19.0}
    assert found["totalPrice"] == sums
    assert found["taxAmounts"] == [{"taxRatePercentage": 19, "taxAmount": 19.0, "netAmount": 100.0}]
    assert found["lineItems"][0]["lineItemAmount"] == 100.0
    assert found["voucherNumber"] != "X1"


def test_delivery_notes_have_no_sums_and_may_have_prices(desk: Desk) -> None:
    found = desk.issue("delivery-notes", desk.body("delivery-notes", lineItems=[ITEM, ITEM | {"unitPrice": None}]))
    assert not {"totalPrice", "taxAmounts", "paymentConditions"} & set(found)
    assert found["lineItems"][0]["unitPrice"]["grossAmount"] == 119.0
    assert "lineItemAmount" not in found["lineItems"][0]
    assert "unitPrice" not in found["lineItems"][1]


def test_credit_notes_drop_what_they_cannot_have(desk: Desk) -> None:
    sent = desk.sample("invoices.create.request")
    found = desk.issue("credit-notes", sent)
    assert not {"dueDate", "shippingConditions", "paymentConditions", "deliveryTerms"} & set(found)
    assert all("discountPercentage" not in item for item in found["lineItems"])
    assert found["totalPrice"]["totalNetAmount"] == 1239.8  # not 1229.82: no discount


def test_numbers_as_text_are_understood(desk: Desk) -> None:
    item = ITEM | {"quantity": "2", "unitPrice": {"currency": "EUR", "netAmount": "49.9", "taxRatePercentage": "19"}}
    assert desk.create(body=desk.body(lineItems=[item]))["totalPrice"]["totalNetAmount"] == 99.8


@pytest.mark.parametrize(
    "body", [[], "x", {"lineItems": {}}, {"address": []}, {"title": {}}, {"lineItems": [{"quantity": "viel"}]}]
)
def test_malformed_bodies_are_400(desk: Desk, body: Any) -> None:
    assert desk.post("invoices", body).status_code == 400


def test_broken_json_is_400_and_other_media_types_415(desk: Desk) -> None:
    headers = {"Content-Type": "application/json"}
    assert desk.api.post("/v1/invoices", content=b"{", headers=headers).status_code == 400
    assert desk.api.post("/v1/invoices", content=b"{}").status_code == 415


def test_finalize_is_a_flag(desk: Desk) -> None:
    assert desk.create(finalize="false")["voucherStatus"] == "draft"
    assert desk.post("invoices", desk.body(), finalize="maybe").status_code == 400


@pytest.mark.parametrize("kind", [*WRITABLE, "down-payment-invoices"])
def test_there_is_no_list_no_change_and_no_action(desk: Desk, kind: str) -> None:
    assert desk.api.get(f"/v1/{kind}").status_code == 404
    assert desk.api.get(f"/v1/{kind}/").status_code == 404
    assert desk.api.put(f"/v1/{kind}/{UNKNOWN}", json={}).status_code == 405
    assert desk.api.delete(f"/v1/{kind}/{UNKNOWN}").status_code == 405
    missing = desk.api.get(f"/v1/{kind}/{UNKNOWN}")
    assert missing.status_code == 404
    assert schema.violations("GET", f"/v1/{kind}/{UNKNOWN}", 404, missing.json()) == []
    if kind != "down-payment-invoices":
        assert desk.api.post(f"/v1/{kind}/{UNKNOWN}/pursue", json={}).status_code == 404
        assert desk.api.put(f"/v1/{kind}/{UNKNOWN}/finalize", json={}).status_code == 404
    else:
        assert desk.api.post(f"/v1/{kind}", json={}).status_code == 405


def test_an_id_of_another_kind_is_unknown(desk: Desk) -> None:
    assert desk.api.get(f"/v1/quotations/{desk.create()['id']}").status_code == 404
