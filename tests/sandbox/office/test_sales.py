"""Invoices, quotations and the other sales documents on their pages."""

import httpx
import pytest

from lexweb.sandbox.sales import kinds
from tests.sandbox import bookkeeping
from tests.sandbox.office.people import ITEM, People
from tests.sandbox.webhooks.receiver import Receiver
from tests.waiting import until

QUOTATION = {"expirationDate": "2026-12-02T00:00:00.000+01:00"}


@pytest.fixture
def invoice(people: People) -> str:
    found = people.issued()
    people.forget_events()
    return found


def test_every_kind_has_a_list(people: People) -> None:
    assert people.http.get(f"{people.home}/sales").headers["location"] == f"{people.home}/sales/invoices"
    for path in kinds.BY_PATH:
        assert f'href="{people.home}/sales/{path}/' in people.see(f"/sales/{path}"), path
    assert 'value="accepted"' in people.see("/sales/quotations")
    assert 'value="accepted"' not in people.see("/sales/invoices")
    assert "Jeder Status" not in people.see("/sales/dunnings")
    assert people.http.get(f"{people.home}/sales/vouchers").status_code == 404


def test_list_by_status_and_text(people: People, invoice: str) -> None:
    bookkeeping.emptied(people.organization)
    issued, draft = people.issued(), people.issued(finalize=False)
    number = people.read("invoices", issued)["voucherNumber"]
    for query, expected in (
        ({}, {issued, draft}),
        ({"status": "draft"}, {draft}),
        ({"q": number}, {issued}),
        ({"q": "kundin <"}, {issued, draft}),
        ({"status": "paid"}, set()),
    ):
        page = people.see("/sales/invoices", **query)
        assert {each for each in (issued, draft) if each in page} == expected, query


def test_lines_and_sums(people: People, invoice: str) -> None:
    page = people.see(f"/sales/invoices/{invoice}")
    for text in ("Regal &lt;b&gt;", "Kundin &lt;i&gt;", "1 Stück", "100,00 €", "19,00 €", "119,00 €", "02.11.2026"):
        assert text in page, text
    assert "PDF speichern" in page
    assert "XRechnung speichern" not in page


def test_finalize_a_draft(people: People) -> None:
    draft = people.issued(finalize=False)
    people.forget_events()
    assert "PDF speichern" not in people.see(f"/sales/invoices/{draft}")
    assert "Fertiggestellt." in people.press(f"/sales/invoices/{draft}", "finalize")
    assert people.read("invoices", draft)["voucherStatus"] == "open"
    assert people.events(draft) == ["invoice.status.changed", "payment.changed"]
    people.refused(f"/sales/invoices/{draft}", "finalize")


def test_pay_in_two_parts(people: People, invoice: str) -> None:
    page = f"/sales/invoices/{invoice}"
    assert "100,00 €" in people.press(page, "pay", amount="19", date="10.11.2026")
    assert people.payment(invoice)["openAmount"] == 100
    assert people.events(invoice) == ["payment.changed"]
    people.press(page, "pay", amount="100,00", date="11.11.2026")
    assert people.read("invoices", invoice)["voucherStatus"] == "paid"
    assert people.payment(invoice)["paidDate"].startswith("2026-11-11")
    assert people.events(invoice) == ["payment.changed", "invoice.status.changed", "payment.changed"]


@pytest.mark.parametrize("amount", ["abc", "0", "119,01", "-1"])
def test_impossible_payments(people: People, invoice: str, amount: str) -> None:
    people.refused(f"/sales/invoices/{invoice}", "pay", amount=amount, date="10.11.2026")
    assert people.payment(invoice)["openAmount"] == 119
    assert people.events(invoice) == []


def test_subscribers_hear_of_it(people: People, invoice: str) -> None:
    with Receiver() as receiver:
        wanted = {"eventType": "payment.changed", "callbackUrl": f"{receiver.url}/hook"}
        people.api.post("/v1/event-subscriptions", json=wanted).raise_for_status()
        people.press(f"/sales/invoices/{invoice}", "pay", amount="19", date="10.11.2026")
        until(lambda: receiver.posted)
        assert [each.event["resourceId"] for each in receiver.posted] == [invoice]


