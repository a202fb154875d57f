"""What PostgreSQL would refuse, and whose contact it is."""

import json
from typing import Any

import pytest
from django.utils import timezone

from lexweb.contacts import mirror
from lexweb.contacts.models import Contact, Country
from tests.contacts.desk import COMPANY, Desk

pytestmark = pytest.mark.django_db
HEAD = {"id": "05ad0000-0000-4000-8000-000000000001", "version": 1, "archived": False}


def _payload(**members: Any) -> dict[str, Any]:
    return {**COMPANY, **HEAD, **members}


def test_nul_characters_are_left_out_at_every_depth(desk: Desk) -> None:
    payload = _payload(
        company={"name": "Ah\0rens", "contactPersons": [{"lastName": "Loh\0se", "emailAddress": "a\0@b.example"}]},
        addresses={"billing": [{"city": "Ki\0el"}]},
        **{"ne\0u": [["\0"], {"x": "\0y"}]},
    )

    row = mirror.store(desk.connection, payload, asked_at=timezone.now())

    assert "\\u0000" not in json.dumps(row.raw)
    assert (row.name, row.city, row.raw["neu"]) == ("Ahrens", "Kiel", [[""], {"x": "y"}])
    assert "\0" not in row.search + row.email + row.sort_name


def test_nul_characters_in_countries_are_left_out() -> None:
    country = {"countryCode": "DE", "countryNameDE": "D\0", "countryNameEN": "G", "taxClassification": "de"}

    mirror.store_countries([country])

    assert Country.objects.get().name_de == "D"


def test_a_contact_of_another_organization_is_not_stored(desk: Desk) -> None:
    own, other = desk.organization["organizationId"], "05ad0000-0000-4000-8000-0000000000aa"
    foreign = _payload(organizationId=other) | {"id": "05ad0000-0000-4000-8000-000000000002"}

    mirror.store_page(
        desk.connection, [_payload(organizationId=own.upper()), foreign], asked_at=timezone.now()
    )  # fmt: skip

    assert str(Contact.objects.get().lexware_id) == HEAD["id"]
    with pytest.raises(mirror.Foreign):
        mirror.store(desk.connection, foreign, asked_at=timezone.now())


def test_a_moved_connection_takes_nothing_of_its_former_organization(desk: Desk) -> None:
    old = desk.connection
    moved = type(old).objects.get(pk=old.pk)
    moved.organization_id = "05ad0000-0000-4000-8000-0000000000aa"
    moved.save()

    mirror.store_page(old, [_payload(organizationId=desk.organization["organizationId"])], asked_at=timezone.now())

    assert not Contact.objects.exists()


def test_an_address_of_only_a_country_survives_an_edit_of_something_else(desk: Desk) -> None:
    lone = {"billing": [{"countryCode": "AT"}]}
    contact = desk.add(addresses=lone, note="alt")

    desk.edit(contact).save(note="neu")

    stored = desk.stored(contact.lexware_id)
    assert (stored["note"], stored["addresses"]) == ("neu", lone)
