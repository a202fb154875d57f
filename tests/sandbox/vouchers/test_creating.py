"""POST /v1/vouchers."""

from typing import Any

import httpx
import pytest

from lexweb.sandbox.server import RunningSandbox
from tests.contract import schema
from tests.sandbox import partner
from tests.sandbox.bookkeeping import (
    GOODS,
    PURCHASE,
    SALE,
    TRAVEL,
    UNKNOWN,
    WITH_CONTACT,
    conforms,
    create,
    events,
    issues,
    organization,
)

ITEM = SALE["voucherItems"][0]
NET = {"taxType": "net", "voucherItems": [ITEM | {"amount": 100}]}


def items(*changes: dict[str, Any]) -> dict[str, Any]:
    return {"voucherItems": [ITEM | change for change in changes]}


@pytest.fixture
def contact_id(sandbox: RunningSandbox, brandt: dict[str, Any]) -> str:
    return str(organization(sandbox, brandt).contacts.ordered()[0].contact["id"])


@pytest.mark.parametrize("name", ["create", "create.net", "create.unchecked"])
def test_samples_of_the_contract_come_back_as_sent(api: httpx.Client, contact_id: str, name: str) -> None:
    sent = schema.sample(f"vouchers.{name}.request")
    if "contactId" in sent:
        sent["contactId"] = contact_id
    answer = api.post("/v1/vouchers", json=sent)
    short = conforms(answer, 201)
    assert short["version"] == 1
    assert answer.headers["location"] == short["resourceUri"]
    stored = conforms(api.get(answer.headers["location"]), 200)
    assert {name: _day(stored[name]) for name in sent} == sent


def _day(value: Any) -> Any:
    return value[:10] if isinstance(value, str) and value.endswith("T00:00:00.000+01:00") else value


def test_booked_at_once_and_due_on_its_own_day(api: httpx.Client, sandbox: RunningSandbox) -> None:
    voucher = create(api)
    assert (voucher["voucherStatus"], voucher["dueDate"]) == ("open", voucher["voucherDate"])
    assert (voucher["contactName"], voucher["files"]) == ("Sammelkunde", [])
    assert create(api, PURCHASE)["contactName"] == "Sammellieferant"
    assert events(sandbox, voucher["id"]) == ["voucher.created"]


def test_unchecked_vouchers_get_no_due_date(api: httpx.Client) -> None:
    bare = {"type": "salesinvoice", "taxType": "gross", "useCollectiveContact": True, "voucherStatus": "unchecked"}
    voucher = create(api, bare, voucherDate="2026-11-02")
    assert (voucher["voucherStatus"], "dueDate" in voucher) == ("unchecked", False)


def test_contacts(api: httpx.Client, contact_id: str) -> None:
    voucher = create(api, useCollectiveContact=False, contactId=contact_id.upper(), contactName="Egal")
    contact = api.get(f"/v1/contacts/{contact_id}").json()
    assert voucher["contactId"] == contact_id
    assert contact.get("company", {}).get("name", voucher["contactName"]) == voucher["contactName"] != "Egal"
    # The collective contact wins, and may have a name of its own.
    own = create(api, contactId=UNKNOWN, contactName="Laufkundschaft")
    assert (own["contactName"], "contactId" in own) == ("Laufkundschaft", False)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-07-01T00:00:00.000+02:00", "2026-07-01"),
        ("2026-01-15T00:00:00.000+01:00", "2026-01-15"),
        ("2026-07-01T00:00:00.000Z", "2026-07-01"),
    ],
)
def test_timestamps_are_taken_as_their_day(api: httpx.Client, written: str, day: str) -> None:
    assert create(api, voucherDate=written)["voucherDate"] == f"{day}T00:00:00.000+01:00"


