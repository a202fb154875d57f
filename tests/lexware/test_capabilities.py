"""What a connection may do: tier, then scope, then plan."""

from collections.abc import Iterator
from typing import Any

import pytest

from lexweb.lexware import errors
from lexweb.lexware.api.profile import Profile
from lexweb.lexware.capabilities import Capabilities, of
from lexweb.lexware.credentials import AccessToken, ApiKey
from lexweb.lexware.office import NoPace, Office
from lexweb.sandbox import server
from lexweb.sandbox.oauth import scopes
from tests.contract import schema
from tests.sandbox import partner

EVERYTHING = frozenset({"INVOICING", "INVOICING_PRO", "BOOKKEEPING"})
KEY = Capabilities(partner=False, scopes=None, features=EVERYTHING)
TOKEN = Capabilities(partner=True, scopes=None, features=EVERYTHING)


@pytest.mark.parametrize(
    ("able", "method", "path", "lacking"),
    [
        (KEY, "GET", "/v1/contacts", ""),
        (KEY, "GET", "/v1/organization", "partner"),
        (KEY, "POST", "/v1/invoices/7/sendmail", "partner"),
        (TOKEN, "GET", "/v1/organization", ""),
        (Capabilities(False, frozenset(), frozenset()), "GET", "/v1/finance/accounts", "partner"),
        (Capabilities(True, frozenset(), frozenset()), "GET", "/v1/invoices/7", "invoices.read"),
        (Capabilities(True, frozenset({"invoices.read"}), frozenset()), "GET", "/v1/invoices/7", "INVOICING"),
        (Capabilities(True, frozenset({"invoices.read"}), EVERYTHING), "GET", "/v1/invoices/7", ""),
        (Capabilities(True, frozenset({"invoices.read"}), EVERYTHING), "GET", "/v1/down-payment-invoices/7", ""),
        (Capabilities(True, frozenset({"invoices.read"}), EVERYTHING), "POST", "/v1/invoices", "invoices.write"),
        (Capabilities(True, frozenset({"dunnings.read"}), EVERYTHING), "GET", "/v1/print-layouts", ""),
        (Capabilities(True, frozenset({"vouchers.read"}), EVERYTHING), "GET", "/v1/print-layouts", "invoices.read"),
        (Capabilities(True, frozenset({"vouchers.write"}), EVERYTHING), "POST", "/v1/vouchers/7/files", "files.write"),
        (Capabilities(True, frozenset({"files.write"}), EVERYTHING), "POST", "/v1/vouchers/7/files", "vouchers.write"),
        (Capabilities(True, frozenset(), frozenset()), "GET", "/v1/countries", ""),
        (Capabilities(True, None, frozenset({"INVOICING"})), "POST", "/v1/files", "BOOKKEEPING"),
        (KEY, "GET", "/v1/whatever/comes/next", ""),
    ],
)
def test_what_is_lacking(able: Capabilities, method: str, path: str, lacking: str) -> None:
    assert able.lacking(method, path) == lacking
    if not lacking:
        able.check(method, path)
        return
    kinds = {"partner": errors.OutsideTier, "INVOICING": errors.PlanRequired, "BOOKKEEPING": errors.PlanRequired}
    with pytest.raises(errors.LexwareError, match=f"needs {lacking}") as caught:
        able.check(method, path)
    assert type(caught.value) is kinds.get(lacking, errors.Forbidden)
    assert caught.value.need is not None


def test_they_come_from_token_and_profile() -> None:
    profile = Profile.model_validate(schema.sample("profile.get.response"))
    key, token = of(ApiKey("k"), profile), of(AccessToken("t", frozenset({"contacts.read"})), profile)
    assert (key.partner, key.tier, key.scopes) == (False, "public", None)
    assert (token.partner, token.tier, token.scopes) == (True, "partner", frozenset({"contacts.read"}))
    assert key.features == token.features == frozenset(profile.business_features)


def test_the_profile_is_read_once(stage, office, answer):
    stage.play(answer(200, schema.sample("profile.get.response")))
    assert office.capabilities is office.capabilities
    assert len(stage.heard) == 1


# Against the sandbox: what is said to be lacking is refused, what is not is not.


@pytest.fixture(scope="module")
def sandbox() -> Iterator[server.RunningSandbox]:
    with server.serve_in_thread(rate=1_000_000, burst=1_000_000) as running:
        yield running


QUESTIONS = ["profile", "articles", "vouchers?voucherNumber=7", "print-layouts", "posting-categories", "countries"]
QUESTIONS += ["organization", "cash-boxes", "finance/accounts", "recurring-templates", "payment-conditions"]
QUESTIONS += ["voucherlist?voucherType=any&voucherStatus=any", "contacts", "event-subscriptions"]


def _plans(sandbox: server.RunningSandbox) -> dict[str, dict[str, Any]]:
    """One organization for each combination of features."""
    return {" ".join(sorted(each["businessFeatures"])): each for each in sandbox.organizations()}


@pytest.mark.parametrize("granted", [None, "profile.read", "profile.read dunnings.read vouchers.read finance.read"])
def test_the_sandbox_agrees(sandbox: server.RunningSandbox, granted: str | None) -> None:
    plans = _plans(sandbox)
    assert len(plans) > 2
    for organization in plans.values():
        tokens = partner.connect(sandbox, organization, scope=granted)
        held = frozenset(tokens["scope"].split())
        assert held == frozenset((granted or " ".join(scopes.ALL)).split())
        with (
            Office(sandbox.url, credentials=AccessToken(tokens["access_token"], held), pace=NoPace()) as office,
            partner.client(sandbox, tokens["access_token"]) as api,
        ):
            for question in QUESTIONS:
                path = f"/v1/{question}"
                lacking = office.capabilities.lacking("GET", path)
                status = api.get(path).status_code
                assert status == (200 if not lacking else 402 if lacking.isupper() else 403), (question, lacking)


def test_the_sandbox_agrees_about_keys(sandbox: server.RunningSandbox) -> None:
    for organization in _plans(sandbox).values():
        key = organization["apiKey"]
        with (
            Office(sandbox.url, credentials=ApiKey(key), pace=NoPace()) as office,
            partner.client(sandbox, key) as api,
        ):
            for question in QUESTIONS:
                lacking = office.capabilities.lacking("GET", f"/v1/{question}")
                status = api.get(f"/v1/{question}").status_code
                assert status == (200 if not lacking else 402 if lacking.isupper() else 403), (question, lacking)
