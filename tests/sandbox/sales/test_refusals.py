"""What a new document may not say: 406, with details that name the member."""

from typing import Any

import pytest

from tests.contract import schema
from tests.sandbox.sales.desk import ITEM, PRICE, UNKNOWN, WRITABLE, Desk

ALWAYS = {"voucherDate", "address", "lineItems", "taxConditions"}
NEEDS = {
    "invoices": ALWAYS | {"totalPrice", "shippingConditions"},
    "credit-notes": ALWAYS | {"totalPrice"},
    "quotations": ALWAYS | {"totalPrice", "expirationDate"},
    "order-confirmations": ALWAYS | {"totalPrice", "shippingConditions"},
    "delivery-notes": ALWAYS | {"shippingConditions"},
    "dunnings": ALWAYS | {"totalPrice", "shippingConditions", "precedingSalesVoucherId"},
}


@pytest.mark.parametrize("kind", WRITABLE)
def test_mandatory_members_of_each_kind(desk: Desk, kind: str) -> None:
    assert desk.refused(kind, {}) == dict.fromkeys(NEEDS[kind], "NOTNULL")


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"voucherDate": "2026-04-01"}, "voucherDate"),
        ({"voucherDate": "2026-04-01T00:00:00+02:00"}, "voucherDate"),
        ({"voucherDate": "2026-04-01T00:00:00.000"}, "voucherDate"),
        ({"voucherDate": "2026-04-01T00:00:00.000+0200"}, "voucherDate"),
        ({"voucherDate": "2026-02-30T00:00:00.000Z"}, "voucherDate"),
        ({"language": "fr"}, "language"),
        ({"title": "x" * 26}, "title"),
        ({"introduction": "x" * 2001}, "introduction"),
        ({"remark": "x" * 2001}, "remark"),
        ({"printLayoutId": UNKNOWN}, "printLayoutId"),
        ({"totalPrice": {}}, "totalPrice.currency"),
        ({"totalPrice": {"currency": "USD"}}, "totalPrice.currency"),
        ({"totalPrice": {"currency": "EUR", "totalDiscountPercentage": 101}}, "totalPrice.totalDiscountPercentage"),
        ({"totalPrice": {"currency": "EUR", "totalDiscountAbsolute": 1.234}}, "totalPrice.totalDiscountAbsolute"),
        (
            {"totalPrice": {"currency": "EUR", "totalDiscountAbsolute": 1, "totalDiscountPercentage": 1}},
            "totalPrice.totalDiscountPercentage",
        ),
        ({"taxConditions": {}}, "taxConditions.taxType"),
        ({"taxConditions": {"taxType": "brutto"}}, "taxConditions.taxType"),
        ({"paymentConditions": {"paymentTermDuration": -1}}, "paymentConditions.paymentTermDuration"),
        (
            {"paymentConditions": {"paymentDiscountConditions": {"discountRange": 3}}},
            "paymentConditions.paymentDiscountConditions.discountPercentage",
        ),
        ({"lineItems": [ITEM] * 301}, "lineItems"),
        ({"lineItems": []}, "lineItems"),
        ({"xRechnung": {"buyerReference": "04011000-12345-67"}}, "xRechnung"),
        ({"address": {"name": "Ole"}}, "address.countryCode"),
        ({"address": {"countryCode": "DE"}}, "address.name"),
        ({"address": {"name": "Ole", "countryCode": "XX"}}, "address.countryCode"),
        ({"address": {"contactId": UNKNOWN}}, "address.contactId"),
    ],
)
def test_a_wrong_member_is_named(desk: Desk, members: dict[str, Any], field: str) -> None:
    assert list(desk.refused("invoices", desk.body(**members))) == [field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"type": None}, "type"),
        ({"type": "wares"}, "type"),
        ({"name": ""}, "name"),
        ({"name": "x" * 256}, "name"),
        ({"description": "x" * 2001}, "description"),
        ({"quantity": None}, "quantity"),
        ({"quantity": 1.00001}, "quantity"),
        ({"unitName": None}, "unitName"),
        ({"unitPrice": None}, "unitPrice"),
        ({"unitPrice": PRICE | {"currency": "USD"}}, "unitPrice.currency"),
        ({"unitPrice": PRICE | {"currency": None}}, "unitPrice.currency"),
        ({"unitPrice": PRICE | {"netAmount": None, "grossAmount": 119}}, "unitPrice.netAmount"),
        ({"unitPrice": PRICE | {"netAmount": 0.00001}}, "unitPrice.netAmount"),
        ({"unitPrice": PRICE | {"taxRatePercentage": None}}, "unitPrice.taxRatePercentage"),
        ({"unitPrice": PRICE | {"taxRatePercentage": 16}}, "unitPrice.taxRatePercentage"),
        ({"discountPercentage": 101}, "discountPercentage"),
        ({"discountPercentage": -1}, "discountPercentage"),
        ({"type": "service"}, "id"),
        ({"type": "material", "id": UNKNOWN}, "id"),
        ({"type": "text"}, "unitPrice"),
    ],
)
def test_a_wrong_item_is_named(desk: Desk, changes: dict[str, Any], field: str) -> None:
    body = desk.body(lineItems=[ITEM, ITEM | changes])
    assert list(desk.refused("invoices", body)) == [f"lineItems[1].{field}"]


