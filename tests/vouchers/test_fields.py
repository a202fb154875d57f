"""Values and JSON: there and back, with what no field knows kept."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexweb.lexware.api.vouchers import Voucher, VoucherDraft
from lexweb.sandbox.vouchers import sums as theirs
from lexweb.vouchers.writing import fields, merge, sums
from tests.vouchers.receipts import filled, line

CENTS = st.decimals("0.01", "99999.99", places=2)
RATES = st.sampled_from([Decimal(rate) for rate in ("19", "7", "0", "16", "5")])
SHOWN: dict[str, Any] = {
    "id": "00000000-0000-4000-8000-000000000009", "organizationId": "00000000-0000-4000-8000-000000000008",
    "type": "purchaseinvoice", "voucherStatus": "unchecked", "voucherNumber": "R-1",
    "voucherDate": "2026-11-10T00:00:00.000+01:00", "dueDate": "2026-07-10T00:00:00.000+02:00",
    "totalGrossAmount": 119.0, "totalTaxAmount": 19.0, "taxType": "gross", "useCollectiveContact": True,
    "contactName": "Sammellieferant", "remark": "", "neu": {"tief": [1, {"a": None}]},
    "voucherItems": [
        {"amount": 119.0, "taxAmount": 19.0, "taxRatePercent": 19, "categoryId": line()["category_id"], "fremd": "x"},
        {"amount": 10, "taxAmount": 0, "taxRatePercent": 0, "categoryId": line()["category_id"], "fremd": "y"},
    ],
    "files": ["00000000-0000-4000-8000-000000000007"], "createdDate": "2026-11-10T10:00:00.000+01:00",
    "updatedDate": "2026-11-10T10:00:00.000+01:00", "version": 4,
}  # fmt: skip


def test_read_and_clean_agree() -> None:
    typed = {
        "voucher_date": date(2026, 11, 10), "due_date": date(2026, 7, 10),
        "lines": [
            {"amount": Decimal("119"), "tax_rate": Decimal("19.00"), "tax_amount": "19",
             "category_id": UUID(line()["category_id"])},
            line("10", "0", "0"),
        ],
    }  # fmt: skip
    read = fields.read(SHOWN)

    assert read | fields.clean(typed) == read
    assert read["lines"][1] == {
        "amount": "10.00", "tax_rate": "0", "tax_amount": "0.00", "category_id": line()["category_id"],
    }  # fmt: skip


def test_what_no_field_knows_stays_also_inside_lines() -> None:
    draft = VoucherDraft.of(Voucher.model_validate(SHOWN)).payload()
    first, second = fields.read(SHOWN)["lines"]

    result = fields.apply(draft, {"remark": "neu", "lines": [line("5.00", "0", "0.00"), second]})

    assert result["neu"] == SHOWN["neu"]
    assert result["files"] == SHOWN["files"]
    assert [item["fremd"] for item in result["voucherItems"]] == ["x", "y"]
    assert result["totalGrossAmount"] == 15
    assert result["totalTaxAmount"] == 0
    assert fields.apply(draft, {"lines": [second]})["voucherItems"][0]["fremd"] == "y"
    assert fields.apply(draft, {"lines": [first, second]})["voucherItems"] == draft["voucherItems"]


def test_contact_and_its_name_go_together() -> None:
    draft = VoucherDraft.of(Voucher.model_validate(SHOWN)).payload()
    contact = "00000000-0000-4000-8000-000000000001"

    own = fields.apply(draft, {"collective": False, "contact_id": contact})
    assert (own["contactId"], own["useCollectiveContact"], "contactName" in own) == (contact, False, False)

    again = fields.apply(own, {"collective": True, "contact_id": ""})
    assert (again["useCollectiveContact"], "contactId" in again) == (True, False)


def test_a_supply_date_is_for_sales_only() -> None:
    assert "shippingDate" not in fields.apply({}, filled(shipping_date="2026-11-01"))
    sale = fields.apply({}, filled(type="salesinvoice", shipping_date="2026-11-01"))
    assert sale["shippingDate"] == "2026-11-01"


def test_found_totals_stay_until_there_are_lines() -> None:
    found = {"type": "purchaseinvoice", "taxType": "gross", "totalGrossAmount": 42.5, "totalTaxAmount": 6.79}

    assert fields.apply(found, {"remark": "x"})["totalGrossAmount"] == 42.5
    assert fields.apply(found, {"lines": [line()]})["totalGrossAmount"] == 119


@given(st.lists(st.tuples(CENTS, RATES, st.sampled_from([-1, 0, 1])), min_size=1, max_size=5),
       st.sampled_from(["gross", "net"]))  # fmt: skip
def test_what_we_add_up_is_what_they_take(parts: list[tuple[Decimal, Decimal, int]], tax_type: str) -> None:
    lines = []
    for amount, rate, off in parts:
        typed = max(sums.tax(amount, rate, tax_type) + off * sums.CENT, sums.ZERO)
        kept = sums.kept_tax(amount, rate, tax_type, typed)
        assert kept == typed
        lines.append(line(str(amount), str(rate), str(kept)))

    document = fields.apply({}, filled(tax_type=tax_type, lines=lines))

    assert list(theirs.issues(document)) == []
    assert all(theirs.is_exact(document[name]) for name in ("totalGrossAmount", "totalTaxAmount"))
    found = sums.totals(lines, tax_type)
    assert found.net + found.tax == found.gross


def test_a_tax_that_is_off_by_more_is_replaced() -> None:
    assert sums.kept_tax(Decimal("119"), Decimal(19), "gross", Decimal("19.02")) == Decimal("19.00")
    assert sums.kept_tax(Decimal("119"), Decimal(19), "vatfree", Decimal("19.00")) == 0


def test_half_a_cent_of_tax_goes_up_whatever_the_rate() -> None:
    assert sums.tax(Decimal("0.14"), Decimal(12), "gross") == Decimal("0.02")  # 0.015 to the last digit
    assert sums.tax(Decimal("-0.14"), Decimal(12), "gross") == Decimal("-0.02")


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({}, []),
        ({"totalGrossAmount": 119, "totalTaxAmount": 19.0}, [("119.00", "19", "19.00")]),
        ({"totalGrossAmount": 107, "totalTaxAmount": 7.01}, [("107.00", "7", "7.01")]),
        ({"totalGrossAmount": 119}, [("119.00", "19", "19.00")]),
        ({"totalGrossAmount": 119, "totalTaxAmount": 19, "taxType": "net"}, [("100.00", "19", "19.00")]),
        ({"totalGrossAmount": 50, "taxType": "vatfree"}, [("50.00", "0", "0.00")]),
        ({"totalGrossAmount": 119, "voucherItems": [{}]}, []),
    ],
)
def test_the_line_to_offer(payload: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    found = [(each["amount"], each["tax_rate"], each["tax_amount"]) for each in sums.proposed_lines(payload)]
    assert found == expected


def test_lines_are_merged_as_one() -> None:
    before = filled()
    mine, others = before | {"lines": [line("10.00", "0", "0.00")]}, before | {"remark": "von drüben"}

    merged = merge.three_way(before=before, mine=mine, theirs=others)
    assert (merged.values["lines"], merged.values["remark"]) == (mine["lines"], "von drüben")
    assert merged.collisions == ()

    clash = merge.three_way(before=before, mine=mine, theirs=before | {"lines": []})
    assert [each.name for each in clash.collisions] == ["lines"]
