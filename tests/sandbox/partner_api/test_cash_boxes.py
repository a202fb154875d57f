"""The cash-boxes resource with its daily closings."""

from typing import Any

import pytest

from lexweb.sandbox import categories
from lexweb.sandbox.server import RunningSandbox
from tests.contract.test_sandbox_contract import UNKNOWN
from tests.sandbox.partner_api.conftest import Books

CATEGORY = next(iter(categories.by_id()))
KASSE: dict[str, Any] = {
    "cashBoxName": "Ladenkasse",
    "openingDate": "2026-11-01T00:00:00.000+01:00",
    "openingAmount": 150,
    "currency": "EUR",
    "externalReference": "laden",
    "identifier": "TSE-0001",
}
POSITION: dict[str, Any] = {
    "paymentType": "cash",
    "categoryId": CATEGORY,
    "amount": "119.00",
    "taxRatePercentage": "19",
    "note": "Tageseinnahmen",
    "currency": "EUR",
    "taxType": "gross",
    "voucherType": "revenue",
}
CLOSING: dict[str, Any] = {
    "voucherNumber": "Z-17",
    "voucherDate": "2026-11-05T20:15:00.000+01:00",
    "userName": "Erika Musterfrau",
    "positions": [POSITION],
}


@pytest.fixture
def kasse(books: Books) -> str:
    return str(books.sent("POST", "cash-boxes", 201, KASSE)["id"])


def test_create_read_list(books: Books, kasse: str, brandt: dict[str, Any]) -> None:
    found = books.ask("GET", f"cash-boxes/{kasse}", 200)
    assert {name: found[name] for name in KASSE} == KASSE
    assert (found["cashBoxId"], found["organizationId"]) == (kasse, brandt["organizationId"])
    assert found["version"] == 0
    assert "id" not in found
    assert books.ask("GET", "cash-boxes", 200) == {"content": [found]}


def test_rename(sandbox: RunningSandbox, books: Books, kasse: str) -> None:
    body = {"cashBoxName": "Hofladen", "version": 0, "identifier": "anders"}
    assert books.sent("PUT", f"cash-boxes/{kasse}", 200, body)["version"] == 1
    found = books.ask("GET", f"cash-boxes/{kasse}", 200)
    assert (found["cashBoxName"], found["identifier"]) == ("Hofladen", "TSE-0001")
    books.ask("PUT", f"cash-boxes/{kasse}", 409, body)
    books.sent("PUT", f"cash-boxes/{kasse}", 200, {"cashBoxName": "Hofladen", "version": 1})  # its own name is free
    assert books.fields("PUT", f"cash-boxes/{kasse}", {}) == ["cashBoxName", "version"]
    sandbox.fault("foreign_edit")
    books.ask("PUT", f"cash-boxes/{kasse}", 409, {"cashBoxName": "A", "version": 2})
    assert books.ask("GET", f"cash-boxes/{kasse}", 200)["cashBoxName"] == "Hofladen (geändert)"


def test_names_and_tills_are_unique(books: Books, kasse: str) -> None:
    assert books.fields("POST", "cash-boxes", KASSE) == ["identifier", "cashBoxName"]
    other = books.sent("POST", "cash-boxes", 201, KASSE | {"cashBoxName": "B", "identifier": "2"})["id"]
    taken = {"cashBoxName": "Ladenkasse", "version": 0}
    assert books.fields("PUT", f"cash-boxes/{other}", taken) == ["cashBoxName"]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"cashBoxName": "Hauptkasse"}, ["cashBoxName"]),
        ({"cashBoxName": None}, ["cashBoxName"]),
        ({"openingDate": "2026-11-01"}, ["openingDate"]),
        ({"openingAmount": -1}, ["openingAmount"]),
        ({"currency": "CHF"}, ["currency"]),
        ({"identifier": ""}, ["identifier"]),
    ],
)
def test_refused(books: Books, changes: dict[str, Any], fields: list[str]) -> None:
    assert books.fields("POST", "cash-boxes", KASSE | changes) == fields