def test_300_items_and_the_longest_texts_are_fine(desk: Desk) -> None:
    longest = {"title": "x" * 25, "introduction": "x" * 2000, "remark": "x" * 2000}
    item = ITEM | {"name": "x" * 255, "description": "x" * 2000}
    desk.create(body=desk.body(lineItems=[item] * 300, **longest))


def test_delivery_terms_are_short(desk: Desk) -> None:
    body = desk.body("order-confirmations", deliveryTerms="x" * 256)
    assert desk.refused("order-confirmations", body) == {"deliveryTerms": "SIZE"}


@pytest.mark.parametrize(
    ("conditions", "field"),
    [
        ({}, "shippingType"),
        ({"shippingType": "drone"}, "shippingType"),
        ({"shippingType": "service"}, "shippingDate"),
        ({"shippingType": "delivery", "shippingDate": "2026-04-01"}, "shippingDate"),
        ({"shippingType": "deliveryperiod", "shippingDate": "2026-04-01T00:00:00.000Z"}, "shippingEndDate"),
        (
            {
                "shippingType": "serviceperiod",
                "shippingDate": "2026-04-02T00:00:00.000Z",
                "shippingEndDate": "2026-04-01T00:00:00.000Z",
            },
            "shippingEndDate",
        ),
    ],
)
def test_shipping_conditions_need_their_dates(desk: Desk, conditions: dict[str, str], field: str) -> None:
    assert list(desk.refused("invoices", desk.body(shippingConditions=conditions))) == [f"shippingConditions.{field}"]


def test_no_shipping_needs_no_date(desk: Desk) -> None:
    desk.create(body=desk.body(shippingConditions={"shippingType": "none"}))


def test_an_invalid_country_is_answered_with_the_valid_ones(desk: Desk) -> None:
    answer = desk.post("invoices", desk.body(address={"name": "Ole", "countryCode": "XX"}))
    assert "ES_CN" in answer.json()["details"][0]["message"]
    desk.create(body=desk.body(address={"name": "Ole", "countryCode": "ES_CN"}))


def test_a_contact_has_to_be_a_customer(desk: Desk) -> None:
    vendor = desk.contact("contacts.create.company.request", roles={"vendor": {}})
    body = desk.body(address={"contactId": vendor})
    assert desk.refused("invoices", body) == {"address.contactId": "INVALID"}


def test_a_contact_without_address_needs_one_in_the_document(desk: Desk) -> None:
    homeless = desk.contact("contacts.create.company.request", addresses={})
    assert desk.refused("invoices", desk.body(address={"contactId": homeless})) == {"address.countryCode": "NOTNULL"}
    desk.create(body=desk.body(address={"contactId": homeless, "city": "Kiel", "countryCode": "DE"}))


def test_quotations_keep_alternatives_below_and_options_on_top(desk: Desk) -> None:
    sub = ITEM | {"alternative": True}
    found = desk.create("quotations", desk.body("quotations", lineItems=[ITEM | {"subItems": [sub]}]))
    assert found["lineItems"][0]["subItems"][0]["lineItemAmount"] == 100.0
    assert found["totalPrice"]["totalNetAmount"] == 100.0
    for item, field in (
        (ITEM | {"alternative": True}, "lineItems[0].alternative"),
        (ITEM | {"subItems": [ITEM]}, "lineItems[0].subItems[0].alternative"),
        (ITEM | {"subItems": [sub | {"optional": True}]}, "lineItems[0].subItems[0].optional"),
        (ITEM | {"subItems": [sub | {"name": None}]}, "lineItems[0].subItems[0].name"),
    ):
        assert list(desk.refused("quotations", desk.body("quotations", lineItems=[item]))) == [field]


def test_optional_items_do_not_count(desk: Desk) -> None:
    found = desk.create("quotations", desk.body("quotations", lineItems=[ITEM, ITEM | {"optional": True}]))
    assert found["totalPrice"]["totalNetAmount"] == 100.0


def test_a_refusal_looks_like_the_sample(desk: Desk) -> None:
    body = desk.post("invoices", desk.body(shippingConditions=None)).json()
    assert set(body) == set(schema.sample("error.regular.response"))
    assert body["details"] == schema.sample("error.regular.response")["details"]
