"""A new contact that cannot be: said at its field, and nothing typed is lost."""

from typing import Any

import pytest

from lexweb.contacts.models import Contact
from lexweb.sandbox.server import RunningSandbox
from tests.cast import Cast
from tests.conftest import SignIn
from tests.contacts import typed
from tests.contacts.desk import Desk

pytestmark = pytest.mark.django_db


def _writable(stored: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in stored.items() if k not in {"id", "organizationId", "version", "archived", "roles"}}


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"company_name": ""}, "company_name"),
        ({"customer": None}, "customer"),
        ({"cp_email": "a@b.example"}, "cp_last_name"),
        ({"billing_street": "Weg 1", "billing_country": ""}, "billing_country"),
        ({"shipping_city": "Kiel"}, "shipping_country"),
        ({"leitweg_id": "01"}, "vendor_number_there"),
        ({"note": "x" * 10_000}, "note"),
        ({"phone_fax": "1" * 31}, "phone_fax"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_before_anything_is_sent(
    desk: Desk, entries: dict[str, Any], field: str
) -> None:
    response = desk.new().save(**{"company_name": "Ahrens", "email_office": "o@a.example"} | entries)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert desk.sheet(response).data["email_office"] == "o@a.example"
    assert desk.sent("POST") == []


def test_a_note_of_10_000_signs_is_kept_to_the_last(desk: Desk) -> None:
    sheet = desk.sheet(desk.new().save(company_name="Ahrens", note="ß\n" * 5_000))

    assert sheet.data["note"].count("ß") == 5_000
    assert "these are 9999" in sheet.page


def test_a_note_of_exactly_1_000_signs_goes_through_whatever_the_line_ends(desk: Desk) -> None:
    desk.new().save(company_name="Ahrens", note="12345678\r\n" * 111 + "x")

    assert desk.named("Ahrens")[0]["note"] == "12345678\n" * 111 + "x"


@pytest.mark.parametrize(
    ("field", "value"),
    [("email_office", "kein at"), ("email_business", "a@"), ("cp_email", "x y"), ("phone_fax", "ruf mich an"),
     ("cp_phone", "abc"), ("billing_country", "XX")],
)  # fmt: skip
def test_a_refusal_stands_at_its_field_and_nothing_is_lost_or_stored(desk: Desk, field: str, value: str) -> None:
    entries = typed.COMPANY | {field: value}

    response = desk.new().save(**entries)

    sheet = desk.sheet(response)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert {name: sheet.data.get(name) for name in entries} == entries
    assert entries["company_name"] not in [stored["company"]["name"] for stored in desk.named("Die Maler")]
    assert not Contact.objects.exists()
    assert sheet.save(**{field: typed.COMPANY[field]}).status_code == 302


def test_a_client_without_a_connection_is_told_so(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)

    for response in (
        browser.get(f"{cast.client.url}contacts/new/"),
        browser.post(f"{cast.client.url}contacts/new/", {}),
    ):
        assert response.status_code == 200
        assert "Not connected yet" in response.content.decode()
