"""Uploads and downloads of receipts."""

import hashlib
from typing import Any

import httpx
import pytest

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.paper import receipts
from lexweb.sandbox.server import RunningSandbox
from tests.sandbox import partner
from tests.sandbox.bookkeeping import (
    RECEIPT,
    UNKNOWN,
    age,
    conforms,
    events,
    issues,
    organization,
    picture,
    read,
    upload,
)
from tests.waiting import until

LARGEST = 5_242_880
PDF, XML = "application/pdf", "application/xml"
XRECHNUNG = receipts.xrechnung_file(RECEIPT)


@pytest.fixture
def ours(sandbox: RunningSandbox, brandt: dict[str, Any]) -> Organization:
    return organization(sandbox, brandt)


@pytest.mark.parametrize("name", ["beleg.pdf", "beleg.PNG", "beleg.jpeg", "beleg.xml"])
def test_receipts_make_a_blank_voucher_that_is_read_soon(
    api: httpx.Client, http: httpx.Client, sandbox: RunningSandbox, name: str
) -> None:
    makers = {"pdf": receipts.pdf, "png": receipts.png, "jpeg": receipts.jpeg, "xml": receipts.xrechnung_file}
    ids = conforms(upload(api, name, makers[name.lower().rpartition(".")[2]](RECEIPT)), 202)
    voucher = read(api, ids["voucherId"])
    assert (voucher["voucherStatus"], voucher["type"]) == ("blank", "purchaseinvoice")
    assert voucher["files"] == [ids["id"]]
    assert events(sandbox, ids["voucherId"]) == ["voucher.created"]
    age(http, 31)
    voucher = read(api, ids["voucherId"])
    assert (voucher["voucherStatus"], voucher["version"]) == ("unchecked", 2)
    assert (voucher["contactName"], voucher["voucherNumber"]) == (RECEIPT.supplier, RECEIPT.number)
    assert (voucher["voucherDate"], voucher["totalGrossAmount"]) == ("2026-11-03T00:00:00.000+01:00", 119.0)
    assert events(sandbox, ids["voucherId"])[1:] == ["voucher.changed", "voucher.status.changed"]


def test_recognition_happens_without_a_request(api: httpx.Client, sandbox: RunningSandbox, http: httpx.Client) -> None:
    voucher_id = conforms(upload(api, "a.png", picture()), 202)["voucherId"]
    age(http, 31)
    until(lambda: len(events(sandbox, voucher_id)) == 3)
    assert events(sandbox, voucher_id) == ["voucher.created", "voucher.changed", "voucher.status.changed"]


def test_known_vendors_become_the_contact(api: httpx.Client, http: httpx.Client) -> None:
    body = {"version": 0, "roles": {"vendor": {}}, "company": {"name": RECEIPT.supplier.upper()}}
    contact_id = api.post("/v1/contacts", json=body).json()["id"]
    voucher_id = conforms(upload(api, "a.pdf", receipts.pdf(RECEIPT)), 202)["voucherId"]
    age(http, 31)
    voucher = read(api, voucher_id)
    assert (voucher["contactId"], voucher["useCollectiveContact"]) == (contact_id, False)


def test_the_same_content_again_gives_the_first_ids(api: httpx.Client, sandbox: RunningSandbox) -> None:
    first = conforms(upload(api, "a.png", picture()), 202)
    assert conforms(upload(api, "anders.png", picture()), 202) == first
    assert events(sandbox, first["voucherId"]) == ["voucher.created"]
    assert conforms(upload(api, "a.png", picture(color="red")), 202) != first


@pytest.mark.parametrize("type_first", [True, False])
def test_fields_in_any_order(api: httpx.Client, type_first: bool) -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="type"\r\n\r\nvoucher\r\n'
    file = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.png"\r\n\r\n' + picture() + b"\r\n"
    body = (head + file if type_first else file + head) + b"--b--\r\n"
    headers = {"Content-Type": 'multipart/form-data; charset=utf-8; boundary="b"'}
    conforms(api.post("/v1/files/", content=body, headers=headers), 202)


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("a.gif", b"GIF89a", "inacceptable_file_extension"),
        ("a.tif", b"II*\x00", "inacceptable_file_extension"),
        ("a.png", b"%PDF-1.4", "inacceptable_file_extension"),
        ("ohne", picture(), "inacceptable_file_extension"),
        ("a.png", picture()[:40], "image_conversion_error"),
        ("a.pdf", b"%PDF-1.4 kaputt", "image_conversion_error"),
        ("a.xml", b"<a/>", "invalid_xrechnung"),
        ("a.png", picture(LARGEST + 1), "max_file_size_exceeded"),
    ],
)
def test_refused_files(api: httpx.Client, name: str, content: bytes, key: str) -> None:
    assert issues(upload(api, name, content)) == {(key, "file")}


def test_five_megabytes_are_allowed(api: httpx.Client) -> None:
    content = picture(LARGEST)
    assert len(content) == LARGEST
    ids = conforms(upload(api, "a.png", content), 202)
    assert api.get(f"/v1/files/{ids['id']}").content == content


def test_e_invoices_have_to_be_switched_on(api: httpx.Client, ours: Organization) -> None:
    ours.e_invoices = False
    assert issues(upload(api, "a.xml", XRECHNUNG)) == {("inacceptable_file_extension", "file")}
    ours.e_invoices = True
    conforms(upload(api, "a.xml", XRECHNUNG), 202)


