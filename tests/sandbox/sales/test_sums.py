"""The arithmetic of sales documents, without HTTP."""

from typing import Any

import pytest

from lexweb.sandbox.sales.sums import priced
from tests.contract import schema
from tests.sandbox.sales.desk import ITEM

EUR = {"currency": "EUR"}
FREE = ("vatfree", "intraCommunitySupply", "constructionService13b", "externalService13b", "thirdPartyCountryService")


def line(price: float, rate: float = 19, quantity: float = 1, *, gross: bool = False, **more: Any) -> dict[str, Any]:
    amount = {"grossAmount" if gross else "netAmount": price}
    unit_price = {"currency": "EUR", "taxRatePercentage": rate, **amount}
    return ITEM | {"quantity": quantity, "unitPrice": unit_price} | more


def sums(lines: list[dict[str, Any]], tax_type: str = "net", **discount: float) -> tuple[float, float, float]:
    total = priced(lines, tax_type, EUR | discount)[1]
    return total["totalNetAmount"], total["totalTaxAmount"], total["totalGrossAmount"]


@pytest.mark.parametrize("kind", ["invoices", "quotations", "credit-notes", "order-confirmations", "dunnings"])
def test_the_samples_of_the_contract_add_up(kind: str) -> None:
    sample = schema.sample(f"{kind}.get.response")
    given = {name: value for name, value in sample["totalPrice"].items() if "Amount" not in name}
    lines, total, taxes = priced(sample["lineItems"], sample["taxConditions"]["taxType"], given)
    assert (lines, total, taxes) == (sample["lineItems"], sample["totalPrice"], sample["taxAmounts"])


def test_half_a_cent_goes_up() -> None:
    assert priced([line(0.005)], "net", EUR)[0][0]["lineItemAmount"] == 0.01
    assert priced([line(1.005)], "net", EUR)[0][0]["lineItemAmount"] == 1.01  # a float would say 1.00
    assert sums([line(0.5, 1)]) == (0.5, 0.01, 0.51)
    assert priced([line(-1.005)], "net", EUR)[0][0]["lineItemAmount"] == -1.01


def test_net_documents_are_taxed_by_rate_and_not_by_line() -> None:
    assert sums([line(0.02)] * 3) == (0.06, 0.01, 0.07)
    assert priced([line(10, 19), line(10, 7), line(5, 19)], "net", EUR)[2] == [
        {"taxRatePercentage": 7, "taxAmount": 0.7, "netAmount": 10.0},
        {"taxRatePercentage": 19, "taxAmount": 2.85, "netAmount": 15.0},
    ]


def test_gross_documents_keep_the_gross_sum() -> None:
    assert sums([line(23.95, quantity=3, gross=True)], "gross") == (60.38, 11.47, 71.85)
    items = priced([line(23.95, gross=True)], "gross", EUR)[0]
    assert items[0]["unitPrice"]["netAmount"] == 20.1261
    assert items[0]["lineItemAmount"] == 23.95


@pytest.mark.parametrize("tax_type", FREE)
def test_without_tax_net_is_gross(tax_type: str) -> None:
    lines, total, taxes = priced([line(95.5, 0, 2)], tax_type, EUR)
    assert lines[0]["unitPrice"]["grossAmount"] == 95.5
    assert (total["totalNetAmount"], total["totalGrossAmount"], total["totalTaxAmount"]) == (191.0, 191.0, 0.0)
    assert taxes == [{"taxRatePercentage": 0, "taxAmount": 0.0, "netAmount": 191.0}]


def test_discounts_of_a_line_and_of_all() -> None:
    assert sums([line(49.9, quantity=2, discountPercentage=10)])[0] == 89.82
    assert sums([line(100), line(100, 7)], totalDiscountPercentage=10) == (180.0, 23.4, 203.4)
    assert sums([line(100), line(50, 7)], totalDiscountAbsolute=10) == (140.0, 21.0, 161.0)
    thirds = priced([line(1, 0), line(1, 7), line(1, 19)], "net", EUR | {"totalDiscountAbsolute": 1})
    assert [each["netAmount"] for each in thirds[2]] == [0.67, 0.67, 0.66]  # not a cent is lost
    assert thirds[1]["totalDiscountAbsolute"] == 1


def test_options_texts_and_lines_without_price_do_not_count() -> None:
    lines = [line(10), line(5, optional=True), {"type": "text", "name": "x"}, {**ITEM, "unitPrice": None}]
    found, total, _ = priced(lines, "net", EUR)
    assert total["totalNetAmount"] == 10.0
    assert found[1]["lineItemAmount"] == 5.0
    assert found[2:] == lines[2:]


def test_what_is_given_stays_as_it_was() -> None:
    given = [line(10, subItems=[line(5, alternative=True)])]
    copy = [line(10, subItems=[line(5, alternative=True)])]
    priced(given, "net", EUR)
    assert given == copy


def test_nothing_at_all() -> None:
    assert sums([], totalDiscountAbsolute=5) == (0.0, 0.0, 0.0)
