"""The page of a contact: everything Lexware Office returns, and nothing of it as HTML."""

import html
import json
import re
from typing import Any

import pytest
from django.utils import timezone
from django.utils.html import escape

from lexweb.contacts import mirror
from lexweb.contacts.models import Contact
from tests.cast import Cast
from tests.conftest import SignIn
from tests.contacts.desk import Desk
from tests.contract import schema

pytestmark = pytest.mark.django_db
EVIL = "<script>alert('x')</script>"


def _texts(node: Any) -> list[str]:
    if isinstance(node, dict):
        return [text for part in node.values() for text in _texts(part)]
    if isinstance(node, list):
        return [text for part in node for text in _texts(part)]
    return [] if isinstance(node, bool) else [str(node)]


def _mirrored(desk: Desk, **members: Any) -> Contact:
    own = {"organizationId": desk.organization["organizationId"]}
    payload = schema.sample("contacts.get.company.response") | own | members
    return mirror.store(desk.connection, payload, asked_at=timezone.now())


def test_everything_the_api_returns_is_on_the_page(desk: Desk) -> None:
    contact = _mirrored(desk)

    page = desk.browser.get(contact.url).content.decode()

    shown = {k: v for k, v in contact.raw.items() if k not in {"organizationId", "addresses"}}
    address = contact.raw["addresses"]["billing"][0]
    wanted = _texts(shown) + [address[part] for part in ("supplement", "street", "zip", "city") if part in address]
    assert [text for text in wanted if str(escape(text)) not in page.replace("<br>", "\n")] == []


def test_members_of_a_newer_api_are_shown_at_any_depth(desk: Desk) -> None:
    base = schema.sample("contacts.get.company.response")
    contact = _mirrored(
        desk,
        loyalty="gold-1",
        company=base["company"]
        | {"legalForm": "gold-2", "contactPersons": [{"lastName": "Lohse", "pronoun": "gold-3"}]},
        addresses={"billing": [{"city": "Kiel", "floor": "gold-4"}], "delivery": [{"city": "gold-5"}]},
        emailAddresses={"invoices": ["gold-6@a.example"]},
        roles={"customer": {"number": 10001, "grade": "gold-7"}, "supplier": {"code": "gold-8"}},
        xRechnung={"network": "gold-9"},
    )

    page = desk.browser.get(contact.url).content.decode()

    assert [number for number in range(1, 10) if f"gold-{number}" not in page] == []
    assert "company.legalForm" in page
    assert "company.contactPersons[0].pronoun" in page


def test_an_odd_contact_without_its_mandatory_parts_is_shown(desk: Desk) -> None:
    contact = mirror.store(
        desk.connection,
        {
            "id": "05ad0000-0000-4000-8000-000000000001", "version": 1, "archived": False, "roles": {},
            "person": {"firstName": "Nur"}, "addresses": {"billing": [{"street": "Weg 1"}]},
        },
        asked_at=timezone.now(),
    )  # fmt: skip

    page = desk.browser.get(contact.url).content.decode()

    assert "Nur" in page
    assert "None" not in page.split('<main class="page"')[1].split("</main>")[0]


def test_raw_is_the_json_that_came(desk: Desk) -> None:
    contact = _mirrored(desk)

    response = desk.browser.get(f"{contact.url}raw/")

    own = {"organizationId": desk.organization["organizationId"]}
    shown = html.unescape(re.sub("<[^>]+>", "", response.content.decode().split('id="raw"')[1].split("</pre>")[0]))
    assert json.loads(shown.partition(">")[2]) == schema.sample("contacts.get.company.response") | own
    assert "<html" not in desk.browser.get(f"{contact.url}raw/", headers={"HX-Request": "true"}).content.decode()


def test_html_in_texts_is_shown_as_text_on_every_page(desk: Desk) -> None:
    payload = {
        "id": "05ad0000-0000-4000-8000-000000000002", "version": 1, "archived": False,
        "roles": {"customer": {"number": 10001}},
        "company": {
            "name": EVIL, "taxNumber": EVIL, "vatRegistrationId": EVIL,
            "contactPersons": [{"salutation": EVIL, "firstName": EVIL, "lastName": EVIL, "emailAddress": EVIL}],
        },
        "addresses": {"billing": [{"street": EVIL, "city": EVIL, "countryCode": EVIL, "supplement": EVIL}]},
        "emailAddresses": {"business": [EVIL]}, "phoneNumbers": {"business": [EVIL]}, "note": f"{EVIL}\n{EVIL}",
        "xRechnung": {"buyerReference": EVIL, "vendorNumberAtCustomer": EVIL}, EVIL: {EVIL: EVIL},
    }  # fmt: skip
    contact = mirror.store(desk.connection, payload, asked_at=timezone.now())

    for url in (desk.url, contact.url, f"{contact.url}raw/", f"{contact.url}edit/"):
        page = desk.browser.get(url).content.decode()
        assert "&lt;script&gt;" in page, url
        assert "<script>alert" not in page, url


def test_emoji_and_foreign_scripts_come_through(desk: Desk) -> None:
    contact = desk.add(company={"name": "Blumen 🌷 Łódź 東京"}, note="👩‍🔧 kommt um 8")

    page = desk.browser.get(contact.url).content.decode()

    assert "Blumen 🌷 Łódź 東京" in page
    assert "👩‍🔧 kommt um 8" in page
    assert "🌷" in desk.browser.get(f"{desk.url}?q=🌷").content.decode()


def test_the_fragment_is_the_contact_alone(desk: Desk) -> None:
    page = desk.browser.get(_mirrored(desk).url, headers={"HX-Request": "true"}).content.decode()

    assert page.strip().startswith('<div class="stack" id="contact">')


def test_other_clients_and_unknown_ids_are_not_found(desk: Desk, cast: Cast, sign_in: SignIn) -> None:
    contact = _mirrored(desk)
    elsewhere = contact.url.replace(cast.client.slug, cast.other.slug)

    assert sign_in(cast.paula).get(elsewhere).status_code == 404
    assert sign_in(cast.fremd).get(contact.url).status_code == 404
    assert desk.browser.get(f"{desk.url}05ad0000-0000-4000-8000-00000000000f/").status_code == 404


def test_an_auditor_reads_and_does_not_write(desk: Desk, cast: Cast, sign_in: SignIn) -> None:
    contact, robert = _mirrored(desk), sign_in(cast.robert)

    assert robert.get(contact.url).status_code == 200
    assert "Edit</a>" not in robert.get(contact.url).content.decode()
    assert robert.get(f"{contact.url}edit/").status_code == 403
    assert robert.post(f"{contact.url}edit/", {"company_name": "x"}).status_code == 403
    assert robert.post(f"{desk.url}new/", {"company_name": "x"}).status_code == 403
