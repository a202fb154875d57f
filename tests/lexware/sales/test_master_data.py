"""What documents are made with: recurring templates, print layouts, payment conditions."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

ID = UUID("9e6e133c-c5dc-4591-be74-506433deb2f4")


def test_a_page_of_recurring_templates(stage, office, answer, sample):
    stage.play(*[answer(200, sample("recurring-templates.list.response"))] * 2)
    row = office.recurring_templates.page(size=25).content[0]
    settings = row.recurring_template_settings
    assert (settings.next_execution_date, settings.finalize) == (date(2026, 10, 1), False)
    assert row.address.name == "Elbufer Medien & Druck GmbH"
    office.recurring_templates.page(2, sort="nextExecutionDate", descending=False)
    assert [heard.target for heard in stage.heard] == [
        "/v1/recurring-templates?page=0&size=25&sort=updatedDate%2CDESC",
        "/v1/recurring-templates?page=2&size=250&sort=nextExecutionDate%2CASC",
    ]


def test_pages_of_recurring_templates_keep_their_order(stage, office, answer, sample):
    first = sample("recurring-templates.list.response") | {"totalPages": 2, "last": False}
    stage.play(answer(200, first), answer(200, first | {"number": 1, "last": True}))
    assert len(list(office.recurring_templates.pages(sort="createdDate"))) == 2
    assert [heard.target.partition("?")[2] for heard in stage.heard] == [
        "page=0&size=250&sort=createdDate%2CDESC",
        "page=1&size=250&sort=createdDate%2CDESC",
    ]


def test_a_recurring_template(stage, office, answer, sample):
    stage.play(answer(200, sample("recurring-templates.get.response")))
    template = office.recurring_templates.get(ID)
    assert template.line_items[0].unit_price.net_amount == 180
    assert template.recurring_template_settings.start_date == date(2026, 5, 1)
    assert template.recurring_template_settings.last_execution_failed is False
    assert stage.heard[0].target == f"/v1/recurring-templates/{ID}"
    with pytest.raises(ValueError, match="UUID"):
        office.recurring_templates.get("..")


def test_print_layouts(stage, office, answer, sample):
    stage.play(answer(200, sample("print-layouts.list.response")))
    assert [(layout.name, layout.default) for layout in office.print_layouts.list()] == [
        ("Standard", True),
        ("Englisch ohne Bankverbindung", False),
    ]
    assert stage.heard[0].target == "/v1/print-layouts"


def test_payment_conditions(stage, office, answer, sample):
    stage.play(answer(200, sample("payment-conditions.list.response")))
    plain, discounted = office.payment_conditions.list()
    assert plain.organization_default
    assert plain.payment_discount_conditions is None
    assert discounted.payment_term_duration == 30
    assert discounted.payment_discount_conditions.discount_percentage == Decimal(2)
    assert stage.heard[0].target == "/v1/payment-conditions"
