"""What the mirror must not lose, whatever Lexware Office shows."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.contacts import mirror
from lexweb.contacts.models import Contact
from lexweb.sync import engine
from tests.sync.office import Office, mirrored, state_of

pytestmark = pytest.mark.django_db


def test_a_late_page_does_not_overwrite_a_newer_version(connection: Connection, office: Office) -> None:
    engine.run(connection.pk, only=engine.LISTS)
    late = list(office.contacts.values())
    newer = late[0] | {"version": late[0]["version"] + 1, "note": "gerade gespeichert"}
    mirror.store(connection, newer, asked_at=timezone.now())
    moment = timezone.now() + timedelta(minutes=1)

    mirror.store_page(connection, late, asked_at=moment)

    row = Contact.objects.get(lexware_id=newer["id"])
    assert (row.raw, row.version) == (newer, newer["version"])
    assert row.seen_at == moment


def test_the_same_contact_twice_on_a_page_is_one_row(connection: Connection, office: Office) -> None:
    one = next(iter(office.contacts.values()))

    mirror.store_page(connection, [one, one | {"version": one["version"] + 1}], asked_at=timezone.now())

    assert Contact.objects.get().version == one["version"] + 1


ODD: list[dict[str, Any]] = [
    {"person": {"firstName": "Nur"}},
    {"company": {"name": "Ohne Land", "contactPersons": [{"firstName": "Nur"}]},
     "addresses": {"billing": [{"city": "Kiel"}]}},
    {"company": {"name": "", "taxNumber": None}},
    {"company": {"name": "x" * 400}, "emailAddresses": {"business": ["y" * 300]},
     "addresses": {"billing": [{"city": "z" * 200}]}},
    {"company": {"name": "Kindlich"}, "roles": {"customer": None, "vendor": {"number": 2**40}}},
    {"company": {"name": "Neu"}, "roles": {"supplier": {}}, "newThing": {"a": [None, {}]},
     "emailAddresses": {"sms": ["x"]}},
]  # fmt: skip


@pytest.mark.parametrize("members", ODD)
@pytest.mark.off_contract
def test_an_odd_contact_does_not_stop_the_others(
    connection: Connection, office: Office, members: dict[str, Any]
) -> None:
    head = {"id": "05ad0000-0000-4000-8000-000000000001", "version": 1, "roles": {"customer": {}}, "archived": False}
    normal = {"company": {"name": "Ahrens"}}
    office.keep([head | normal | {"id": f"{head['id'][:-1]}{n}"} for n in (2, 3)])
    office.sandbox.state.organizations[office.id].contacts.ordered()  # sorted before the odd one comes
    book = office.sandbox.state.organizations[office.id].contacts
    odd = type(book.ordered()[0])(head | members, "", "")
    book.ordered().append(odd)

    assert engine.run(connection.pk, only=engine.LISTS), state_of(connection).error

    assert len(mirrored(connection)) == 3
