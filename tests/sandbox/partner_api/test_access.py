"""Who may ask for what: tier, scopes, plan."""

from typing import Any

import httpx

from lexweb.sandbox.oauth import scopes
from lexweb.sandbox.server import RunningSandbox
from tests.contract import schema
from tests.contract.test_sandbox_contract import UNKNOWN, conforms
from tests.sandbox import partner

# What an action asks for; where one address has several methods, each of them.
PARTNER_ONLY = {
    ("GET", "organization"): "organization.read",
    ("GET", "partner-integrations"): None,
    ("PUT", "partner-integrations"): None,
    ("POST", "transaction-assignment-hint"): "transaction-assignment-hint.write",
    ("GET", "finance/accounts"): "finance.read",
    ("POST", "finance/accounts"): "finance.write",
    ("GET", f"finance/accounts/{UNKNOWN}"): "finance.read",
    ("PUT", f"finance/accounts/{UNKNOWN}"): "finance.write",
    ("DELETE", f"finance/accounts/{UNKNOWN}"): "finance.delete",
    ("POST", "finance/transactions"): "finance.write",
    ("GET", "finance/transactions/latest-transaction"): "finance.read",
    ("GET", f"finance/transactions/{UNKNOWN}"): "finance.read",
    ("PUT", f"finance/transactions/{UNKNOWN}"): "finance.write",
    ("DELETE", f"finance/transactions/{UNKNOWN}"): "finance.delete",
    ("GET", f"finance/transactions/{UNKNOWN}/assignments"): "finance.read",
    ("GET", f"contacts/{UNKNOWN}/bankaccounts"): "contacts.bankaccounts.read",
    ("POST", f"contacts/{UNKNOWN}/bankaccounts"): "contacts.bankaccounts.write",
    ("GET", f"contacts/{UNKNOWN}/bankaccounts/{UNKNOWN}"): "contacts.bankaccounts.read",
    ("PUT", f"contacts/{UNKNOWN}/bankaccounts/{UNKNOWN}"): "contacts.bankaccounts.write",
    ("DELETE", f"contacts/{UNKNOWN}/bankaccounts/{UNKNOWN}"): "contacts.bankaccounts.write",
    ("GET", "cash-boxes"): "cashbox.read",
    ("POST", "cash-boxes"): "cashbox.write",
    ("GET", f"cash-boxes/{UNKNOWN}"): "cashbox.read",
    ("PUT", f"cash-boxes/{UNKNOWN}"): "cashbox.write",
    ("DELETE", f"cash-boxes/{UNKNOWN}"): "cashbox.delete",
    ("GET", f"cash-boxes/{UNKNOWN}/balances"): "cashbox.read",
    ("POST", f"cash-boxes/{UNKNOWN}/balances"): "cashbox.write",
}


def asked(api: httpx.Client, method: str, path: str) -> httpx.Response:
    content = {"json": {}} if method in {"POST", "PUT"} else {}
    return api.request(method, f"/v1/{path}", **content)  # type: ignore[arg-type]


def test_keys_are_refused(api: httpx.Client) -> None:
    for method, path in PARTNER_ONLY:
        assert conforms(asked(api, method, path), 403) == {"message": "access_denied"}, (method, path)


def test_each_asks_for_its_scope(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    for scope in sorted({scope for scope in PARTNER_ONLY.values() if scope}):
        others = " ".join(each for each in scopes.ALL if each != scope)
        lacking = partner.connect(sandbox, brandt, scope=others)["access_token"]
        enough = partner.connect(sandbox, brandt, scope=scope)["access_token"]
        for (method, path), needed in PARTNER_ONLY.items():
            with partner.client(sandbox, lacking) as without, partner.client(sandbox, enough) as only:
                assert (asked(without, method, path).status_code == 403) is (needed == scope), (method, path)
                assert (asked(only, method, path).status_code != 403) is (needed in {scope, None}), (method, path)


def test_the_contract_names_the_same_scopes() -> None:
    for (method, path), scope in PARTNER_ONLY.items():
        (operation,) = schema.operations(method, f"/v1/{path}")
        assert operation.described["x-required-scopes"] == ([scope] if scope else []), (method, path)


def test_keys_hold_no_partner_scope() -> None:
    assert {scope for scope in PARTNER_ONLY.values() if scope} <= scopes.PARTNER_ONLY
    assert not scopes.OF_KEYS & scopes.PARTNER_ONLY
    assert set(scopes.ALL) == scopes.OF_KEYS | scopes.PARTNER_ONLY


def test_changed_plans(sandbox: RunningSandbox, http: httpx.Client, api: httpx.Client, brandt: dict[str, Any]) -> None:
    address = f"/_sandbox/organizations/{brandt['organizationId']}/features"
    booked = http.post(address, json={"businessFeatures": ["BOOKKEEPING", "INVOICING"]})
    assert booked.json() == {"businessFeatures": ["INVOICING", "BOOKKEEPING"]}
    assert conforms(api.get("/v1/profile"), 200)["businessFeatures"] == ["INVOICING", "BOOKKEEPING"]
    http.post(address, json={"businessFeatures": []})
    assert conforms(api.get(f"/v1/vouchers/{UNKNOWN}"), 402) == {"message": "Payment required"}
    http.post(address, json={"businessFeatures": ["BOOKKEEPING"]})
    conforms(api.get(f"/v1/vouchers/{UNKNOWN}"), 404)
    sandbox.reset()
    assert api.get("/v1/profile").json()["businessFeatures"] == brandt["businessFeatures"]
    for wrong in ({}, {"businessFeatures": "INVOICING"}, {"businessFeatures": ["EVERYTHING"]}):
        assert http.post(address, json=wrong).status_code == 400
    assert http.post(f"/_sandbox/organizations/{UNKNOWN}/features", json={"businessFeatures": []}).status_code == 404