def test_what_is_missing(api: httpx.Client) -> None:
    assert issues(upload(api, "a.png", picture(), type="bild"), 400) == {("bad_request_error", "type")}
    without = api.post("/v1/files", files={"file": ("a.png", picture())})
    assert issues(without, 400) == {("bad_request_error", "type")}
    conforms(api.post("/v1/files", files={"anders": ("a.png", picture())}, data={"type": "voucher"}), 500)
    conforms(api.post("/v1/files", json={"type": "voucher"}), 415)
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=b"):
        broken = api.post("/v1/files", content=b"--x", headers={"Content-Type": content_type})
        assert issues(broken, 400) == {("bad_request_error", None)}


def test_attachments_are_for_partners(sandbox: RunningSandbox, api: httpx.Client, brandt: dict[str, Any]) -> None:
    assert issues(upload(api, "a.png", picture(), type="attachment"), 400) == {("bad_request_error", "type")}
    with partner.client(sandbox, partner.connect(sandbox, brandt)["access_token"]) as connection:
        shown = conforms(upload(connection, "a.png", picture(), type="attachment"), 202)
        assert list(shown) == ["id"]
        assert conforms(upload(connection, "b.png", picture(), type="attachment"), 202) == shown
        # The same picture as a receipt is another matter.
        assert conforms(upload(connection, "a.png", picture()), 202)["id"] != shown["id"]
        large = upload(connection, "a.png", picture(2 * 1024 * 1024 + 1), type="attachment")
        assert issues(large) == {("max_file_size_exceeded", "file")}
        assert issues(upload(connection, "a.xml", XRECHNUNG, type="attachment"))


def test_status_of_an_upload(
    sandbox: RunningSandbox, http: httpx.Client, brandt: dict[str, Any], api: httpx.Client
) -> None:
    with partner.client(sandbox, partner.connect(sandbox, brandt)["access_token"]) as connection:
        file_id = conforms(upload(connection, "a.png", picture()), 202)["id"]
        assert conforms(connection.get(f"/v1/files/{file_id}/status"), 200)["status"] == "upload_processing"
        age(http, 31)
        assert conforms(connection.get(f"/v1/files/{file_id}/status"), 200)["status"] == "upload_success"
        assert connection.get(f"/v1/files/{UNKNOWN}/status").status_code == 404
        assert api.get(f"/v1/files/{file_id}/status").json() == {"message": "access_denied"}


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("*/*", 200),
        ("", 200),
        (PDF, 200),
        ("image/png", 200),
        ("image/jpeg", 200),
        ("application/json, text/plain, */*", 200),
        ("application/json;q=0.9, application/pdf;q=0.1", 200),
        (XML, 404),
        ("application/json", 406),
        ("text/html", 406),
        ("application/pdf;q=0", 406),
    ],
)
def test_downloads_of_pictures_give_the_original(api: httpx.Client, accept: str, status: int) -> None:
    file_id = conforms(upload(api, "Beleg März.png", picture()), 202)["id"]
    answer = api.get(f"/v1/files/{file_id}", headers={"Accept": accept})
    assert answer.status_code == status
    if status != 200:
        conforms(answer, status)
        return
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"].endswith("filename*=UTF-8''Beleg%20M%C3%A4rz.png")
    assert hashlib.sha256(answer.content).digest() == hashlib.sha256(picture()).digest()


@pytest.mark.parametrize(
    ("accept", "expected"),
    [("*/*", XML), (XML, XML), (PDF, PDF), ("application/pdf, */*;q=0.5", PDF), ("image/png", None)],
)
def test_downloads_of_e_invoices(api: httpx.Client, accept: str, expected: str | None) -> None:
    file_id = conforms(upload(api, "re.xml", XRECHNUNG), 202)["id"]
    answer = api.get(f"/v1/files/{file_id}", headers={"Accept": accept})
    if expected is None:
        conforms(answer, 406)
        return
    assert answer.headers["content-type"] == expected
    assert answer.content == XRECHNUNG if expected == XML else answer.content.startswith(b"%PDF-")


def test_seeded_files_are_made_when_asked_for(api: httpx.Client, ours: Organization) -> None:
    from lexweb.sandbox.shelf import Record

    receipt = {
        "format": "pdf",
        **{name: getattr(RECEIPT, name) for name in ("supplier", "street", "zip", "city", "vat_id", "buyer", "number")},
        **{"buyer_street": "Gasse 2", "buyer_zip": "20097", "buyer_city": "Hamburg", "date": "2026-11-03", "seed": 5},
        "lines": [{"text": "Bretter", "quantity": 4, "unit": "Stück", "price": 25.0, "rate": 19}],
    }
    for format, media_type in (("pdf", PDF), ("jpg", "image/jpeg"), ("png", "image/png"), ("xml", XML)):
        document = {"id": UNKNOWN, "name": f"a.{format}", "mediaType": media_type, "voucherId": None}
        ours.shelf("files").put(Record(document, {"receipt": receipt | {"format": format}}))
        first = api.get(f"/v1/files/{UNKNOWN}")
        assert first.headers["content-type"] == media_type
        assert api.get(f"/v1/files/{UNKNOWN}").content == first.content
    assert api.get(f"/v1/files/{UNKNOWN}", headers={"Accept": PDF}).content.startswith(b"%PDF-")


def test_unknown_files(api: httpx.Client, sandbox: RunningSandbox) -> None:
    for file_id in ("kein-uuid", UNKNOWN):
        conforms(api.get(f"/v1/files/{file_id}"), 404)
    file_id = conforms(upload(api, "a.png", picture()), 202)["id"]
    with partner.client(sandbox, sandbox.organizations()[1]["apiKey"]) as other:
        conforms(other.get(f"/v1/files/{file_id}"), 404)
