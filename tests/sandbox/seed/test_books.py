"""The books as a whole: how much there is, the same each time, in the contract's shape."""

import threading
from collections import Counter
from datetime import date, timedelta

import pytest

from lexweb.sandbox import seed
from lexweb.sandbox.seed import companies, library
from lexweb.sandbox.seed.books import plans
from tests.contract import schema
from tests.sandbox.seed.conftest import DAYS, LISTED, Demo

PATHS = {"finance-accounts": "finance/accounts", "finance-transactions": "finance/transactions"}
PLAIN = ("files", "cash-box-balances")  # read in another way than by their id
KINDS = (
    *(*LISTED, "dunnings", "recurring-templates", "articles", "vouchers", "files"),
    *("finance-accounts", "finance-transactions", "cash-boxes", "cash-box-balances"),
)


def test_same_at_every_start() -> None:
    company = companies.ALL[0]
    first, again = (library.Library(seed._contacts).books(company, DAYS[0]) for _ in range(2))
    assert first == again
    assert {kind: list(records) for kind, records in first.items()} == {
        kind: list(records) for kind, records in again.items()
    }


def test_another_day_has_other_books() -> None:
    first, second = (seed.organizations(day)[0].shelf("invoices") for day in DAYS)
    assert {record.id for record in first} & {record.id for record in second}
    assert [record.document for record in first] != [record.document for record in second]


def test_written_once_however_many_ask() -> None:
    fresh, found = library.Library(seed._contacts), []

    def ask() -> None:
        found.append(fresh.books(companies.ALL[0], DAYS[0]))

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 4
    assert all(each is found[0] for each in found)


def test_old_days_are_dropped() -> None:
    fresh, company = library.Library(seed._contacts), companies.ALL[7]
    first = fresh.books(company, DAYS[0])
    for back in range(1, library.KEPT + 1):
        fresh.books(company, DAYS[0] - timedelta(back))
    assert fresh.books(company, DAYS[0]) is not first


def test_a_reset_shares_the_records() -> None:
    first, second = (seed.organizations(DAYS[0])[0].shelf("invoices") for _ in range(2))
    assert first is not second
    assert all(mine is other for mine, other in zip(first, second, strict=True))


def test_sizes(demo: Demo) -> None:
    sizes = {slug: sum(len(each.shelf(kind)) for kind in LISTED) for slug, each in demo.organizations.items()}
    for slug, organization in demo.organizations.items():
        assert sizes[slug] == plans.PLANS[slug].sales
        assert len(organization.shelf("vouchers")) == plans.PLANS[slug].vouchers
    hanse = demo.organizations["hanse-sanitaer"]
    assert sizes["hanse-sanitaer"] + len(hanse.shelf("vouchers")) == 12_500
    assert sizes["naehstuebchen-winter"] == 120


def test_traders_have_articles(demo: Demo) -> None:
    counts = {slug: len(each.shelf("articles")) for slug, each in demo.organizations.items()}
    assert counts["hanse-sanitaer"] == 200
    assert all(counts[slug] >= 20 for slug in ("lesezeichen", "weingut-steigerhof", "autohaus-koenig"))


def test_plans_without_bookkeeping_have_no_vouchers(demo: Demo) -> None:
    for organization in demo.organizations.values():
        if "BOOKKEEPING" not in organization.business_features:
            assert not any(len(organization.shelf(kind)) for kind in ("vouchers", "files", "cash-boxes"))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in PLAIN])
def test_every_document_keeps_the_contract(demo: Demo, kind: str) -> None:
    found = Counter(
        violation
        for _, record in demo.records(kind)
        for violation in schema.violations("GET", f"/v1/{PATHS.get(kind, kind)}/x", 200, record.document)
    )
    assert not found
    assert demo.records(kind)


def test_closings_of_the_till_keep_the_contract(demo: Demo) -> None:
    found = [
        {name: value for name, value in record.document.items() if name != "id"}
        for _, record in demo.records("cash-box-balances")
    ]
    assert len(found) > 100
    operation = schema.operations("GET", "/v1/cash-boxes/x/balances")[0]
    component = operation.contract.document["components"]["schemas"]["CashBoxBalance"]
    assert [wrong for each in found for wrong in operation.contract.check(component, each)] == []


def test_nothing_lies_ahead(demo: Demo) -> None:
    first, tomorrow = demo.today - timedelta(430), (demo.today + timedelta(1)).isoformat()
    for _, record in demo.records(*LISTED, "dunnings", "vouchers"):
        document = record.document
        assert first.isoformat() <= document.get("voucherDate", document["createdDate"])[:10] < tomorrow or (
            document["voucherStatus"] == "unchecked"  # the year was misread
        )
        assert document["createdDate"] <= document["updatedDate"] < tomorrow
        assert all(date.fromisoformat(each["date"]) <= demo.today for each in record.hidden.get("payments", ()))


def test_ids_are_unique(demo: Demo) -> None:
    ids = [record.id for _, record in demo.records(*KINDS)]
    assert len(ids) == len(set(ids))
    assert all(record.document["organizationId"] == each.id for each, record in demo.records(*LISTED, "vouchers"))


def test_names_are_of_contacts(demo: Demo) -> None:
    for organization, record in demo.records(*LISTED, "dunnings", "recurring-templates"):
        address = record.document["address"]
        contact = organization.contacts.get(address["contactId"])
        assert contact
        assert contact.name == address["name"]
        assert "customer" in contact.contact["roles"]
