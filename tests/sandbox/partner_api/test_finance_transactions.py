"""The finance/transactions resource, and the hints that assign transactions."""

from typing import Any

import pytest

from lexweb.sandbox import categories
from tests.contract import schema
from tests.contract.test_sandbox_contract import UNKNOWN
from tests.sandbox.partner_api.conftest import GIRO, PAYPAL, Books, draft

CATEGORY = next(iter(categories.by_id()))
FEE = {"feeAmount": -2.5, "feeTaxRatePercentage": 0, "feePostingCategoryId": CATEGORY}
OURS = "the voucher"


@pytest.fixture
def giro(books: Books) -> str:
    return books.account()


@pytest.fixture
def voucher(books: Books) -> str:
    """A bookkeeping voucher of the joinery."""
    body = schema.sample("vouchers.create.request") | {"useCollectiveContact": True, "files": []}
    body.pop("contactId", None)
    return str(books.ask("POST", "vouchers", 201, body)["id"])


def test_create_and_read(books: Books, giro: str) -> None:
    made = books.transaction(giro)
    assert books.ask("GET", f"finance/transactions/{made['financialTransactionId']}", 200) == made
    sent = draft(giro)
    assert {name: made[name] for name in sent} == sent
    assert made["transactionDate"] == sent["valueDate"]
    assert (made["amountAsString"], made["openAmount"], made["openAmountAsString"]) == ("119.00", 119, "119.00")
    assert (made["state"], made["lockVersion"], made["endToEndId"]) == (None, 0, None)
    assert "feeAmount" not in made
    assert books.ask("GET", f"finance/accounts/{giro}", 200)["balance"] == GIRO["balance"]  # never computed


def test_the_date_without_a_value_date(books: Books, giro: str) -> None:
    made = books.transaction(giro, valueDate=None)
    assert (made["transactionDate"], made["valueDate"]) == (draft(giro)["bookingDate"], None)


def test_a_known_reference_is_skipped(books: Books, giro: str) -> None:
    first = books.transaction(giro)
    sent = [draft(giro, amount=5), draft(giro, externalReference="umsatz-2"), draft(giro, externalReference="umsatz-2")]
    known, new, twice = books.sent("POST", "finance/transactions", 201, sent)
    assert known == first
    assert new == twice != first
    other = books.account(PAYPAL)
    assert books.transaction(other)["financialTransactionId"] != first["financialTransactionId"]


def test_without_a_reference_nothing_is_known(books: Books, giro: str) -> None:
    one, two = (books.transaction(giro, externalReference=None) for _ in range(2))
    assert one["financialTransactionId"] != two["financialTransactionId"]


def test_up_to_25(books: Books, giro: str) -> None:
    many = [draft(giro, externalReference=f"u{number}") for number in range(26)]
    made = books.sent("POST", "finance/transactions", 201, many[:25])
    assert [each["externalReference"] for each in made] == [f"u{number}" for number in range(25)]
    books.ask("POST", "finance/transactions", 406, many)
    books.ask("POST", "finance/transactions", 406, [])


def test_all_or_nothing(books: Books, giro: str) -> None:
    body = [draft(giro), draft(giro, purpose=None, externalReference="b"), draft(UNKNOWN, externalReference="c")]
    assert books.fields("POST", "finance/transactions", body) == ["[1].purpose", "[2].financialAccountId"]
    books.ask("GET", "finance/transactions/latest-transaction", 404, financialAccountId=giro)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"amount": None}, ["amount"]),
        ({"amount": 1.005}, ["amount"]),
        ({"valueDate": None, "bookingDate": None}, ["valueDate"]),
        ({"valueDate": "2026-11-02"}, ["valueDate"]),
        ({"bookingDate": "2026-11-02T00:00:00+01:00"}, ["bookingDate"]),
        ({"financialAccountId": None}, ["financialAccountId"]),
        (FEE, ["feeAmount"]),  # no payment provider
    ],
)
def test_refused(books: Books, giro: str, changes: dict[str, Any], fields: list[str]) -> None:
    found = books.fields("POST", "finance/transactions", [draft(giro, **changes)])
    assert found == [f"[0].{field}" for field in fields]


@pytest.mark.parametrize("body", [{}, "text", [[]], [{"amount": "viel"}]])
def test_malformed(books: Books, body: Any) -> None:
    books.ask("POST", "finance/transactions", 400, body)


