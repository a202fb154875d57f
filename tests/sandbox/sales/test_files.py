"""Files of sales documents: who gets PDF, who XML, who nothing."""

import pytest

from tests.contract import schema
from tests.sandbox.sales.desk import ITEM, WRITABLE, Desk

PDF, XML = "application/pdf", "application/xml"
KINDS = [kind for kind in WRITABLE if kind != "dunnings"]


def file(desk: Desk, kind: str, document_id: str, accept: str = "*/*") -> tuple[int, str]:
    answer = desk.api.get(f"/v1/{kind}/{document_id}/file", headers={"Accept": accept})
    if answer.status_code != 200:
        path = f"/v1/{kind}/{document_id}/file"
        assert schema.violations("GET", path, answer.status_code, answer.json()) == []
    else:
        assert answer.headers["content-length"] == str(len(answer.content))
        assert answer.content.startswith(b"%PDF" if answer.headers["content-type"] == PDF else b"<?xml")
    return answer.status_code, answer.headers["content-type"]


@pytest.mark.parametrize("kind", KINDS)
def test_issued_documents_are_pdf_and_drafts_nothing(desk: Desk, kind: str) -> None:
    found, draft = desk.issue(kind), desk.create(kind)
    assert file(desk, kind, found["id"]) == (200, PDF)
    assert file(desk, kind, draft["id"])[0] == 409
    document = desk.api.get(f"/v1/{kind}/{found['id']}/document")
    assert schema.violations("GET", f"/v1/{kind}/{found['id']}/document", 200, document.json()) == []
    assert document.json() == found["files"]
    assert desk.api.get(f"/v1/{kind}/{draft['id']}/document").status_code == 406


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/pdf", 200),
        ("application/*", 200),
        ("application/json, application/pdf;q=0.5", 200),
        ("application/json", 406),
        ("text/html", 406),
        ("application/pdf;q=0", 406),
    ],
)
def test_accept(desk: Desk, kind: str, accept: str, status: int) -> None:
    assert file(desk, kind, desk.issue(kind)["id"], accept)[0] == status


@pytest.mark.parametrize("kind", KINDS)
def test_xml_of_what_is_no_xrechnung(desk: Desk, kind: str) -> None:
    expected = 404 if kind in ("invoices", "credit-notes") else 406
    assert file(desk, kind, desk.issue(kind)["id"], XML)[0] == expected


def test_an_xrechnung_is_xml_unless_somebody_insists(desk: Desk) -> None:
    invoice = desk.issue(body=desk.body(address={"contactId": desk.authority}))
    assert invoice["electronicDocumentProfile"] == "XRechnung"
    assert file(desk, "invoices", invoice["id"]) == (200, XML)
    assert file(desk, "invoices", invoice["id"], XML) == (200, XML)
    assert file(desk, "invoices", invoice["id"], PDF) == (200, PDF)
    content = desk.api.get(f"/v1/invoices/{invoice['id']}/file").text
    assert invoice["voucherNumber"] in content
    assert invoice["xRechnung"]["buyerReference"] in content


def test_a_zugferd_invoice_carries_its_xml(desk: Desk) -> None:
    content = desk.api.get(f"/v1/invoices/{desk.issue()['id']}/file").content
    assert b"factur-x.xml" in content


def test_an_invoice_to_a_consumer_is_plain(desk: Desk) -> None:
    invoice = desk.issue(body=desk.body(address={"name": "Ole", "countryCode": "DE"}))
    assert invoice["electronicDocumentProfile"] == "NONE"
    assert b"factur-x.xml" not in desk.api.get(f"/v1/invoices/{invoice['id']}/file").content


def test_names_speak(desk: Desk) -> None:
    invoice, order = desk.issue(), desk.issue("order-confirmations")
    name = desk.api.get(f"/v1/invoices/{invoice['id']}/file").headers["content-disposition"]
    assert name == f'attachment; filename="Rechnung_{invoice["voucherNumber"]}.pdf"'
    name = desk.api.get(f"/v1/order-confirmations/{order['id']}/file").headers["content-disposition"]
    assert f'filename="Auftragsbestaetigung_{order["voucherNumber"]}.pdf"' in name
    assert f"filename*=UTF-8''Auftragsbest%C3%A4tigung_{order['voucherNumber']}.pdf" in name


def test_a_dunning_has_its_file_at_once(desk: Desk) -> None:
    dunning = desk.create("dunnings", precedingSalesVoucherId=desk.issue()["id"])
    assert file(desk, "dunnings", dunning["id"]) == (200, PDF)


def test_the_files_resource_gives_the_same_bytes(desk: Desk) -> None:
    invoice, draft = desk.issue(), desk.create()
    file_id = desk.api.get(f"/v1/invoices/{invoice['id']}/document").json()["documentFileId"]
    same = desk.api.get(f"/v1/files/{file_id}")
    assert same.content == desk.api.get(f"/v1/invoices/{invoice['id']}/file").content
    assert desk.api.get(f"/v1/files/{draft['id']}").status_code == 404


def test_down_payment_invoices_are_read_only(desk: Desk) -> None:
    seeded = desk.organization.shelf("down-payment-invoices")
    record = next(each for each in seeded if each.document["voucherStatus"] != "draft")
    desk.get("down-payment-invoices", record.id)
    assert file(desk, "down-payment-invoices", record.id) == (200, PDF)
    assert file(desk, "down-payment-invoices", record.id, XML)[0] == 404
    assert desk.api.get(f"/v1/down-payment-invoices/{record.id}/document").status_code == 403  # there is no such route


class TestXRechnung:
    def test_an_empty_reference_makes_a_plain_invoice(self, desk: Desk) -> None:
        body = desk.body(address={"contactId": desk.authority}, xRechnung={"buyerReference": ""})
        invoice = desk.issue(body=body)
        assert invoice["electronicDocumentProfile"] == "EN16931"
        assert file(desk, "invoices", invoice["id"]) == (200, PDF)

    def test_an_own_reference_overrides_that_of_the_contact(self, desk: Desk) -> None:
        sent = {"buyerReference": "01002000-4711-05"}
        invoice = desk.issue(body=desk.body(address={"contactId": desk.authority}, xRechnung=sent))
        assert invoice["xRechnung"] == sent
        assert sent["buyerReference"] in desk.api.get(f"/v1/invoices/{invoice['id']}/file").text

    def test_only_net(self, desk: Desk) -> None:
        price = {"currency": "EUR", "netAmount": 1, "taxRatePercentage": 0}
        body = desk.body(
            address={"contactId": desk.authority},
            taxConditions={"taxType": "vatfree"},
            lineItems=[ITEM | {"unitPrice": price}],
        )
        assert desk.refused("invoices", body) == {"taxConditions.taxType": "INVALID"}

    def test_not_only_texts(self, desk: Desk) -> None:
        body = desk.body(address={"contactId": desk.authority}, lineItems=[{"type": "text", "name": "Hinweis"}])
        assert desk.refused("invoices", body) == {"lineItems": "NOTEMPTY"}

    def test_zip_and_city(self, desk: Desk) -> None:
        body = desk.body(address={"contactId": desk.authority, "countryCode": "DE"})
        assert set(desk.refused("invoices", body)) == {"address.zip", "address.city"}

    def test_other_kinds_are_none(self, desk: Desk) -> None:
        note = desk.issue("credit-notes", desk.body("credit-notes", address={"contactId": desk.authority}))
        assert note["electronicDocumentProfile"] == "NONE"
