"""The start, connections, settings, deep links, and who may see any of it."""

import html
from typing import Any

import httpx
import pytest

from lexweb.sandbox.oauth.authorize import COOKIE
from tests.sandbox import bookkeeping, partner
from tests.sandbox.office.people import People

PARTS = ("", "/contacts", "/contacts/new", "/vouchers", "/sales/invoices", "/recurring-templates", "/upload")
PAGES = (*PARTS, "/connections", "/settings")


def test_start_lists_the_organizations(http: httpx.Client, brandt: dict[str, Any]) -> None:
    page = http.get("/").text
    assert html.escape(brandt["companyName"]) in page
    assert f'href="/o/{brandt["organizationId"]}"' in page
    assert f'href="/o/{brandt["organizationId"]}/upload"' in http.get("/", params={"to": "upload"}).text
    assert "evil" not in http.get("/", params={"to": "/evil"}).text


def test_every_page_says_that_it_is_a_sandbox(people: People) -> None:
    for path in PAGES:
        page = people.see(path)
        assert "Sandbox: Nachbau von Lexware Office" in page, path
        assert "<script" not in page, path
        assert "<style" not in page, path


def test_home_counts_what_is_there(people: People) -> None:
    bookkeeping.emptied(people.organization)
    people.issued()
    people.issued(finalize=False)
    bookkeeping.create(people.api, dueDate="2020-01-01")
    unchecked = {"type": "purchaseinvoice", "taxType": "gross", "useCollectiveContact": True}
    bookkeeping.create(people.api, unchecked, voucherStatus="unchecked")
    page = people.see("")
    assert "Entwurf 1, Offen 1" in page or "Entwurf 1, Überfällig 1" in page
    assert "Überfällig 1" in page
    assert "Zu prüfen 1" in page
    assert "invoice.created" in page
    assert page.index("voucher.created") < page.index("invoice.created")


def test_revoke_one_connection(people: People, brandt: dict[str, Any]) -> None:
    first = partner.connect(people.sandbox, brandt, connection_name="Kanzlei Eins")
    second = partner.connect(people.sandbox, brandt, connection_name="Kanzlei Zwei")
    page = people.see("/connections")
    assert "Kanzlei Eins" in page
    grants = people.sandbox.state.grants
    connection = grants.of_access_token(first["access_token"])
    assert connection
    assert "Kanzlei Eins" not in people.press("/connections", "revoke", connection=connection.id)
    assert partner.profile(people.sandbox, first["access_token"]).status_code == 401
    assert partner.profile(people.sandbox, second["access_token"]).status_code == 200
    assert people.events(connection.id) == ["token.revoked"]
    people.refused("/connections", "revoke", connection=connection.id)


def test_connections_of_others_are_not_ours_to_end(people: People) -> None:
    other = people.sandbox.organizations()[1]
    tokens = partner.connect(people.sandbox, other, connection_name="Fremd")
    connection = people.sandbox.state.grants.of_access_token(tokens["access_token"])
    assert connection
    assert "Fremd" not in people.see("/connections")
    people.refused("/connections", "revoke", connection=connection.id)
    assert partner.profile(people.sandbox, tokens["access_token"]).status_code == 200


def test_key_off_and_on(people: People) -> None:
    people.press("/connections", "key_off")
    assert people.api.get("/v1/profile").status_code == 401
    assert people.events(people.organization.key_connection_id) == ["token.revoked"]
    people.press("/connections", "key_on")
    assert people.api.get("/v1/profile").status_code == 200


def test_what_is_not_booked_answers_402(people: People) -> None:
    people.press("/settings", "save", INVOICING="on", e_invoices="on")
    assert people.api.get("/v1/profile").json()["businessFeatures"] == ["INVOICING"]
    assert people.api.get("/v1/posting-categories").status_code == 402
    assert 'name="BOOKKEEPING">' in people.see("/settings")
    people.press("/settings", "save", INVOICING="on", BOOKKEEPING="on")
    assert people.api.get("/v1/posting-categories").status_code == 200
    assert people.organization.e_invoices is False