def test_read_only_members_are_ignored(api: httpx.Client) -> None:
    voucher = create(api, id=UNKNOWN, organizationId="x", files=[UNKNOWN], version=7, createdDate="gestern")
    assert voucher["id"] != UNKNOWN
    assert (voucher["files"], voucher["version"]) == ([], 1)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"type": None}, ("missing_entity", "type")),
        ({"type": "invoice"}, ("invalid_value", "type")),
        ({"taxType": None}, ("missing_entity", "taxType")),
        ({"taxType": "intern"}, ("invalid_value", "taxType")),
        ({"voucherNumber": " "}, ("missing_entity", "voucherNumber")),
        ({"voucherDate": None}, ("missing_entity", "voucherDate")),
        ({"totalGrossAmount": None}, ("missing_entity", "totalGrossAmount")),
        ({"totalTaxAmount": None}, ("missing_entity", "totalTaxAmount")),
        ({"voucherItems": []}, ("missing_entity", "voucherItems")),
        ({"voucherStatus": "paid"}, ("invalid_value", "voucherStatus")),
        ({"voucherStatus": "unchecked"} | NET, ("invalid_value", "taxType")),
        ({"voucherDate": "02.11.2026"}, ("invalid_value", "voucherDate")),
        ({"dueDate": "2026-11-02T00:00:00Z"}, ("invalid_value", "dueDate")),
        ({"shippingDate": "2026-02-30"}, ("invalid_value", "shippingDate")),
        ({"useCollectiveContact": False}, ("missing_entity", "contactId")),
        ({"useCollectiveContact": None, "contactId": UNKNOWN}, ("invalid_value", "contactId")),
        ({"totalGrossAmount": 119.01}, ("invalid_total_amount", "totalGrossAmount")),
        ({"totalTaxAmount": 18.99}, ("invalid_total_amount", "totalTaxAmount")),
        (items({"amount": 118.999}) | {"totalGrossAmount": 119}, ("invalid_value", "voucherItems[0].amount")),
        (items({"taxAmount": 18.98}) | {"totalTaxAmount": 18.98}, ("invalid_taxamount", "voucherItems[0].taxAmount")),
        (items({"taxRatePercent": 7}), ("invalid_taxamount", "voucherItems[0].taxAmount")),
        (items({"taxAmount": None}), ("missing_entity", "voucherItems[0].taxAmount")),
        (items({"categoryId": None}), ("missing_entity", "voucherItems[0].categoryId")),
        (items({"categoryId": UNKNOWN}), ("invalid_value", "voucherItems[0].categoryId")),
        (items({"categoryId": TRAVEL}), ("invalid_value", "voucherItems[0].categoryId")),
        (
            items({"taxRatePercent": 20, "taxAmount": 19.83}) | {"totalTaxAmount": 19.83},
            ("invalid_value", "voucherItems[0].taxRatePercent"),
        ),
        (
            items({"categoryId": "7c112b66-0565-479c-bc18-5845e080880a"}),  # distance sales by ORIGIN
            ("invalid_value", "voucherItems[0].categoryId"),
        ),
        (
            {"taxType": "vatfree", "totalTaxAmount": 0} | items({"taxAmount": 0}),
            ("invalid_value", "voucherItems[0].taxRatePercent"),
        ),
    ],
)
def test_refusals(api: httpx.Client, change: dict[str, Any], expected: tuple[str, str]) -> None:
    assert issues(api.post("/v1/vouchers", json=SALE | change)) == {expected}


def test_purchases_have_no_shipping_date(api: httpx.Client) -> None:
    answer = api.post("/v1/vouchers", json=PURCHASE | {"shippingDate": "2026-11-02"})
    assert issues(answer) == {("invalid_value", "shippingDate")}
    assert "shippingDate" in create(api, SALE, shippingDate="2026-11-02")


def test_categories_that_want_a_contact_or_one_rate(api: httpx.Client, contact_id: str) -> None:
    free = {"taxRatePercent": 0, "taxAmount": 0, "categoryId": WITH_CONTACT}
    body = SALE | items(free) | {"totalTaxAmount": 0}
    assert issues(api.post("/v1/vouchers", json=body)) == {("missing_entity", "contactId")}
    named = body | {"useCollectiveContact": False, "contactId": contact_id}
    create(api, named)
    mixed = named | items(free, {}) | {"totalGrossAmount": 238, "totalTaxAmount": 19}
    assert issues(api.post("/v1/vouchers", json=mixed)) == {("invalid_value", "voucherItems[0].categoryId")}


