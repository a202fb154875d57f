"""Contacts that are answered in an odd way at the end of a pass, and runs that are too old to go on."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.contacts import mirror
from lexweb.contacts.models import Contact
from lexweb.sync import passes
from lexweb.sync.models import Pass
from lexweb.sync.resources import NAMED
from tests.sync.office import Office, make_due, mirrored, reading, run, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(connection: Connection, office: Office) -> str:
    """The id of a contact that the pages no longer show; the next run is due."""
    run(connection)
    first, *others = office.contacts.values()
    office.keep(others)
    make_due(connection)
    return str(first["id"])


def test_forbidden_counts_as_gone(connection: Connection, office: Office, gone: str) -> None:
    office.sandbox.fault("forbidden_403", path=f"/v1/contacts/{gone}", count=None)

    assert run(connection)

    assert gone not in mirrored(connection)


def test_a_lost_right_removes_nothing(connection: Connection, office: Office, gone: str) -> None:
    now = timezone.now()  # no page is left to be asked for
    Pass.objects.filter(resource="contacts").update(cursor={"unseen": now.isoformat()}, started_at=now)
    office.sandbox.fault("forbidden_403", path="/v1/contacts*", count=None)

    assert run(connection)

    assert gone in mirrored(connection)
    assert reading(connection).trouble == "forbidden"


@pytest.mark.parametrize("kind", ["garbage", "empty"])
def test_an_odd_answer_is_skipped_and_the_pass_ends(
    connection: Connection, office: Office, gone: str, kind: str
) -> None:
    office.sandbox.fault(kind, path=f"/v1/contacts/{gone}", count=None)

    assert run(connection)

    assert gone in mirrored(connection)


@pytest.mark.parametrize(("kind", "code"), [("503", "unavailable"), ("429", "rate_limited"), ("revoked", "reconnect")])
def test_what_concerns_the_connection_ends_the_pass(
    connection: Connection, office: Office, gone: str, impatient: None, kind: str, code: str
) -> None:
    office.sandbox.fault(kind, path=f"/v1/contacts/{gone}", count=None)

    assert not run(connection)

    assert gone in mirrored(connection)
    assert state_of(connection).error == code


@pytest.mark.off_contract
def test_a_contact_that_fits_nothing_does_not_stop_the_page(
    connection: Connection, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    first, *others = office.contacts.values()
    office.keep([first | {"note": ["odd"]}, *others])

    assert run(connection)

    assert len(mirrored(connection)) == len(others)
    assert "sync.misfits" in caplog.text


def test_a_run_begun_long_ago_starts_afresh(connection: Connection, office: Office, gone: str) -> None:
    long_ago = timezone.now() - passes.STALE - timedelta(minutes=1)
    Pass.objects.filter(resource="contacts").update(cursor={"page": 1}, started_at=long_ago)
    office.sandbox.state.journal.clear()

    assert run(connection)

    assert office.pages_asked() == [0]
    assert gone not in mirrored(connection)


def test_what_one_sees_is_at_least_as_fresh_as_it_says(connection: Connection) -> None:
    begun = timezone.now() - timedelta(minutes=20)
    passes.ensure(state_of(connection))
    Pass.objects.filter(resource="contacts").update(cursor={"page": 0}, started_at=begun, due_at=begun)

    assert run(connection)

    connection.refresh_from_db()
    assert connection.synced_at == begun
    assert reading(connection).finished_at > timezone.now() - timedelta(minutes=1)
    assert not Contact.objects.filter(seen_at__lt=begun).exists()


def test_the_connection_is_locked_before_anything_is_stored(connection: Connection) -> None:
    make_due(connection, *NAMED)
    with CaptureQueriesContext(database) as queries:
        assert run(connection)

    written = [query["sql"] for query in queries]
    stores = [n for n, sql in enumerate(written) if sql.startswith("INSERT INTO")]
    renewals = [n for n, sql in enumerate(written) if sql.startswith('UPDATE "sync_state" SET "lease_until"')]
    assert len(renewals) > 5
    assert stores
    assert all(written[n - 1].startswith('SELECT "clients_connection"."id"') for n in renewals)


def test_a_fault_of_ours_is_logged_without_its_words(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        text = "DETAIL: Failing row contains (Erika Geheim)"
        raise ValueError(text)

    monkeypatch.setattr(mirror, "store_page", fail)

    assert not run(connection)

    logged = caplog.text + "".join(capfd.readouterr())
    assert "sync.broken" in logged
    assert "ValueError" in logged
    assert "in _fetch" in logged
    assert "Geheim" not in logged


def test_a_run_begun_by_a_clock_that_is_ahead_starts_afresh(
    connection: Connection, office: Office, impatient: None
) -> None:
    ahead = timezone.now() + timedelta(minutes=2)
    Pass.objects.filter(resource="contacts").update(started_at=ahead, cursor={"page": 0})
    office.sandbox.fault("503", path="/v1/contacts/*", count=None)  # or it would ask for each of them until then

    assert run(connection)

    assert office.lookups() == []
    assert mirrored(connection) == office.contacts