def test_delete(books: Books, kasse: str) -> None:
    books.sent("POST", f"cash-boxes/{kasse}/balances", 201, CLOSING)
    books.ask("DELETE", f"cash-boxes/{kasse}", 409)
    empty = books.sent("POST", "cash-boxes", 201, KASSE | {"cashBoxName": "B", "identifier": "2"})["id"]
    books.ask("DELETE", f"cash-boxes/{empty}", 204)
    bodies = {"PUT": {"cashBoxName": "C", "version": 0}}
    for method in ("GET", "PUT", "DELETE"):
        books.ask(method, f"cash-boxes/{empty}", 404, bodies.get(method))


def test_a_closing(books: Books, kasse: str, brandt: dict[str, Any]) -> None:
    made = books.sent("POST", f"cash-boxes/{kasse}/balances", 201, CLOSING)
    (position,) = made["positions"]
    assert position.pop("voucherId")
    assert position == POSITION | {"amount": 119, "taxRatePercentage": 19, "voucherStatus": "paid"}
    assert (made["cashBoxId"], made["organizationId"]) == (kasse, brandt["organizationId"])
    assert (made["voucherNumber"], made["userName"]) == ("Z-17", "Erika Musterfrau")
    page = books.ask("GET", f"cash-boxes/{kasse}/balances", 200)
    assert page["content"][0]["voucherDate"] == CLOSING["voucherDate"]
    assert (page["totalElements"], page["size"]) == (1, 25)


def test_a_closing_can_be_sent_once(books: Books, kasse: str) -> None:
    address = f"cash-boxes/{kasse}/balances"
    books.sent("POST", address, 201, CLOSING)
    assert books.fields("POST", address, CLOSING) == ["voucherNumber"]
    books.sent("POST", address, 201, CLOSING | {"voucherDate": "2026-11-06T20:15:00.000+01:00"})
    books.sent("POST", address, 201, CLOSING | {"voucherNumber": "Z-18"})


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"voucherNumber": None}, ["voucherNumber"]),
        ({"voucherDate": "2026-11-05"}, ["voucherDate"]),
        ({"positions": []}, ["positions"]),
        ({"positions": [POSITION | {"amount": "1.234"}]}, ["positions[0].amount"]),
        ({"positions": [POSITION | {"taxRatePercentage": 8}]}, ["positions[0].taxRatePercentage"]),
        ({"positions": [POSITION | {"paymentType": "muscheln"}]}, ["positions[0].paymentType"]),
        ({"positions": [POSITION | {"taxType": "net"}]}, ["positions[0].taxType"]),
        ({"positions": [POSITION, POSITION | {"categoryId": UNKNOWN}]}, ["positions[1].categoryId"]),
    ],
)
def test_refused_closings(books: Books, kasse: str, changes: dict[str, Any], fields: list[str]) -> None:
    assert books.fields("POST", f"cash-boxes/{kasse}/balances", CLOSING | changes) == fields
    assert books.ask("GET", f"cash-boxes/{kasse}/balances", 200)["totalElements"] == 0


def test_finding_closings(books: Books, kasse: str) -> None:
    address = f"cash-boxes/{kasse}/balances"
    for day in (4, 6, 5):
        body = CLOSING | {"voucherNumber": f"Z-{day}", "voucherDate": f"2026-11-0{day}T20:00:00.000+01:00"}
        books.sent("POST", address, 201, body)

    def numbers(**params: Any) -> list[str]:
        return [each["voucherNumber"] for each in books.ask("GET", address, 200, **params)["content"]]

    assert numbers() == ["Z-6", "Z-5", "Z-4"]
    assert numbers(sort="voucherNumber,ASC") == numbers(sort="voucherDate") == ["Z-4", "Z-5", "Z-6"]
    assert numbers(dateFrom="2026-11-05") == ["Z-6", "Z-5"]
    assert numbers(dateFrom="2026-11-05", dateTo="2026-11-05") == numbers(voucherNumber="Z-5") == ["Z-5"]
    assert numbers(size=2, page=1) == ["Z-4"]
    for bad in ({"size": 101}, {"dateTo": "gestern"}, {"sort": "amount,ASC"}, {"sort": "voucherDate,QUER"}):
        books.ask("GET", address, 400, **bad)
    books.ask("GET", address, 200, size=100)
    books.ask("GET", f"cash-boxes/{UNKNOWN}/balances", 404)
    books.ask("POST", f"cash-boxes/{UNKNOWN}/balances", 404, CLOSING)
