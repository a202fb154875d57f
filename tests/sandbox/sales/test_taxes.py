"""Tax types and rates: who may use which, and when."""

from typing import Any

import pytest

from tests.sandbox.sales.conftest import OpenDesk
from tests.sandbox.sales.desk import ITEM, PRICE, Desk

RATE = "lineItems[0].unitPrice.taxRatePercentage"
FOR_CONTACTS = (
    "intraCommunitySupply",
    "constructionService13b",
    "externalService13b",
    "thirdPartyCountryService",
    "thirdPartyCountryDelivery",
)
ONE_TIME = {"name": "Ole", "countryCode": "DE"}


def at(desk: Desk, rate: float, **changes: Any) -> dict[str, Any]:
    return desk.body(lineItems=[ITEM | {"unitPrice": PRICE | {"taxRatePercentage": rate}}], **changes)


def service(day: str, kind: str = "service") -> dict[str, str]:
    start = f"{day}T00:00:00.000+02:00"
    return {"shippingType": kind, "shippingDate": start, "shippingEndDate": start}


@pytest.mark.parametrize(
    ("day", "good", "bad"),
    [
        ("2020-06-30", (0, 7, 19), (5, 16)),
        ("2020-07-01", (0, 5, 16), (7, 19)),
        ("2020-12-31", (0, 5, 16), (7, 19)),
        ("2021-01-01", (0, 7, 19), (5, 16)),
        ("2006-12-31", (0, 7, 16), (19,)),
    ],
)
def test_rates_hold_on_the_day_of_the_service(
    desk: Desk, day: str, good: tuple[int, ...], bad: tuple[int, ...]
) -> None:
    for rate in good:
        desk.create(body=at(desk, rate, shippingConditions=service(day)))
    for rate in bad:
        assert list(desk.refused("invoices", at(desk, rate, shippingConditions=service(day)))) == [RATE]


def test_which_day_counts(desk: Desk) -> None:
    lowered = "2020-08-01T00:00:00.000+02:00"
    none = {"shippingType": "none"}
    desk.create(body=at(desk, 16, voucherDate=lowered, shippingConditions=none))
    assert desk.refused("invoices", at(desk, 16, voucherDate=lowered))  # the sample's period ends in 2026
    desk.create("credit-notes", at(desk, 16, voucherDate=lowered))  # they have no shipping conditions
    ends = {"shippingType": "serviceperiod", "shippingDate": "2020-06-01T00:00:00.000Z", "shippingEndDate": lowered}
    desk.create(body=at(desk, 16, shippingConditions=ends))


@pytest.mark.parametrize("tax_type", ["vatfree", "photovoltaicEquipment", *FOR_CONTACTS])
def test_documents_without_tax(desk: Desk, tax_type: str) -> None:
    conditions = {"taxType": tax_type}
    assert list(desk.refused("invoices", at(desk, 19, taxConditions=conditions))) == [RATE]
    found = desk.issue(body=at(desk, 0, taxConditions=conditions))
    assert found["totalPrice"]["totalGrossAmount"] == found["totalPrice"]["totalNetAmount"] == 100.0
    assert found["taxAmounts"] == [{"taxRatePercentage": 0, "taxAmount": 0.0, "netAmount": 100.0}]
    assert found["taxConditions"]["taxTypeNote"]
    own = {"taxType": tax_type, "taxTypeNote": "Weil es so ist."}
    assert desk.create(body=at(desk, 0, taxConditions=own))["taxConditions"] == own


@pytest.mark.parametrize("tax_type", FOR_CONTACTS)
def test_the_special_ones_need_a_contact(desk: Desk, tax_type: str) -> None:
    body = at(desk, 0, taxConditions={"taxType": tax_type}, address=ONE_TIME)
    assert desk.refused("invoices", body) == {"address.contactId": "NOTNULL"}


def test_vatfree_needs_none(desk: Desk) -> None:
    desk.create(body=at(desk, 0, taxConditions={"taxType": "vatfree"}, address=ONE_TIME))


def test_gross_documents_lead_with_the_gross_amount(desk: Desk) -> None:
    gross = {"taxType": "gross"}
    assert list(desk.refused("invoices", desk.body(taxConditions=gross))) == ["lineItems[0].unitPrice.grossAmount"]
    price = {"currency": "EUR", "grossAmount": 119, "netAmount": 1, "taxRatePercentage": 19}
    found = desk.create(body=desk.body(taxConditions=gross, lineItems=[ITEM | {"unitPrice": price}]))
    assert found["lineItems"][0]["unitPrice"]["netAmount"] == 100.0
    assert found["lineItems"][0]["lineItemAmount"] == 119.0
    assert found["totalPrice"]["totalNetAmount"] == 100.0


@pytest.mark.parametrize("slug", ["zahnarzt-yildiz", "naehstuebchen-winter"])
def test_tax_exempt_organizations_only_use_vatfree(desk_of: OpenDesk, slug: str) -> None:
    desk = desk_of(slug)
    for tax_type, price in (("net", PRICE), ("constructionService13b", PRICE | {"taxRatePercentage": 0})):
        body = desk.body(taxConditions={"taxType": tax_type}, lineItems=[ITEM | {"unitPrice": price}])
        assert list(desk.refused("invoices", body)) == ["taxConditions.taxType"]
    desk.issue(body=at(desk, 0, taxConditions={"taxType": "vatfree"}))


class TestDistanceSales:
    AUSTRIA = {"name": "Resi", "countryCode": "AT"}
    CONDITIONS = {"taxType": "net", "taxSubType": "distanceSales"}

    def test_rates_of_the_destination(self, desk_of: OpenDesk) -> None:
        desk = desk_of("hanse-sanitaer")
        desk.issue(body=at(desk, 20, taxConditions=self.CONDITIONS, address=self.AUSTRIA))
        assert list(desk.refused("invoices", at(desk, 19, taxConditions=self.CONDITIONS, address=self.AUSTRIA))) == [
            RATE
        ]
        assert list(desk.refused("invoices", at(desk, 20, address=self.AUSTRIA))) == [RATE]  # no sub type

    def test_rates_of_the_origin(self, desk_of: OpenDesk) -> None:
        desk = desk_of("softwareschmiede")
        desk.create(body=at(desk, 19, taxConditions=self.CONDITIONS, address=self.AUSTRIA))
        assert desk.refused("invoices", at(desk, 20, taxConditions=self.CONDITIONS, address=self.AUSTRIA))

    def test_not_without_a_principle_and_not_without_tax(self, desk: Desk, desk_of: OpenDesk) -> None:
        body = desk.body(taxConditions=self.CONDITIONS)
        assert list(desk.refused("invoices", body)) == ["taxConditions.taxSubType"]
        trade = desk_of("hanse-sanitaer")
        free = at(trade, 0, taxConditions={"taxType": "vatfree", "taxSubType": "distanceSales"})
        assert list(trade.refused("invoices", free)) == ["taxConditions.taxSubType"]
