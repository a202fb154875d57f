"""Recurring templates in the mirror: short forms of the list, and whole ones."""

from uuid import UUID

import pytest
from django.utils import timezone

from lexweb.clients import gateway
from lexweb.clients.mirroring import Payload, Stored
from lexweb.clients.models import Connection
from lexweb.sales import mirror
from lexweb.sales.models import RecurringTemplate
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection(cast: Cast, lexware: RunningSandbox) -> Connection:
    """A client that writes invoices every month."""
    return casting.connect(cast.client, lexware, by=cast.klaus, index=2)


@pytest.fixture
def listed(connection: Connection) -> list[Payload]:
    """What the list shows."""
    with gateway.open_office(connection, background=True) as office:
        return list(office.recurring_templates.page().payloads())


def _whole(connection: Connection, listed: list[Payload]) -> Payload:
    with gateway.open_office(connection, background=True) as office:
        return office.recurring_templates.get(UUID(listed[0]["id"])).payload()


def _store(connection: Connection, listed: list[Payload]) -> Stored:
    return mirror.store_page(connection, listed, asked_at=timezone.now())


def test_short_forms_are_kept_as_they_are_shown(connection: Connection, listed: list[Payload]) -> None:
    assert listed
    assert _store(connection, listed) == Stored(len(listed), new=len(listed))
    assert _store(connection, listed) == Stored(len(listed))

    for template in RecurringTemplate.objects.all():
        shown = next(each for each in listed if each["id"] == str(template.lexware_id))
        assert (template.raw, template.detailed) == (shown, False)
        assert str(template.next_on) == str(shown["recurringTemplateSettings"].get("nextExecutionDate"))
        assert template.contact_name == shown["address"]["name"]


def test_a_short_form_takes_nothing_from_the_whole_one(connection: Connection, listed: list[Payload]) -> None:
    whole = _whole(connection, listed)
    mirror.store_detail(connection, whole, asked_at=timezone.now())

    _store(connection, listed[:1])

    template = RecurringTemplate.objects.get()
    assert (template.raw, template.detailed) == (whole, True)


def test_a_newer_short_form_replaces_the_whole_one_that_is_old(connection: Connection, listed: list[Payload]) -> None:
    whole = _whole(connection, listed)
    mirror.store_detail(connection, whole, asked_at=timezone.now())
    newer = listed[0] | {"title": "Neu", "updatedDate": "2030-01-01T00:00:00.000+01:00"}

    _store(connection, [newer])
    mirror.store_detail(connection, whole, asked_at=timezone.now())  # it came late

    template = RecurringTemplate.objects.get()
    assert (template.raw, template.detailed, template.title) == (newer, False, "Neu")
    assert mirror.forget(connection, template.lexware_id)
