"""The pages for people."""

import html
from typing import Any

import httpx
import pytest


@pytest.fixture
def page(api: httpx.Client, brandt: dict[str, Any]) -> str:
    """Address of the page of a contact with all the form's fields."""
    body = {
        "version": 0,
        "roles": {"customer": {}},
        "company": {"name": "Café <Eins> & Söhne"},
        "addresses": {"billing": [{"street": "Weg 1", "city": "Kiel", "countryCode": "DE"}]},
        "emailAddresses": {"office": ["eins@mail.example"]},
        "phoneNumbers": {"business": ["040 66969001"]},
    }
    contact_id = api.post("/v1/contacts", json=body).json()["id"]
    return f"/o/{brandt['organizationId']}/contacts/{contact_id}"


def stored(api: httpx.Client, page: str) -> dict[str, Any]:
    contact: dict[str, Any] = api.get(f"/v1/contacts/{page.rsplit('/', 1)[1]}").json()
    return contact


def test_start_and_list(http: httpx.Client, brandt: dict[str, Any], page: str) -> None:
    assert html.escape(brandt["companyName"]) in http.get("/").text
    found = http.get(f"/o/{brandt['organizationId']}", params={"q": "café <eins>"}).text
    assert page in found
    assert "1 Kontakte" in found
    assert http.get(f"/o/{brandt['organizationId']}", params={"page": 1}).text.count("<tr>") == 51
    assert http.get("/o/unbekannt").status_code == 404


def test_permalink_leads_to_the_page(http: httpx.Client, page: str) -> None:
    answer = http.get(f"/permalink/contacts/view/{page.rsplit('/', 1)[1]}")
    assert (answer.status_code, answer.headers["location"]) == (302, page)
    assert http.get("/permalink/contacts/view/unbekannt").status_code == 404


def test_saving_changes_what_was_typed(http: httpx.Client, api: httpx.Client, page: str) -> None:
    assert "Café &lt;Eins&gt; &amp; Söhne" in http.get(page).text
    form = {
        "name": "Café Zwei",
        "email": "zwei@mail.example",
        "phone": "040 66969002",
        "city": "Kassel",
        "note": "Hallo",
    }
    assert http.post(page, data=form | {"action": "save"}).status_code == 303
    contact = stored(api, page)
    assert contact["version"] == 2
    assert contact["company"]["name"] == "Café Zwei"
    assert contact["emailAddresses"] == {"office": ["zwei@mail.example"]}
    assert contact["phoneNumbers"] == {"business": ["040 66969002"]}
    assert contact["addresses"]["billing"] == [{"street": "Weg 1", "city": "Kassel", "countryCode": "DE"}]
    assert contact["note"] == "Hallo"


def test_emptied_fields_disappear(http: httpx.Client, api: httpx.Client, page: str) -> None:
    http.post(page, data={"name": "", "email": "", "phone": "", "note": "", "action": "save"})
    contact = stored(api, page)
    assert contact["company"]["name"] == "Café <Eins> & Söhne"
    assert not {"emailAddresses", "phoneNumbers", "note"} & set(contact)


def test_second_email_locks_the_contact(http: httpx.Client, api: httpx.Client, page: str) -> None:
    http.post(page, data={"action": "second_email"})
    contact = stored(api, page)
    assert len(contact["emailAddresses"]["office"]) == 2
    assert api.put(f"/v1/contacts/{contact['id']}", json=contact).status_code == 406


def test_archive_and_restore(http: httpx.Client, api: httpx.Client, page: str) -> None:
    http.post(page, data={"action": "archive"})
    assert stored(api, page)["archived"] is True
    http.post(page, data={"action": "restore"})
    assert stored(api, page)["archived"] is False
