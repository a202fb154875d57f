"""The voucher list on the wire."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from tests.contract import schema

SAMPLE = schema.sample("voucherlist.list.response")
CONTACT = UUID("05ad6609-d267-437f-ab28-0d11a4d4dc67")


def asked(stage):
    return parse_qs(urlsplit(stage.heard[0].target).query)


def test_a_page(stage, office, answer):
    stage.play(answer(200, SAMPLE))
    page = office.voucherlist.page(["invoice", "salesinvoice"], ("open", "paid"), 2, 50, sort="updatedDate,ASC")
    assert asked(stage) == {
        "page": ["2"],
        "size": ["50"],
        "voucherType": ["invoice,salesinvoice"],
        "voucherStatus": ["open,paid"],
        "sort": ["updatedDate,ASC"],
    }
    row = page.content[0]
    assert (row.voucher_status, row.contact_id, row.due_date, str(row.open_amount)) == (
        "unchecked",
        None,
        None,
        "58.31",
    )


def test_filters(stage, office, answer):
    stage.play(answer(200, SAMPLE))
    day = date(2026, 1, 31)
    kinds = ("voucher", "created", "updated")
    days = {f"{kind}_date_{end}": day for kind in kinds for end in ("from", "to")}
    office.voucherlist.page("any", "any", archived=False, contact_id=CONTACT, voucher_number="A & <b>_%", **days)
    assert "voucherNumber=A+%26amp%3B+%26lt%3Bb%26gt%3B_%25" in stage.heard[0].target
    written = {f"{kind}Date{end}": ["2026-01-31"] for kind in kinds for end in ("From", "To")}
    assert asked(stage) == written | {
        "page": ["0"],
        "size": ["250"],
        "voucherType": ["any"],
        "voucherStatus": ["any"],
        "archived": ["false"],
        "contactId": [str(CONTACT)],
        "voucherNumber": ["A &amp; <b>_%".replace("<b>", "&lt;b&gt;")],
    }


@pytest.mark.parametrize(
    ("types", "statuses", "filters"),
    [
        ([], "any", {}),
        ("any", [], {}),
        ("", "any", {}),
        ("any", ["overdue", "open"], {}),
        ("any", ("paid", "overdue"), {}),
        ("any", "any", {"size": 251}),
        ("any", "any", {"voucher_date_from": datetime(2026, 1, 31, 23, 30, tzinfo=UTC)}),
    ],
)
def test_an_impossible_question_is_not_sent(stage, office, types, statuses, filters):
    with pytest.raises(ValueError, match=r"type|overdue|page|days"):
        office.voucherlist.page(types, statuses, **filters)
    assert stage.heard == []


def test_overdue_alone(stage, office, answer):
    stage.play(answer(200, SAMPLE), answer(200, SAMPLE))
    office.voucherlist.page("any", "overdue")
    office.voucherlist.page("any", ["overdue"])
    assert {parse_qs(urlsplit(each.target).query)["voucherStatus"][0] for each in stage.heard} == {"overdue"}


def test_pages_are_read_one_by_one(stage, office, answer):
    stage.play(*(answer(200, SAMPLE | {"number": n, "totalPages": 2, "last": n == 1}) for n in range(2)))
    pages = office.voucherlist.pages("any", "any", contact_id=CONTACT)
    assert stage.heard == []
    assert [page.number for page in pages] == [0, 1]
