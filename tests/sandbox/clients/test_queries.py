"""Queries: lists, yes and no, nothing at all, orders, sizes."""

import json

import pytest

from tests.contract import schema
from tests.sandbox.clients.wire import Wire

KINDS = "voucherType=invoice%2Ccreditnote"
ANY = "/v1/voucherlist?voucherType=any&voucherStatus=any&size=250"


@pytest.mark.parametrize("kinds", ["invoice,creditnote", "invoice%2Ccreditnote", "invoice%2ccreditnote"])
@pytest.mark.parametrize("states", ["paid,paidoff", "paid%2Cpaidoff", "paid,+paidoff", "paid%2C%20paidoff"])
def test_lists(wire: Wire, kinds: str, states: str) -> None:
    rows = wire.ask("GET", f"/v1/voucherlist?voucherType={kinds}&voucherStatus={states}&size=250").json()["content"]
    assert {(row["voucherType"], row["voucherStatus"]) for row in rows} >= {("invoice", "paid")}
    assert {row["voucherType"] for row in rows} <= {"invoice", "creditnote"}


@pytest.mark.parametrize("order", ["voucherDate,DESC", "voucherDate%2CDESC", "voucherDate%2cDESC", ""])
def test_orders(wire: Wire, order: str) -> None:
    page = wire.ask("GET", f"{ANY}&sort={order}").json()
    days = [row["voucherDate"] for row in page["content"]]
    assert days == sorted(days, reverse=True)
    assert page["sort"][0]["direction"] == "DESC"


@pytest.mark.parametrize(
    ("no", "yes"), [("false", "true"), ("False", "True"), ("0", "1"), ("no", "yes"), ("off", "on")]
)
def test_yes_and_no(wire: Wire, no: str, yes: str) -> None:
    count = {
        said: wire.ask("GET", f"/v1/contacts?customer={said}&size=1").json()["totalElements"] for said in (no, yes)
    }
    assert sum(count.values()) == wire.ask("GET", "/v1/contacts?size=1").json()["totalElements"]
    assert count[yes] > count[no] > 0
    for said, shown in ((no, {False}), (yes, {True})):
        rows = wire.ask("GET", f"{ANY}&archived={said}").json()["content"]
        assert {row["archived"] for row in rows} <= shown


@pytest.mark.parametrize(
    ("said", "status"), [("true", "open"), ("True", "open"), ("1", "open"), ("false", "draft"), ("", "draft")]
)
def test_finalize(wire: Wire, said: str, status: str) -> None:
    body = json.dumps(schema.sample("invoices.create.gross-one-time-address.request")).encode()
    created = wire.ask("POST", f"/v1/invoices/?finalize={said}", body, Content_Type="application/json").json()
    assert wire.ask("GET", f"/v1/invoices/{created['id']}").json()["voucherStatus"] == status


@pytest.mark.parametrize("target", ["/v1/contacts?customer=maybe", f"{ANY}&archived=2"])
def test_neither_yes_nor_no(wire: Wire, target: str) -> None:
    assert wire.ask("GET", target).status == 400


@pytest.mark.parametrize(
    ("target", "empty"),
    [
        (ANY, "archived=&contactId=&voucherNumber=&voucherDateFrom=&voucherDateTo=&page=&sort="),
        ("/v1/contacts?size=250", "number=&customer=&vendor=&page="),
        ("/v1/articles?size=250", "articleNumber=&gtin=&type=&page="),
        ("/v1/recurring-templates?size=250", "sort=&page="),
    ],
)
def test_a_parameter_without_a_value_is_none(wire: Wire, target: str, empty: str) -> None:
    answer = wire.ask("GET", f"{target}&{empty}")
    assert (answer.status, answer.body) == (200, wire.ask("GET", target).body)


@pytest.mark.parametrize("name", ["name", "email"])
def test_a_text_without_a_value_is_too_short(wire: Wire, name: str) -> None:
    answer = wire.ask("GET", f"/v1/contacts?{name}=")
    assert (answer.status, answer.json()["message"]) == (400, "size must be between 3 and 128")


def test_overdue_is_asked_for_alone(wire: Wire) -> None:
    alone = wire.ask("GET", "/v1/voucherlist?voucherType=any&voucherStatus=overdue").json()
    assert {row["voucherStatus"] for row in alone["content"]} == {"overdue"}
    answer = wire.ask("GET", "/v1/voucherlist?voucherType=any&voucherStatus=open,overdue")
    message = "voucherStatus filter 'overdue' cannot be used in combination with other states"
    assert (answer.status, answer.json()["message"]) == (400, message)


def test_one_more_than_the_largest_page(wire: Wire) -> None:
    answer = wire.ask("GET", f"{ANY[:-3]}251")
    assert (answer.status, answer.json()["message"]) == (400, "parameter 'size' must be equal or lower than 250")


@pytest.mark.parametrize("paging", ["size=0", "size=-1", "size=viel", "page=-1", "page=40&size=250", "page=0x1"])
def test_pages_that_do_not_exist(wire: Wire, paging: str) -> None:
    assert wire.ask("GET", f"/v1/voucherlist?voucherType=any&voucherStatus=any&{paging}").status == 400


def test_the_page_after_the_last_is_empty(wire: Wire) -> None:
    pages = wire.ask("GET", "/v1/contacts?customer=true").json()["totalPages"]
    page = wire.ask("GET", f"/v1/contacts?customer=true&page={pages}&size=25").json()
    assert (page["content"], page["numberOfElements"], page["last"]) == ([], 0, True)


@pytest.mark.parametrize("extra", ["voucherDate=2026-11-01T00:00:00.000+01:00", "contactName=x", "x=%zz", "y"])
def test_unknown_parameters_are_ignored(wire: Wire, extra: str) -> None:
    assert wire.ask("GET", f"{ANY}&{extra}").body == wire.ask("GET", ANY).body


def test_timestamps_are_not_days(wire: Wire) -> None:
    assert wire.ask("GET", f"{ANY}&updatedDateFrom=2026-11-01T00:00:00.000+01:00").status == 400
