"""A run makes the mirror equal to Lexware Office, and does no harm to what is newer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lexweb.activity.models import Entry
from lexweb.clients.models import Connection
from lexweb.contacts import mirror
from lexweb.contacts.models import Contact, Country
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync.resources import FIRST
from tests import cast as casting
from tests.cast import Cast
from tests.sync.office import LARGE, Office, make_due, mirrored, reading, run

pytestmark = pytest.mark.django_db


def test_the_first_sync_mirrors_2500_contacts_and_nothing_twice(cast: Cast, lexware: RunningSandbox) -> None:
    office = Office(lexware, LARGE)
    connection = casting.connect(cast.client, lexware, by=cast.klaus, index=LARGE)
    casting.leave_out_all_but(connection, "contacts")

    assert run(connection)

    assert len(office.contacts) == 2500
    assert mirrored(connection) == office.contacts
    assert Contact.objects.count() == 2500
    assert office.pages_asked() == list(range(10))
    connection.refresh_from_db()
    assert connection.counts["contacts"] + connection.counts["archived"] == 2500
    assert connection.counts["archived"] == sum(c["archived"] for c in office.contacts.values())


def test_the_countries_come_along(connection: Connection, office: Office) -> None:
    make_due(connection, "countries")
    run(connection)

    assert Country.objects.count() > 200
    assert Country.objects.get(code="DE").name_de == "Deutschland"
    assert office.asked().count("/v1/countries") == 1


def test_the_first_sync_is_history_and_the_second_is_not(connection: Connection) -> None:
    for _ in range(2):
        make_due(connection, *FIRST)
        assert run(connection)

    entry = Entry.objects.get(kind="sync.first")
    assert entry.values == {"contacts": Contact.objects.filter(archived=False).count()}


def test_a_second_run_changes_nothing_but_the_moment(connection: Connection) -> None:
    run(connection)
    columns = [f.name for f in Contact._meta.fields if f.name != "seen_at"]
    before = list(Contact.objects.order_by("pk").values(*columns))

    make_due(connection)
    assert run(connection)

    assert list(Contact.objects.order_by("pk").values(*columns)) == before


def test_what_was_changed_over_there_arrives(connection: Connection, office: Office) -> None:
    run(connection)
    first, *others = office.contacts.values()
    office.keep([first | {"version": first["version"] + 1, "note": "neu"}, *others])

    make_due(connection)
    run(connection)

    assert mirrored(connection) == office.contacts
    assert mirrored(connection)[first["id"]]["note"] == "neu"


def test_a_vanished_contact_is_removed_only_after_it_was_asked_for(connection: Connection, office: Office) -> None:
    run(connection)
    gone, *others = office.contacts.values()
    office.keep(others)
    office.sandbox.state.journal.clear()

    make_due(connection)
    run(connection)

    assert f"/v1/contacts/{gone['id']}" in office.asked()
    assert gone["id"] not in mirrored(connection)
    assert mirrored(connection) == office.contacts


def test_a_contact_that_slipped_through_the_pages_is_kept(connection: Connection, office: Office) -> None:
    run(connection)
    slipped = {**next(iter(office.contacts.values())), "id": "05ad0000-0000-4000-8000-000000000001"}
    mirror.store(connection, slipped, asked_at=timezone.now() - timedelta(days=1))
    office.keep([*office.contacts.values(), slipped])
    make_due(connection)
    under_way = reading(connection)
    under_way.started_at = timezone.now()  # its last page is stored
    under_way.cursor = {"unseen": under_way.started_at.isoformat()}
    under_way.save()
    Contact.objects.exclude(lexware_id=slipped["id"]).update(seen_at=under_way.started_at)

    run(connection)

    assert slipped["id"] in mirrored(connection)
    assert Contact.objects.get(lexware_id=slipped["id"]).seen_at > timezone.now() - timedelta(minutes=1)


def test_when_asking_fails_nothing_is_removed(connection: Connection, office: Office, impatient: None) -> None:
    run(connection)
    gone, *others = office.contacts.values()
    office.keep(others)
    office.sandbox.fault("503", path=f"/v1/contacts/{gone['id']}", count=None)

    make_due(connection)
    assert not run(connection)

    assert gone["id"] in mirrored(connection)