@pytest.mark.parametrize(
    "change",
    [
        NET,
        items({"taxAmount": 19.01}) | {"totalTaxAmount": 19.01},  # one cent of rounding
        items({"taxAmount": 18.99}) | {"totalTaxAmount": 18.99},
        {"taxType": "vatfree", "totalTaxAmount": 0} | items({"taxAmount": 0, "taxRatePercent": 0}),
        items({"taxRatePercent": 16, "taxAmount": 16.41}) | {"totalTaxAmount": 16.41},  # at any date
        items({"taxRatePercent": 5, "taxAmount": 5.67}) | {"totalTaxAmount": 5.67},
        items(
            {"amount": 0.1, "taxAmount": 0, "taxRatePercent": 0}, {"amount": 0.2, "taxAmount": 0, "taxRatePercent": 0}
        )
        | {"totalGrossAmount": 0.1 + 0.2, "totalTaxAmount": 0},
        items({"amount": "119.00", "taxAmount": "19.00"}),
        items({"categoryId": GOODS.upper()}),
        {"type": "salescreditnote"},
    ],
)
def test_what_is_just_allowed(api: httpx.Client, change: dict[str, Any]) -> None:
    create(api, SALE | change)


def test_reverse_charge_has_a_rate_but_no_tax(api: httpx.Client) -> None:
    acquisition = "dba64b05-85f7-4359-8e83-a2556a62eeac"
    body = PURCHASE | items({"categoryId": acquisition, "taxAmount": 0}) | {"totalTaxAmount": 0}
    create(api, body)


def test_distance_sales_follow_the_principle(sandbox: RunningSandbox) -> None:
    by_name = {each["trade"]: each for each in sandbox.organizations()}
    abroad = items(
        {"categoryId": "4ebd965a-7126-416c-9d8c-a5c9366ee473", "taxRatePercent": 20, "taxAmount": 20, "amount": 120}
    )
    body = SALE | abroad | {"totalGrossAmount": 120, "totalTaxAmount": 20}
    with partner.client(sandbox, by_name["Weinbau"]["apiKey"]) as destination:
        create(destination, body)
    with partner.client(sandbox, by_name["Buchhandel"]["apiKey"]) as origin:
        found = issues(origin.post("/v1/vouchers", json=body))
        assert found == {("invalid_value", "voucherItems[0].categoryId")}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'{"voucherItems": {}}', b'{"totalGrossAmount": "viel"}', b'{"type": {}}']
)
def test_malformed_bodies(api: httpx.Client, content: bytes) -> None:
    answer = api.post("/v1/vouchers", content=content, headers={"Content-Type": "application/json"})
    assert {key for key, _ in issues(answer, 400)} == {"bad_request_error"}


def test_who_may_not(sandbox: RunningSandbox, api: httpx.Client, brandt: dict[str, Any]) -> None:
    conforms(api.post("/v1/vouchers", content=b"{}"), 415)
    reading = partner.connect(sandbox, brandt, scope="vouchers.read")["access_token"]
    with partner.client(sandbox, reading) as reader:
        conforms(reader.post("/v1/vouchers", json=SALE), 403)
    invoicing = next(each for each in sandbox.organizations() if "BOOKKEEPING" not in each["businessFeatures"])
    with partner.client(sandbox, invoicing["apiKey"]) as other:
        conforms(other.post("/v1/vouchers", json=SALE), 402)


def test_lookup_by_number(api: httpx.Client) -> None:
    first, second = create(api, voucherNumber="A&B <1>"), create(api, voucherNumber="A&B <1>")
    page = conforms(api.get("/v1/vouchers/", params={"voucherNumber": "A&amp;B &lt;1&gt;", "size": 1, "page": 1}), 200)
    assert [each["id"] for each in page["content"]] == [second["id"]]
    assert (page["totalElements"], "sort" in page) == (2, False)
    assert first["id"] != second["id"]
    assert conforms(api.get("/v1/vouchers", params={"voucherNumber": "A&B"}), 200)["content"] == []
    conforms(api.get("/v1/vouchers"), 400)
    conforms(api.get("/v1/vouchers", params={"voucherNumber": "x", "size": 251}), 400)


def test_unchecked_may_be_refused_as_seen_live(api: httpx.Client, sandbox: RunningSandbox) -> None:
    sandbox.fault("no_unchecked")
    create(api)  # says nothing about its status
    sent = schema.sample("vouchers.create.unchecked.request")
    assert issues(api.post("/v1/vouchers", json=sent)) == {("invalid_value", "voucherStatus")}
    create(api, sent)
