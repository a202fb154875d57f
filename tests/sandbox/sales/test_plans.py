"""What the organization's plan and the caller's scopes allow."""

from typing import Any

import pytest

from tests.sandbox import partner
from tests.sandbox.sales.conftest import OpenDesk
from tests.sandbox.sales.desk import ITEM, WRITABLE, Desk

ABROAD = {"name": "Resi", "countryCode": "AT"}


@pytest.mark.parametrize(
    "members", [{"language": "en"}, {"address": ABROAD}, {"xRechnung": {"buyerReference": "01002000-4711-05"}}]
)
def test_some_documents_need_the_larger_plan(desk_of: OpenDesk, members: dict[str, Any]) -> None:
    desk = desk_of("lesezeichen")
    if "xRechnung" in members:
        members = members | {"address": {"contactId": desk.authority}}
    answer = desk.post("invoices", desk.body(**members))
    assert (answer.status_code, answer.json()) == (402, {"message": "Payment required"})
    desk.create(body=desk.body())


def test_rules_come_before_the_plan(desk_of: OpenDesk) -> None:
    desk = desk_of("lesezeichen")
    assert desk.refused("invoices", desk.body(language="en", title="x" * 26)) == {"title": "SIZE"}


def test_own_layouts_belong_to_the_larger_plan(desk_of: OpenDesk) -> None:
    assert [each["name"] for each in desk_of("lesezeichen").api.get("/v1/print-layouts").json()] == ["Standard"]
    desk = desk_of("tischlerei-brandt")
    own = desk.api.get("/v1/print-layouts").json()[1]["id"]
    assert desk.issue(body=desk.body(printLayoutId=own))["printLayoutId"] == own


@pytest.mark.parametrize("kind", WRITABLE)
def test_each_kind_has_its_own_scopes(desk: Desk, brandt: dict[str, Any], kind: str) -> None:
    tokens = partner.connect(desk.sandbox, brandt, scope=f"{kind}.read")
    with partner.client(desk.sandbox, tokens["access_token"]) as api:
        assert api.get(f"/v1/{kind}/x").status_code == 404
        assert api.post(f"/v1/{kind}", json={}).status_code == 403
        others = [each for each in WRITABLE if each != kind]
        assert [api.get(f"/v1/{each}/x").status_code for each in others] == [403] * len(others)
        assert api.get("/v1/print-layouts").status_code == 200
        assert api.get("/v1/payment-conditions").status_code == 200
        assert api.get("/v1/down-payment-invoices/x").status_code == (404 if kind == "invoices" else 403)


def test_items_stay_as_they_were_when_articles_go(desk: Desk) -> None:
    item = ITEM | {"type": "service", "id": desk.article}
    invoice = desk.create(body=desk.body(lineItems=[item]))
    assert desk.api.delete(f"/v1/articles/{desk.article}").status_code == 204
    assert desk.get("invoices", invoice["id"])["lineItems"][0]["id"] == desk.article
    assert desk.refused("invoices", desk.body(lineItems=[item])) == {"lineItems[0].id": "INVALID"}
