"""Sales documents keep what Lexware sends, and say what we mean."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pydantic
import pytest

from lexweb.lexware import days, shapes
from lexweb.lexware.api.payment_conditions import PaymentCondition
from lexweb.lexware.api.print_layouts import PrintLayout
from lexweb.lexware.api.recurring_templates import RecurringTemplate, RecurringTemplateRow
from lexweb.lexware.api.sales.conditions import ShippingConditions, TaxConditions
from lexweb.lexware.api.sales.credit_notes import CreditNoteDraft
from lexweb.lexware.api.sales.delivery_notes import DeliveryNoteDraft
from lexweb.lexware.api.sales.invoices import Invoice, InvoiceDraft
from lexweb.lexware.api.sales.line_items import CreditedItem, DeliveredItem, LineItem, QuotedItem, UnitPrice
from lexweb.lexware.api.sales.parts import Address, TotalPrice, XRechnung
from lexweb.lexware.api.sales.quotations import Quotation, QuotationDraft
from lexweb.lexware.paging import Page
from tests.contract import schema
from tests.lexware import drafts
from tests.lexware.sales import kinds

EXTRA = ("create.authority", "create.gross-one-time-address", "create.reverse-charge")
ROUND_TRIPS = [
    *((kind.shape, f"{kind.resource}.get.response") for kind in kinds.ALL),
    *((kind.draft, f"{kind.resource}.create.request") for kind in kinds.CREATABLE),
    *((InvoiceDraft, f"invoices.{name}.request") for name in EXTRA),
    *((shapes.ActionResult, f"{kind.resource}.create.response") for kind in kinds.CREATABLE),
    (RecurringTemplate, "recurring-templates.get.response"),
    (Page[RecurringTemplateRow], "recurring-templates.list.response"),
    (list[PrintLayout], "print-layouts.list.response"),
    (list[PaymentCondition], "payment-conditions.list.response"),
]
DAY = days.moment(date(2026, 4, 1))
NET = TaxConditions(tax_type="net")
ADDRESS = Address(contact_id=UUID("05ad6609-d267-437f-ab28-0d11a4d4dc67"))
PRINTER = LineItem(
    type="custom",
    name="Etikettendrucker",
    quantity=Decimal("1.5"),
    unit_name="Stück",
    unit_price=UnitPrice.net(Decimal("49.9"), 19),
)


def decode(kind, document):
    return shapes.decode(kind, document, method="GET", path="/v1/x")


def written(found):
    return [each.payload() for each in found] if isinstance(found, list) else found.payload()


def without_nulls(document):
    if isinstance(document, list):
        return [without_nulls(entry) for entry in document]
    if isinstance(document, dict):
        return {name: without_nulls(value) for name, value in document.items() if value is not None}
    return document


def strangers(document):
    """Add an unknown member to every object at every level."""
    if isinstance(document, list):
        return [strangers(entry) for entry in document]
    if isinstance(document, dict):
        return {name: strangers(value) for name, value in document.items()} | {"neuesFeld": {"a": [1.5, "x"]}}
    return document


@pytest.mark.parametrize(("kind", "name"), ROUND_TRIPS)
def test_samples_come_back_without_loss(kind, name, sample):
    document = without_nulls(sample(name))
    assert written(decode(kind, sample(name))) == document
    assert written(decode(kind, strangers(document))) == strangers(document)


def test_no_sample_is_forgotten():
    tried = {name for _, name in ROUND_TRIPS} | {"invoices.document.response"}
    ours = {*(kind.resource for kind in kinds.ALL), "recurring-templates", "print-layouts", "payment-conditions"}
    there = {name.removesuffix(".json") for name in schema.sample("index")["samples"]}
    assert {name for name in there if name.partition(".")[0] in ours} == tried


def test_reading_an_invoice(sample):
    invoice = decode(Invoice, sample("invoices.get.response"))
    item = invoice.line_items[1]
    assert item.unit_price.gross_amount == Decimal("59.381")
    assert (item.discount_percentage, item.line_item_amount) == (10, Decimal("89.82"))
    assert invoice.line_items[0].id == UUID("7f51c2d5-0a35-45b0-900a-8eba06dcf150")
    assert invoice.total_price.total_gross_amount == Decimal("1463.49")
    assert invoice.tax_amounts[0].tax_rate_percentage == 19
    assert invoice.related_vouchers[0].voucher_type == "deliverynote"
    assert invoice.payment_conditions.payment_discount_conditions.discount_range == 10
    assert days.day(invoice.shipping_conditions.shipping_end_date) == date(2026, 3, 31)
    assert not invoice.closing_invoice


def test_a_quotation_offers_alternatives(sample):
    first, second = decode(Quotation, sample("quotations.get.response")).line_items
    assert first.sub_items[0].alternative
    assert (first.optional, second.optional) == (False, True)


def test_a_closing_invoice_takes_off_what_was_paid_before(sample):
    deduction = {
        "id": "0bc38c28-e5c4-4508-a737-6da1ef6d202a",
        "voucherType": "downpaymentinvoice",
        "title": "1. Abschlag",
        "voucherNumber": "RE0097",
        "voucherDate": "2026-02-10T00:00:00.000+01:00",
        "receivedGrossAmount": 595.0,
        "receivedNetAmount": 500.0,
        "receivedTaxAmount": 95.0,
        "taxRatePercentage": 19,
    }
    more = {"closingInvoice": True, "claimedGrossAmount": 868.49, "downPaymentDeductions": [deduction]}
    document = sample("invoices.get.response") | more
    invoice = decode(Invoice, document)
    assert invoice.claimed_gross_amount == Decimal("868.49")
    assert invoice.down_payment_deductions[0].received_gross_amount == 595
    assert invoice.payload() == document


@pytest.mark.parametrize(
    ("profile", "expected"),
    [("XRechnung", True), ("XRECHNUNG", True), ("EN16931", False), ("NONE", False), (None, False)],
)
def test_an_xrechnung_is_recognized_however_it_is_spelled(sample, profile, expected):
    document = sample("invoices.get.response") | {"electronicDocumentProfile": profile}
    assert decode(Invoice, document).is_xrechnung is expected


@pytest.mark.parametrize("kind", kinds.ALL, ids=lambda kind: kind.resource)
def test_what_writing_demands_may_be_missing_in_what_is_read(kind, sample):
    wanted = ("id", "version", "createdDate", "updatedDate", "voucherStatus", "voucherDate", "taxConditions")
    bare = {name: value for name, value in sample(f"{kind.resource}.get.response").items() if name in wanted}
    document = decode(kind.shape, bare)
    assert document.line_items == ()
    assert document.address.contact_id is None
    assert document.payload() == bare


def invoice(**changes):
    members = {
        "voucher_date": DAY,
        "address": ADDRESS,
        "line_items": (PRINTER,),
        "tax_conditions": NET,
        "shipping_conditions": ShippingConditions.none(),
    }
    return InvoiceDraft(**(members | changes))


def test_building_an_invoice():
    assert invoice().payload() == {
        "voucherDate": "2026-04-01T00:00:00.000+02:00",
        "address": {"contactId": "05ad6609-d267-437f-ab28-0d11a4d4dc67"},
        "lineItems": [
            {
                "type": "custom",
                "name": "Etikettendrucker",
                "quantity": 1.5,
                "unitName": "Stück",
                "unitPrice": {"currency": "EUR", "netAmount": 49.9, "taxRatePercentage": 19},
            }
        ],
        "totalPrice": {"currency": "EUR"},
        "taxConditions": {"taxType": "net"},
        "shippingConditions": {"shippingType": "none"},
    }


@pytest.mark.parametrize(
    ("path", "draft"),
    [
        ("invoices", invoice()),
        ("invoices", invoice(shipping_conditions=ShippingConditions.on(DAY), x_rechnung=XRechnung(buyer_reference=""))),
        ("invoices", invoice(shipping_conditions=ShippingConditions.during(DAY, DAY))),
        ("invoices", invoice(line_items=(PRINTER, LineItem.text("Hinweis", "**fett**")))),
        ("invoices", invoice(total_price=TotalPrice(total_discount_absolute=Decimal("12.5")))),
        (
            "invoices",
            invoice(
                tax_conditions=TaxConditions(tax_type="gross", tax_sub_type="distanceSales"),
                line_items=(drafts.changed(PRINTER, unit_price=UnitPrice.gross(Decimal("59.38"), 19)),),
            ),
        ),
        (
            "delivery-notes",
            DeliveryNoteDraft(
                voucher_date=DAY,
                address=Address(name="Ole Tiedemann", country_code="DE"),
                tax_conditions=NET,
                line_items=(DeliveredItem(type="custom", name="Drucker", quantity=Decimal(2), unit_name="Stück"),),
                shipping_conditions=ShippingConditions.on(DAY),
            ),
        ),
        (
            "credit-notes",
            CreditNoteDraft(
                voucher_date=DAY,
                address=ADDRESS,
                tax_conditions=NET,
                line_items=(CreditedItem.model_validate(PRINTER.payload()),),
            ),
        ),
        (
            "quotations",
            QuotationDraft(
                voucher_date=DAY,
                address=ADDRESS,
                tax_conditions=NET,
                expiration_date=days.moment(date(2026, 5, 1)),
                line_items=(
                    QuotedItem(
                        **dict(PRINTER) | {"sub_items": (QuotedItem(**dict(PRINTER) | {"alternative": True}),)},
                        optional=True,
                    ),
                ),
            ),
        ),
    ],
)
def test_what_we_build_is_what_the_contract_describes(path, draft):
    assert schema.violations("POST", f"/v1/{path}", 201, draft.payload(), kind="request") == []


@pytest.mark.parametrize("wrong", ["2026-04-01", date(2026, 4, 1), datetime(2026, 4, 1), "2026-04-01T00:00:00"])
def test_a_plain_day_is_refused_before_anything_is_sent(wrong):
    with pytest.raises(pydantic.ValidationError):
        invoice(voucher_date=wrong)
    with pytest.raises(pydantic.ValidationError):
        ShippingConditions(shipping_type="delivery", shipping_date=wrong)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 31), "2026-01-31T00:00:00.000+01:00"),
        (date(2026, 3, 29), "2026-03-29T00:00:00.000+01:00"),  # the night in which summer time begins
        (date(2026, 3, 30), "2026-03-30T00:00:00.000+02:00"),
    ],
)
def test_a_day_begins_at_midnight_in_germany(day, expected):
    assert invoice(voucher_date=days.moment(day)).payload()["voucherDate"] == expected
    assert days.day(days.moment(day)) == day


def test_the_day_of_a_moment_is_the_german_one():
    assert days.day(datetime(2026, 3, 31, 22, 0, tzinfo=UTC)) == date(2026, 4, 1)


def test_four_decimals_survive():
    price = UnitPrice.net(Decimal("0.0834"), Decimal("5.5"))
    assert price.payload() == {"currency": "EUR", "netAmount": 0.0834, "taxRatePercentage": 5.5}
    assert decode(UnitPrice, {"netAmount": 1234567.8901, "taxRatePercentage": 0}).net_amount == Decimal("1234567.8901")
