"""Whole lists in the mirror."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lexweb.clients import gateway
from lexweb.clients.mirroring import Stored
from lexweb.clients.models import Connection
from lexweb.masterdata import mirror
from lexweb.masterdata.models import Listing
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NAME = Listing.Name.PAYMENT_CONDITIONS


@pytest.fixture
def connection(cast: Cast, lexware: RunningSandbox) -> Connection:
    """The joinery."""
    return casting.connect(cast.client, lexware, by=cast.klaus)


def test_lists_are_kept_as_they_are_shown(connection: Connection) -> None:
    with gateway.open_office(connection, background=True) as office:
        lists = {
            Listing.Name.POSTING_CATEGORIES: [each.payload() for each in office.posting_categories.list()],
            Listing.Name.PAYMENT_CONDITIONS: [each.payload() for each in office.payment_conditions.list()],
            Listing.Name.PRINT_LAYOUTS: [each.payload() for each in office.print_layouts.list()],
        }

    for name, entries in lists.items():
        stored = mirror.store(connection, name, entries, asked_at=timezone.now())
        assert stored == Stored(len(entries), new=len(entries))
        assert mirror.store(connection, name, entries, asked_at=timezone.now()) == Stored(len(entries))

    assert dict(Listing.objects.values_list("name", "entries")) == lists
    assert all(lists.values())


def test_an_older_answer_does_not_replace_a_newer_one(connection: Connection) -> None:
    now = timezone.now()
    mirror.store(connection, NAME, [{"id": "1", "a": "ne\0u"}], asked_at=now)

    mirror.store(connection, NAME, [], asked_at=now - timedelta(seconds=1))
    assert Listing.objects.get().entries == [{"id": "1", "a": "neu"}]

    newer = mirror.store(connection, NAME, [{"id": "1"}, {"id": "2"}], asked_at=now + timedelta(seconds=1))
    assert newer == Stored(2, new=1, changed=1)


def test_the_list_of_another_organization_is_not_stored(connection: Connection) -> None:
    moved = Connection.objects.get(pk=connection.pk)
    moved.organization_id = "05ad0000-0000-4000-8000-0000000000aa"
    moved.save()

    assert mirror.store(connection, NAME, [], asked_at=timezone.now()) == Stored()
    assert not Listing.objects.exists()
