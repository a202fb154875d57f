"""The bank accounts of contacts."""

from typing import Any

import pytest

from lexweb.sandbox.server import RunningSandbox
from tests.contract.test_sandbox_contract import UNKNOWN
from tests.sandbox.partner_api.conftest import IBAN, Books

ACCOUNT: dict[str, Any] = {
    "accountHolder": "Hotel Goldener Hirsch",
    "bankName": "Musterbank",
    "iban": IBAN,
    "bic": "BYLADEM1001",
}


@pytest.fixture
def contact(books: Books) -> dict[str, Any]:
    found: dict[str, Any] = books.ask("GET", "contacts", 200)["content"][0]
    return found


def test_the_contact_moves_with_them(books: Books, contact: dict[str, Any]) -> None:
    address, version = f"contacts/{contact['id']}/bankaccounts", contact["version"]
    assert books.ask("GET", address, 200) == []
    made = books.sent("POST", address, 200, ACCOUNT | {"version": 99})
    assert made["version"] == version + 1
    account = books.ask("GET", f"{address}/{made['id']}", 200)
    assert account == ACCOUNT | {"id": made["id"], "version": version + 1}
    assert books.ask("GET", address, 200) == [account]
    changed = books.sent("PUT", f"{address}/{made['id']}", 200, account | {"iban": "de75 5121 0800 1245 1261 99"})
    assert changed["version"] == version + 2
    assert books.ask("GET", f"{address}/{made['id']}", 200)["iban"] == "DE75512108001245126199"
    books.ask("DELETE", f"{address}/{made['id']}", 204)
    for method, body in (("GET", None), ("PUT", account), ("DELETE", None)):
        books.ask(method, f"{address}/{made['id']}", 404, body)
    assert books.ask("GET", f"contacts/{contact['id']}", 200) == contact | {"version": version + 3}


def test_the_lock_is_the_contacts(sandbox: RunningSandbox, books: Books, contact: dict[str, Any]) -> None:
    address = f"contacts/{contact['id']}/bankaccounts"
    one = books.sent("POST", address, 200, ACCOUNT)
    books.sent("POST", address, 200, ACCOUNT)
    books.ask("PUT", f"{address}/{one['id']}", 409, ACCOUNT | {"version": one["version"]})
    books.ask("PUT", f"{address}/{one['id']}", 200, ACCOUNT | {"version": one["version"] + 1})
    assert books.fields("PUT", f"{address}/{one['id']}", ACCOUNT) == ["version"]
    sandbox.fault("foreign_edit", path="*/bankaccounts/*")
    books.ask("PUT", f"{address}/{one['id']}", 409, ACCOUNT | {"version": one["version"] + 2})
    assert "(geändert)" in books.ask("GET", f"contacts/{contact['id']}", 200)["note"]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        *(({name: None}, [name]) for name in ACCOUNT),
        ({"iban": "DE02120300000000202052"}, ["iban"]),
        ({"iban": "kein"}, ["iban"]),
        ({"bic": "123"}, ["bic"]),
    ],
)
def test_refused(books: Books, contact: dict[str, Any], changes: dict[str, Any], fields: list[str]) -> None:
    assert books.fields("POST", f"contacts/{contact['id']}/bankaccounts", ACCOUNT | changes) == fields
    assert books.ask("GET", f"contacts/{contact['id']}", 200) == contact


def test_of_another_contact(books: Books, contact: dict[str, Any]) -> None:
    made = books.sent("POST", f"contacts/{contact['id']}/bankaccounts", 200, ACCOUNT)
    other = books.ask("GET", "contacts", 200)["content"][1]["id"]
    books.ask("GET", f"contacts/{other}/bankaccounts/{made['id']}", 404)
    assert books.ask("GET", f"contacts/{other}/bankaccounts", 200) == []
    books.ask("GET", f"contacts/{UNKNOWN}/bankaccounts", 404)
    books.ask("POST", f"contacts/{UNKNOWN}/bankaccounts", 404, ACCOUNT)