def test_void(people: People, invoice: str) -> None:
    people.press(f"/sales/invoices/{invoice}", "void")
    assert people.read("invoices", invoice)["voucherStatus"] == "voided"
    assert people.events(invoice) == ["invoice.status.changed", "payment.changed"]
    for action in ("void", "pay"):
        people.refused(f"/sales/invoices/{invoice}", action, amount="1", date="10.11.2026")


def test_accept_then_reject_a_quotation(people: People) -> None:
    quotation = people.issued("quotations", **QUOTATION)
    people.forget_events()
    for action, status in (("accept", "accepted"), ("reject", "rejected")):
        people.press(f"/sales/quotations/{quotation}", action)
        assert people.read("quotations", quotation)["voucherStatus"] == status
    assert people.events(quotation) == ["quotation.status.changed"] * 2
    people.refused(f"/sales/quotations/{quotation}", "pay", amount="1", date="10.11.2026")


def test_buttons_fit_the_kind(people: People) -> None:
    note = people.issued("delivery-notes")
    page = people.see(f"/sales/delivery-notes/{note}")
    assert "<button" not in page
    for action in ("pay", "void", "accept", "finalize"):
        people.refused(f"/sales/delivery-notes/{note}", action, amount="1", date="10.11.2026")


def test_pdf_is_the_one_of_the_api(people: People, invoice: str) -> None:
    ours = people.http.get(f"{people.home}/sales/invoices/{invoice}/file", params={"as": "pdf"})
    theirs = people.api.get(f"/v1/invoices/{invoice}/file")
    assert ours.headers["content-type"] == theirs.headers["content-type"] == "application/pdf"
    assert ours.headers["content-disposition"].startswith("attachment; ")
    assert ours.content.startswith(b"%PDF-")
    assert _file(people, invoice, "xml") == _file(people, invoice, "exe") == 404
    assert _file(people, people.issued(finalize=False), "pdf") == 404


def test_x_rechnung_as_xml(people: People) -> None:
    body = {"customer": {}}
    contact = {"version": 0, "roles": body, "company": {"name": "Stadt Kiel"}}
    place = {"street": "Weg 1", "zip": "24103", "city": "Kiel", "countryCode": "DE"}
    references = {"buyerReference": "04011000-1234512345-35", "vendorNumberAtCustomer": "70123"}
    contact |= {"xRechnung": references, "addresses": {"billing": [place]}, "emailAddresses": {"business": ["a@b.de"]}}
    contact_id = people.api.post("/v1/contacts", json=contact).raise_for_status().json()["id"]
    invoice = people.issued(address={"contactId": contact_id})
    assert "XRechnung speichern" in people.see(f"/sales/invoices/{invoice}")
    answer = people.http.get(f"{people.home}/sales/invoices/{invoice}/file", params={"as": "xml"})
    assert answer.headers["content-type"] == "application/xml"
    assert answer.headers["content-disposition"].startswith("attachment; ")


def test_documents_name_each_other(people: People) -> None:
    quotation = people.issued("quotations", **QUOTATION)
    query = {"precedingSalesVoucherId": quotation, "finalize": "true"}
    body = people.read("quotations", quotation)
    sent = {name: body[name] for name in ("voucherDate", "address", "taxConditions")}
    sent |= {"lineItems": [ITEM], "totalPrice": {"currency": "EUR"}, "shippingConditions": {"shippingType": "none"}}
    answer: httpx.Response = people.api.post("/v1/invoices", json=sent, params=query)
    invoice = answer.raise_for_status().json()["id"]
    assert f"/sales/quotations/{quotation}" in people.see(f"/sales/invoices/{invoice}")
    assert f"/sales/invoices/{invoice}" in people.see(f"/sales/quotations/{quotation}")


def test_recurring_templates_are_shown(people: People) -> None:
    other = next(each for each in people.sandbox.state.organizations.values() if len(each.shelf("recurring-templates")))
    template = next(iter(other.shelf("recurring-templates"))).id
    home = f"/o/{other.id}/recurring-templates"
    assert "Serienrechnungen" in people.http.get(home).raise_for_status().text
    assert "Rhythmus" in people.http.get(f"{home}/{template}").raise_for_status().text
    assert people.http.get(f"{people.home}/recurring-templates/{template}").status_code == 404


def _file(people: People, invoice: str, form: str) -> int:
    return people.http.get(f"{people.home}/sales/invoices/{invoice}/file", params={"as": form}).status_code
