"""What other resources show of sales documents: rows of the voucher list, payments, settings, templates."""

import pytest

from lexweb.sandbox.sales import index, letterhead
from lexweb.sandbox.sales.payments import payment
from lexweb.sandbox.shelf import Record
from tests.contract import schema
from tests.sandbox.sales.desk import ITEM, WRITABLE, Desk

VOUCHER_LIST = "/v1/voucherlist"


@pytest.mark.parametrize("kind", [kind for kind in WRITABLE if kind != "dunnings"])
@pytest.mark.parametrize("finalize", ["true", "false"])
def test_rows(desk: Desk, kind: str, finalize: str) -> None:
    document = desk.create(kind, finalize=finalize)
    row = index.row(kind, desk.record(kind, document["id"]), desk.organization.today)
    page = schema.sample("voucherlist.list.response") | {"content": [row]}
    assert schema.violations("GET", VOUCHER_LIST, 200, page) == []
    assert row["voucherStatus"] == document["voucherStatus"]
    assert row["contactName"] == document["address"]["name"]
    payable = kind in ("invoices", "credit-notes") and finalize == "true"
    assert row["openAmount"] == (119.0 if payable else None)
    assert row["totalAmount"] == (document["totalPrice"]["totalGrossAmount"] if "totalPrice" in document else None)
    assert row["dueDate"] == document.get("dueDate")


def test_one_time_addresses_have_no_contact(desk: Desk) -> None:
    invoice = desk.create(body=desk.body(address={"name": "Ole", "countryCode": "DE"}))
    row = index.row("invoices", desk.record("invoices", invoice["id"]), desk.organization.today)
    assert (row["contactId"], row["contactName"]) == (None, "Ole")


def test_the_voucher_list_shows_them(desk: Desk) -> None:
    invoice = desk.issue()
    query = {"voucherType": "invoice", "voucherStatus": "any", "voucherNumber": invoice["voucherNumber"]}
    found = desk.api.get(VOUCHER_LIST, params=query).json()["content"]
    assert [each["id"] for each in found] == [invoice["id"]]


@pytest.mark.parametrize("kind", [kind for kind in WRITABLE if kind != "dunnings"])
def test_payments(desk: Desk, kind: str) -> None:
    issued, draft = desk.issue(kind)["id"], desk.create(kind)["id"]
    assert payment(kind, desk.record(kind, draft)) is None
    answer = desk.api.get(f"/v1/payments/{issued}")
    assert answer.status_code == (200 if kind in ("invoices", "credit-notes") else 406)
    assert schema.violations("GET", f"/v1/payments/{issued}", answer.status_code, answer.json()) == []
    assert desk.api.get(f"/v1/payments/{draft}").status_code == 406


def test_closing_invoices_owe_what_is_claimed(desk: Desk) -> None:
    record = desk.record("invoices", desk.issue(body=desk.body(lineItems=[ITEM]))["id"])
    closing = Record(record.document | {"closingInvoice": True, "claimedGrossAmount": 19.0}, record.hidden)
    found = payment("invoices", closing)
    assert found
    assert found["openAmount"] == 19.0


def test_settings_keep_the_contract(desk: Desk) -> None:
    for path in ("/v1/print-layouts", "/v1/payment-conditions"):
        answer = desk.api.get(path)
        assert answer.status_code == 200
        assert schema.violations("GET", path, 200, answer.json()) == []
    defaults = [each["organizationDefault"] for each in desk.api.get("/v1/payment-conditions").json()]
    assert defaults.count(True) == 1


class TestRecurringTemplates:
    def put(self, desk: Desk, number: int, **settings: object) -> str:
        template = schema.sample("recurring-templates.get.response")
        changed = template["recurringTemplateSettings"] | settings
        template_id = f"9e6e133c-c5dc-4591-be74-50643300000{number}"
        dates = {"updatedDate": f"2026-09-0{number}T03:04:12.700+02:00"}
        document = template | {"id": template_id, "recurringTemplateSettings": changed} | dates
        desk.organization.shelf("recurring-templates").put(Record(document))
        return template_id

    def ids(self, desk: Desk, **params: str) -> list[str]:
        answer = desk.api.get("/v1/recurring-templates", params={"size": "250", **params})
        assert answer.status_code == 200, answer.text
        assert schema.violations("GET", "/v1/recurring-templates", 200, answer.json()) == []
        return [each["id"] for each in answer.json()["content"] if each["id"].startswith("9e6e133c-c5dc-4591")]

    def test_the_last_changed_comes_first(self, desk: Desk) -> None:
        one, two = self.put(desk, 1), self.put(desk, 2)
        assert self.ids(desk) == [two, one]
        assert self.ids(desk, sort="updatedDate,ASC") == [one, two]

    def test_sorting_by_execution(self, desk: Desk) -> None:
        one = self.put(desk, 1, nextExecutionDate="2026-10-01")
        two = self.put(desk, 2, nextExecutionDate=None)
        assert self.ids(desk, sort="nextExecutionDate,DESC") == [one, two]

    def test_the_list_is_short(self, desk: Desk) -> None:
        template_id = self.put(desk, 1)
        sample = schema.sample("recurring-templates.list.response")["content"][0]
        content = desk.api.get("/v1/recurring-templates", params={"size": "250"}).json()["content"]
        found = next(each for each in content if each["id"] == template_id)
        assert set(found) == set(sample)
        assert found["address"] == sample["address"]
        answer = desk.api.get(f"/v1/recurring-templates/{template_id}")
        assert schema.violations("GET", f"/v1/recurring-templates/{template_id}", 200, answer.json()) == []
        assert "lineItems" in answer.json()

    @pytest.mark.parametrize("query", ["sort=title,ASC", "sort=updatedDate,UP", "size=251", "size=0"])
    def test_wrong_queries(self, desk: Desk, query: str) -> None:
        assert desk.api.get(f"/v1/recurring-templates?{query}").status_code == 400

    def test_unknown_ones(self, desk: Desk) -> None:
        assert desk.api.get("/v1/recurring-templates/x").status_code == 404


def test_every_letterhead_has_a_valid_iban(desk: Desk) -> None:
    for organization in desk.sandbox.state.organizations.values():
        seller = letterhead.seller(organization)
        digits = f"{seller.iban[4:]}1314{seller.iban[2:4]}"
        assert int(digits) % 97 == 1
        assert (seller.vat_id is None) is organization.small_business
        assert seller == letterhead.seller(organization)


@pytest.mark.parametrize("written", ["2026-03-31T22:00:00.000Z", "2026-04-01T02:00:00.000+04:00"])
def test_a_day_is_a_day_in_germany(desk: Desk, written: str) -> None:
    shipping = {"shippingType": "service", "shippingDate": written}
    invoice = desk.issue(body=desk.body(voucherDate=written, shippingConditions=shipping))
    assert invoice["voucherDate"] == invoice["shippingConditions"]["shippingDate"] == "2026-04-01T00:00:00.000+02:00"
    assert invoice["dueDate"][:10] > "2026-04-01"
    query = {"voucherType": "invoice", "voucherStatus": "any", "voucherDateFrom": "2026-04-01", "size": 250}
    rows = desk.api.get("/v1/voucherlist", params=query | {"voucherDateTo": "2026-04-01"}).json()["content"]
    assert invoice["id"] in {row["id"] for row in rows}