@pytest.mark.parametrize(("amount", "fee"), [(119.0, -2.5), (-119.0, 2.5)])
def test_fees_of_payment_providers(books: Books, amount: float, fee: float) -> None:
    made = books.transaction(books.account(PAYPAL), **FEE | {"amount": amount, "feeAmount": fee})
    assert (made["feeAmount"], made["feePostingCategoryId"]) == (fee, CATEGORY)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        (FEE | {"feeAmount": 2.5}, ["feeAmount"]),
        (FEE | {"amount": -119.0}, ["feeAmount"]),
        (FEE | {"feeTaxRatePercentage": None}, ["feeTaxRatePercentage"]),
        (FEE | {"feePostingCategoryId": None}, ["feePostingCategoryId"]),
        (FEE | {"feePostingCategoryId": UNKNOWN}, ["feePostingCategoryId"]),
    ],
)
def test_wrong_fees(books: Books, changes: dict[str, Any], fields: list[str]) -> None:
    found = books.fields("POST", "finance/transactions", [draft(books.account(PAYPAL), **changes)])
    assert found == [f"[0].{field}" for field in fields]


def test_the_latest(books: Books, giro: str) -> None:
    books.transaction(giro, externalReference="b", valueDate="2026-11-05T00:00:00.000+01:00")
    latest = books.transaction(giro, externalReference="c", valueDate="2026-11-05T00:00:00.000+01:00")
    books.transaction(giro, externalReference="a")
    address = "finance/transactions/latest-transaction"
    assert books.ask("GET", address, 200, financialAccountId=giro) == latest
    books.ask("GET", address, 404, financialAccountId=books.account(PAYPAL))
    books.ask("GET", address, 404, financialAccountId=UNKNOWN)
    books.ask("GET", address, 400)


def test_change(books: Books, giro: str) -> None:
    made = books.transaction(giro)
    address = f"finance/transactions/{made['financialTransactionId']}"
    changes = made | {"purpose": "neu", "amount": 20, "externalReference": "x", "financialAccountId": UNKNOWN}
    assert books.sent("PUT", address, 200, changes)["version"] == 1
    changed = books.ask("GET", address, 200)
    assert (changed["purpose"], changed["amount"], changed["openAmountAsString"]) == ("neu", 20, "20.00")
    assert (changed["externalReference"], changed["financialAccountId"]) == ("umsatz-1", giro)
    books.ask("PUT", address, 409, changes)
    assert books.fields("PUT", address, {"amount": 1, "purpose": "a"}) == ["lockVersion", "valueDate"]


def test_delete(books: Books, giro: str) -> None:
    address = f"finance/transactions/{books.transaction(giro)['financialTransactionId']}"
    books.ask("DELETE", address, 204)
    for method, body in (("GET", None), ("PUT", draft(giro)), ("DELETE", None)):
        books.ask(method, address, 404, body)
    books.ask("GET", f"{address}/assignments", 404)


@pytest.mark.parametrize("hint_first", [True, False])
@pytest.mark.parametrize("identifier", ["externalReference", "endToEndId"])
def test_a_hint_assigns(books: Books, giro: str, voucher: str, hint_first: bool, identifier: str) -> None:
    hint = {"voucherId": voucher, identifier: "zahlung-7"}
    if hint_first:
        assert books.sent("POST", "transaction-assignment-hint", 201, hint) == hint
    made = books.transaction(giro, **{identifier: "zahlung-7"})
    other = books.transaction(giro, externalReference="anders")
    if not hint_first:
        assert made["state"] is None
        books.sent("POST", "transaction-assignment-hint", 201, hint)
    address = f"finance/transactions/{made['financialTransactionId']}"
    assert books.ask("GET", f"{address}/assignments", 200) == [{"id": voucher, "type": "voucher"}]
    found = books.ask("GET", address, 200)
    assert (found["state"], found["openAmount"], found["openAmountAsString"]) == ("completely_assigned", 0, "0.00")
    assert books.ask("GET", f"finance/transactions/{other['financialTransactionId']}/assignments", 200) == []
    books.ask("DELETE", f"finance/accounts/{giro}", 406)


def test_one_hint_for_each_voucher(books: Books, voucher: str) -> None:
    books.sent("POST", "transaction-assignment-hint", 201, {"voucherId": voucher, "endToEndId": "a"})
    body = {"voucherId": voucher, "externalReference": "b"}
    assert books.fields("POST", "transaction-assignment-hint", body) == ["voucherId"]


@pytest.mark.parametrize(
    ("hint", "fields"),
    [
        ({"voucherId": OURS}, ["externalReference"]),
        ({"voucherId": OURS, "externalReference": "a", "endToEndId": "b"}, ["externalReference"]),
        ({"voucherId": UNKNOWN, "endToEndId": "b"}, ["voucherId"]),
        ({"endToEndId": "b"}, ["voucherId"]),
    ],
)
def test_wrong_hints(books: Books, voucher: str, hint: dict[str, str], fields: list[str]) -> None:
    body = {name: voucher if value == OURS else value for name, value in hint.items()}
    assert books.fields("POST", "transaction-assignment-hint", body) == fields
