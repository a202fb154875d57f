"""The draft of a document that follows another one."""

from datetime import date
from decimal import Decimal

import pytest

from lexweb.lexware import days
from lexweb.lexware.api.sales import following
from lexweb.lexware.api.sales.conditions import ShippingConditions
from lexweb.lexware.api.sales.credit_notes import CreditNoteDraft
from lexweb.lexware.api.sales.delivery_notes import DeliveryNoteDraft
from lexweb.lexware.api.sales.dunnings import DunningDraft
from lexweb.lexware.api.sales.invoices import Invoice, InvoiceDraft
from lexweb.lexware.api.sales.order_confirmations import OrderConfirmation
from lexweb.lexware.api.sales.quotations import Quotation
from tests.contract import schema

DAY = days.moment(date(2026, 6, 1))


@pytest.fixture
def invoice(sample):
    return Invoice.model_validate(sample("invoices.get.response"))


@pytest.mark.parametrize(
    ("resource", "kind"),
    [
        ("invoices", InvoiceDraft),
        ("credit-notes", CreditNoteDraft),
        ("delivery-notes", DeliveryNoteDraft),
        ("dunnings", DunningDraft),
    ],
)
def test_each_kind_gets_what_it_knows(sample, invoice, resource, kind):
    order = OrderConfirmation.model_validate(sample("order-confirmations.get.response"))
    for document in (order, invoice):
        sent = following.draft(kind, document, voucher_date=DAY).payload()
        assert schema.violations("POST", f"/v1/{resource}", 201, sent, kind="request") == []


def test_what_can_only_be_read_and_what_belongs_to_the_kind_stays_behind(invoice):
    sent = following.draft(InvoiceDraft, invoice, voucher_date=DAY, remark="Neu").payload()
    assert sent["voucherDate"] == "2026-06-01T00:00:00.000+02:00"
    assert sent["remark"] == "Neu"
    assert not {"id", "title", "introduction", "files", "relatedVouchers", "printLayoutId"} & sent.keys()
    assert sent["totalPrice"] == {"currency": "EUR"}
    assert sent["lineItems"][0]["unitPrice"] == {"currency": "EUR", "netAmount": 95, "taxRatePercentage": 19}
    assert "lineItemAmount" not in sent["lineItems"][0]
    assert "paymentTermLabelTemplate" not in sent["paymentConditions"]
    assert sent["paymentConditions"]["paymentDiscountConditions"] == {"discountPercentage": 2, "discountRange": 10}


def test_the_address_is_the_contacts_own_unless_there_is_no_contact(invoice, sample):
    assert following.draft(InvoiceDraft, invoice, voucher_date=DAY).address.payload() == {
        "contactId": "05ad6609-d267-437f-ab28-0d11a4d4dc67"
    }
    once = {"name": "Ole Tiedemann", "street": "Birkenweg 8", "countryCode": "DE"}
    document = sample("invoices.get.response") | {"address": once | {"contactPerson": "O. T."}}
    read = Invoice.model_validate(document)
    assert following.draft(InvoiceDraft, read, voucher_date=DAY).address.payload() == once


def test_a_gross_document_stays_gross(sample):
    document = sample("invoices.get.response") | {"taxConditions": {"taxType": "gross"}}
    item = following.draft(InvoiceDraft, Invoice.model_validate(document), voucher_date=DAY).line_items[0]
    assert (item.unit_price.gross_amount, item.unit_price.net_amount) == (Decimal("113.05"), None)
    assert item.discount_percentage == 0


def test_a_credit_note_gives_back_no_more_than_was_charged(invoice):
    items = following.draft(CreditNoteDraft, invoice, voucher_date=DAY).line_items
    assert [item.unit_price.net_amount for item in items if item.unit_price] == [95, Decimal("44.91")]
    assert "discountPercentage" not in items[1].payload()


def test_what_is_missing_has_to_be_given(sample):
    quotation = Quotation.model_validate(sample("quotations.get.response"))
    with pytest.raises(ValueError, match="shipping"):
        following.draft(InvoiceDraft, quotation, voucher_date=DAY)
    draft = following.draft(InvoiceDraft, quotation, voucher_date=DAY, shipping_conditions=ShippingConditions.on(DAY))
    assert not {"subItems", "optional", "alternative"} & draft.line_items[0].payload().keys()