@pytest.mark.parametrize("path", ["contacts/x", "vouchers/x", "sales/x", "sales/invoices/x", "recurring-templates/x"])
def test_unknown_ids_are_a_page(people: People, path: str) -> None:
    for answer in (people.http.get(f"{people.home}/{path}"), people.http.get(f"/o/x/{path}")):
        assert answer.status_code == 404
        assert "Diesen Eintrag gibt es hier nicht." in answer.text


def test_deep_links_lead_to_the_page(people: People) -> None:
    voucher, invoice, note = bookkeeping.create(people.api)["id"], people.issued(), people.issued("delivery-notes")
    contact = people.organization.contacts.ordered()[0].contact["id"]
    down = next(each.id for each in people.organization.shelf("down-payment-invoices"))
    for link, target in (
        (f"contacts/view/{contact}", f"/contacts/{contact}"),
        (f"vouchers/edit/{voucher}", f"/vouchers/{voucher}"),
        (f"invoices/view/{invoice}", f"/sales/invoices/{invoice}"),
        (f"invoices/view/{down}", f"/sales/down-payment-invoices/{down}"),
        (f"delivery-notes/edit/{note.upper()}", f"/sales/delivery-notes/{note}"),
    ):
        answer = people.http.get(f"/permalink/{link}")
        assert (answer.status_code, answer.headers["location"]) == (302, people.home + target)
        people.see(target)


def test_deep_links_that_do_not_exist(people: People) -> None:
    contact, invoice = people.organization.contacts.ordered()[0].contact["id"], people.issued()
    other = next(each for each in people.sandbox.state.organizations.values() if len(each.shelf("recurring-templates")))
    template = next(iter(other.shelf("recurring-templates"))).id
    assert people.http.get(f"/permalink/recurring-templates/edit/{template}").status_code == 302
    for link in (
        f"contacts/edit/{contact}",
        f"recurring-templates/view/{template}",
        f"down-payment-invoices/view/{invoice}",
        f"invoices/delete/{invoice}",
        f"quotations/view/{invoice}",
        f"x/view/{invoice}",
        "invoices/view/x",
    ):
        assert people.http.get(f"/permalink/{link}").status_code == 404, link


def test_link_to_the_inbox(people: People) -> None:
    assert people.http.get("/permalink/files/view").headers["location"] == "/?to=upload"
    people.sandbox.state.logins["geheim"] = people.organization_id
    answer = people.http.get("/permalink/files/view", headers={"Cookie": f"{COOKIE}=geheim"})
    assert answer.headers["location"] == f"{people.home}/upload"


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://localhost.evil.example"])
def test_web_pages_of_others_change_nothing(people: People, origin: str) -> None:
    record = people.organization.contacts.ordered()[0]
    contact, many = record.contact["id"], len(people.organization.contacts)
    for path in (f"/contacts/{contact}", "/connections", "/settings", "/upload", "/contacts/new"):
        data = {"action": "archive", "name": "x", "customer": "on"}
        answer = people.http.post(people.home + path, data=data, headers={"Origin": origin})
        assert answer.status_code == 403, path
    assert people.organization.contacts.get(contact) is record
    assert len(people.organization.contacts) == many
    assert len(people.organization.business_features) == 3
    own = {"Origin": str(people.http.base_url).rstrip("/")}
    assert people.http.post(f"{people.home}/settings", data={"INVOICING": "on"}, headers=own).status_code == 303


def test_names_that_point_here_see_nothing(people: People, brandt: dict[str, Any]) -> None:
    for path in ("/", *(people.home + each for each in PAGES), "/permalink/files/view"):
        answer = people.http.get(path, headers={"Host": "evil.example"})
        assert answer.status_code == 403, path
        assert brandt["apiKey"] not in answer.text


def test_headers_that_keep_contents_harmless(people: People) -> None:
    for path in (*PAGES, "/contacts/unbekannt"):
        headers = people.http.get(people.home + path).headers
        assert "script-src" not in headers["content-security-policy"], path
        assert headers["content-security-policy"].startswith("default-src 'none'; "), path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "same-origin", path
    style = people.http.get("/style.css")
    assert style.headers["content-type"] == "text/css; charset=utf-8"
