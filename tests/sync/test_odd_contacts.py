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
from lexweb.sync import engine, lease
from lexweb.sync.models import State
from tests.sync.office import Office, make_due, mirrored, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(connection: Connection, office: Office) -> str:
    """The id of a contact that the pages no longer show; the next run is due."""
    engine.run(connection.pk)
    first, *others = office.contacts.values()
    office.keep(others)
    make_due(connection)
    return str(first["id"])


def test_forbidden_counts_as_gone(connection: Connection, office: Office, gone: str) -> None:
    office.sandbox.fault("forbidden_403", path=f"/v1/contacts/{gone}", count=None)

    assert engine.run(connection.pk)

    assert gone not in mirrored(connection)


def test_a_lost_right_removes_nothing(connection: Connection, office: Office, gone: str) -> None:
    cursor = {"resource": "contacts", "page": 1, "pages": 1}  # no page is left to be asked for
    State.objects.update(cursor=cursor, started_at=timezone.now())
    office.sandbox.fault("forbidden_403", path="/v1/contacts*", count=None)

    assert not engine.run(connection.pk)

    assert gone in mirrored(connection)
    assert state_of(connection).error == "forbidden"


@pytest.mark.parametrize("kind", ["garbage", "empty"])
def test_an_odd_answer_is_skipped_and_the_pass_ends(
    connection: Connection, office: Office, gone: str, kind: str
) -> None:
    office.sandbox.fault(kind, path=f"/v1/contacts/{gone}", count=None)

    assert engine.run(connection.pk)

    assert gone in mirrored(connection)


@pytest.mark.parametrize(("kind", "code"), [("503", "unavailable"), ("429", "rate_limited"), ("revoked", "reconnect")])
def test_what_concerns_the_connection_ends_the_pass(
    connection: Connection, office: Office, gone: str, impatient: None, kind: str, code: str
) -> None:
    office.sandbox.fault(kind, path=f"/v1/contacts/{gone}", count=None)

    assert not engine.run(connection.pk)

    assert gone in mirrored(connection)
    assert state_of(connection).error == code


@pytest.mark.off_contract
def test_a_contact_that_fits_nothing_does_not_stop_the_page(
    connection: Connection, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    first, *others = office.contacts.values()
    office.keep([first | {"note": ["odd"]}, *others])

    assert engine.run(connection.pk)

    assert len(mirrored(connection)) == len(others)
    assert "sync.misfits" in caplog.text


def test_a_run_begun_long_ago_starts_afresh(connection: Connection, office: Office, gone: str) -> None:
    long_ago = timezone.now() - engine.EVERY - timedelta(minutes=1)
    State.objects.update(cursor={"resource": "countries", "page": 0, "pages": 1}, started_at=long_ago)
    office.sandbox.state.journal.clear()

    assert engine.run(connection.pk)

    assert office.pages_asked() == [0]
    assert gone not in mirrored(connection)


def test_what_one_sees_is_at_least_as_fresh_as_it_says(connection: Connection) -> None:
    begun = timezone.now() - timedelta(minutes=20)
    State.objects.update(cursor={"resource": "contacts", "page": 0, "pages": 1}, started_at=begun)

    assert engine.run(connection.pk)

    connection.refresh_from_db()
    assert connection.synced_at == begun
    assert state_of(connection).finished_at > timezone.now() - timedelta(minutes=1)
    assert not Contact.objects.filter(seen_at__lt=begun).exists()


def test_the_connection_is_locked_before_a_page_is_stored(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def noted(module: Any, name: str) -> None:
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *args, **named: (done.append(name), real(*args, **named))[1])

    for module, name in ((lease, "lock"), (lease, "advance"), (mirror, "store_page"), (mirror, "store_countries")):
        noted(module, name)

    assert engine.run(connection.pk)

    pages = ["lock", "store_page", "advance", "lock", "store_countries", "advance"]
    assert done == ["advance", *pages, "advance"]


def test_at_the_end_the_connection_is_written_before_the_state(connection: Connection) -> None:
    with CaptureQueriesContext(database) as queries:
        assert engine.run(connection.pk)

    tables = [query["sql"].split()[1] for query in queries if query["sql"].startswith("UPDATE")]
    assert tables[-3:] == ['"clients_connection"', '"sync_state"', '"sync_state"']  # the last gives the lease back


def test_a_fault_of_ours_is_logged_without_its_words(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        text = "DETAIL: Failing row contains (Erika Geheim)"
        raise ValueError(text)

    monkeypatch.setattr(mirror, "store_page", fail)

    assert not engine.run(connection.pk)

    logged = caplog.text + "".join(capfd.readouterr())
    assert "sync.broken" in logged
    assert "ValueError" in logged
    assert "in _mirror" in logged
    assert "Geheim" not in logged
