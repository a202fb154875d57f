"""The finance/accounts resource."""

from typing import Any

import pytest

from lexweb.sandbox.server import RunningSandbox
from tests.contract.test_sandbox_contract import UNKNOWN
from tests.sandbox import partner
from tests.sandbox.partner_api.conftest import GIRO, IBAN, PAYPAL, Books

CARD = {
    "type": "CREDITCARD",
    "accountSystem": "LEXWEB",
    "name": "Karte",
    "bankName": "Musterbank",
    "balance": -12,
    "provider": "VISA",
    "creditCardNumber": "**** 1234",
}


@pytest.mark.parametrize("draft", [GIRO, PAYPAL, CARD])
def test_create_and_read(books: Books, draft: dict[str, Any]) -> None:
    made = books.sent("POST", "finance/accounts", 201, draft)
    assert made["version"] == 0
    account = books.ask("GET", f"finance/accounts/{made['id']}", 200)
    assert account["financialAccountId"] == made["id"]
    assert {name: account[name] for name in draft} == draft
    assert (account["lockVersion"], account["deactivated"]) == (0, False)
    assert account["createdDate"] == account["lastModifiedDate"] == made["createdDate"]
    assert not {"id", "version", "updatedDate"} & set(account)


def test_find(books: Books) -> None:
    assert books.ask("GET", "finance/accounts", 200) == []
    giro, paypal = books.account(), books.account(PAYPAL)
    found = books.ask("GET", "finance/accounts", 200)
    assert [each["financialAccountId"] for each in found] == [giro, paypal]
    for params in ({"iban": IBAN}, {"iban": "de02 1203 0000 0000 2020 51"}, {"externalReference": "konto-1"}):
        found = books.ask("GET", "finance/accounts", 200, **params)
        assert [each["financialAccountId"] for each in found] == [giro]
    assert books.ask("GET", "finance/accounts", 200, iban="DE00") == []
    books.ask("GET", "finance/accounts", 400, iban=IBAN, externalReference="konto-1")


def test_replace(books: Books) -> None:
    account_id = books.account()
    draft = {"type": "GIRO", "name": "Neu", "bankName": "B", "balance": 5, "lockVersion": 0, "iban": IBAN}
    draft |= {"bic": "BYLADEM1001", "accountSystem": "ANDERS", "financialAccountId": UNKNOWN}
    assert books.sent("PUT", f"finance/accounts/{account_id}", 200, draft)["version"] == 1
    account = books.ask("GET", f"finance/accounts/{account_id}", 200)
    assert (account["name"], account["balance"], account["lockVersion"]) == ("Neu", 5, 1)
    assert (account["accountHolder"], account["externalReference"]) == (None, None)  # not sent, so emptied
    assert (account["accountSystem"], account["financialAccountId"]) == ("LEXWEB", account_id)
    books.ask("PUT", f"finance/accounts/{account_id}", 409, draft)


def test_somebody_else_was_first(sandbox: RunningSandbox, books: Books) -> None:
    account_id = books.account()
    sandbox.fault("foreign_edit", changes={"balance": 7})
    books.ask("PUT", f"finance/accounts/{account_id}", 409, GIRO | {"lockVersion": 0})
    account = books.ask("GET", f"finance/accounts/{account_id}", 200)
    assert (account["balance"], account["lockVersion"]) == (7, 1)


def test_delete(books: Books) -> None:
    account_id = books.account()
    transaction_id = books.transaction(account_id)["financialTransactionId"]
    books.ask("DELETE", f"finance/accounts/{account_id}", 204)
    for method, body in (("GET", None), ("PUT", GIRO), ("DELETE", None)):
        books.ask(method, f"finance/accounts/{account_id}", 404, body)
    books.ask("GET", f"finance/transactions/{transaction_id}", 404)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"type": None}, ["type"]),
        ({"name": None}, ["name"]),
        ({"name": "  "}, ["name"]),
        ({"accountSystem": None}, ["accountSystem"]),
        ({"balance": None}, ["balance"]),
        ({"balance": 1.234}, ["balance"]),
        ({"type": "SPARSCHWEIN"}, ["type"]),
        ({"bankName": None}, ["bankName"]),
        ({"iban": None, "bic": None}, ["iban", "bic"]),
        ({"iban": "DE03120300000000202051"}, ["iban"]),
        ({"iban": "DE021203000000002020"}, ["iban"]),
        ({"bic": "BYLADEM"}, ["bic"]),
        ({"provider": "GIROCARD"}, ["provider"]),
        ({"type": "CREDITCARD"}, ["provider", "creditCardNumber"]),
    ],
)
def test_refused(books: Books, changes: dict[str, Any], fields: list[str]) -> None:
    assert books.fields("POST", "finance/accounts", GIRO | changes) == fields
    assert books.ask("GET", "finance/accounts", 200) == []


def test_a_change_needs_the_version(books: Books) -> None:
    assert books.fields("PUT", f"finance/accounts/{books.account()}", GIRO) == ["lockVersion"]


@pytest.mark.parametrize("body", [[], "text", GIRO | {"balance": "viel"}, GIRO | {"name": {}}])
def test_malformed(books: Books, body: Any) -> None:
    books.ask("POST", "finance/accounts", 400, body)


def test_other_organizations_see_nothing(sandbox: RunningSandbox, books: Books) -> None:
    account_id = books.account()
    token = partner.connect(sandbox, sandbox.organizations()[1])["access_token"]
    with partner.client(sandbox, token) as api:
        Books(api).ask("GET", f"finance/accounts/{account_id}", 404)
        assert Books(api).ask("GET", "finance/accounts", 200) == []
