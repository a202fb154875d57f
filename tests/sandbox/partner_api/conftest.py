"""A real OAuth connection of the joinery, and what the tests create with it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from lexweb.sandbox.server import RunningSandbox
from tests.contract import schema
from tests.contract.test_sandbox_contract import conforms
from tests.sandbox import partner

IBAN = "DE02120300000000202051"
GIRO: dict[str, Any] = {
    "type": "GIRO",
    "accountSystem": "LEXWEB",
    "name": "Girokonto",
    "bankName": "Musterbank",
    "accountHolder": "Tischlerei Brandt",
    "balance": 1200.5,
    "externalReference": "konto-1",
    "iban": IBAN,
    "bic": "BYLADEM1001",
}
PAYPAL: dict[str, Any] = {
    "type": "PAYMENT_PROVIDER",
    "accountSystem": "LEXWEB",
    "name": "PayPal",
    "bankName": None,
    "balance": 0,
}


class Books:
    """The partner API in the words of the tests; every answer is held against the contract."""

    def __init__(self, api: httpx.Client) -> None:
        self.api = api

    def ask(self, method: str, path: str, status: int, body: Any = None, **params: Any) -> Any:
        content = {} if body is None else {"json": body}
        return conforms(self.api.request(method, f"/v1/{path}", params=params, **content), status)

    def sent(self, method: str, path: str, status: int, body: Any) -> Any:
        """The same, and what is sent keeps the contract, too."""
        assert schema.violations(method, f"/v1/{path}", status, body, "request") == []
        return self.ask(method, path, status, body)

    def fields(self, method: str, path: str, body: Any) -> list[str]:
        """The members a body is refused for."""
        refused = self.ask(method, path, 406, body)
        return [each["field"] for each in refused["details"]]

    def account(self, draft: dict[str, Any] | None = None) -> str:
        return str(self.sent("POST", "finance/accounts", 201, draft or GIRO)["id"])

    def transaction(self, account_id: str, **changes: Any) -> dict[str, Any]:
        made: list[dict[str, Any]] = self.sent("POST", "finance/transactions", 201, [draft(account_id, **changes)])
        return made[0]


def draft(account_id: str, **changes: Any) -> dict[str, Any]:
    """A transaction to be sent; a change to None leaves the member out."""
    body = {
        "valueDate": "2026-11-02T00:00:00.000+01:00",
        "bookingDate": "2026-11-03T00:00:00.000+01:00",
        "purpose": "Rechnung RE-2026-0815",
        "amount": 119.0,
        "recipientOrSenderName": "Hotel Goldener Hirsch",
        "financialAccountId": account_id,
        "externalReference": "umsatz-1",
        **changes,
    }
    return {name: value for name, value in body.items() if value is not None}


@pytest.fixture
def access(sandbox: RunningSandbox, brandt: dict[str, Any]) -> str:
    """The access token of a connection with all scopes."""
    return str(partner.connect(sandbox, brandt)["access_token"])


@pytest.fixture
def books(sandbox: RunningSandbox, access: str) -> Iterator[Books]:
    with partner.client(sandbox, access) as api:
        yield Books(api)
