"""The progress of a sync, as a page and as the polled fragment; and asking for a sync."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.sync import engine, lease, tasks
from lexweb.sync.models import State
from tests.cast import Cast
from tests.conftest import SignIn
from tests.sync.office import state_of

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true", "HX-Target": "sync"}
STOP = 286


@pytest.fixture
def klaus(cast: Cast, sign_in: SignIn) -> Browser:
    """Klaus at his browser; the queue is empty."""
    tasks.sync.huey.flush()
    return sign_in(cast.klaus)


@pytest.fixture
def url(cast: Cast) -> str:
    """The address of the status."""
    return f"{cast.client.url}sync/"


def _queued() -> list[Any]:
    return [task.args for task in tasks.sync.huey.pending()]


def test_nothing_was_ever_synced(klaus: Browser, url: str) -> None:
    assert "Nothing has been synced yet." in klaus.get(url).content.decode()
    assert klaus.get(url, headers=FRAGMENT).status_code == STOP


def test_waiting_for_a_worker_asks_for_one_again(klaus: Browser, url: str, connection: Connection) -> None:
    tasks.sync.huey.flush()  # the queue lost it

    response = klaus.get(url, headers=FRAGMENT)

    assert response.status_code == 200
    assert "Waiting for a free worker" in response.content.decode()
    assert 'hx-trigger="every 1s"' in response.content.decode()
    assert _queued() == [(connection.pk,)]


def test_under_way_it_counts_pages_and_seconds(klaus: Browser, url: str, connection: Connection, settings: Any) -> None:
    settings.LEXWARE_SPACING = 0.5
    assert lease.take(connection.pk)
    State.objects.update(started_at=timezone.now(), pages_done=3, pages_total=11)
    tasks.sync.huey.flush()

    page = klaus.get(url).content.decode()

    assert "3 of 11 pages" in page
    assert "4 s left" in page
    assert "<noscript><meta" in page
    assert _queued() == []


def test_a_dead_worker_is_told_as_going_on_shortly(klaus: Browser, url: str, connection: Connection) -> None:
    State.objects.update(
        started_at=timezone.now(), pages_done=3, pages_total=11, lease_owner="x", lease_until=timezone.now()
    )

    page = klaus.get(url, headers=FRAGMENT).content.decode()

    assert "3 of 11 pages, goes on shortly" in page
    assert (connection.pk,) in _queued()


def test_a_run_that_waits_does_not_show_the_numbers_of_the_last_one(
    klaus: Browser, url: str, connection: Connection
) -> None:
    assert engine.run(connection.pk)
    State.objects.update(due_at=timezone.now())

    page = klaus.get(url, headers=FRAGMENT).content.decode()

    assert "Waiting for a free worker" in page
    assert "2 of 2" not in page


def test_done_it_stops_asking_and_offers_another(klaus: Browser, url: str, connection: Connection) -> None:
    engine.run(connection.pk)

    fragment = klaus.get(url, headers=FRAGMENT)

    assert fragment.status_code == STOP
    assert "Last sync" in fragment.content.decode()
    assert "Sync now" in fragment.content.decode()
    assert "every 1s" not in fragment.content.decode()
    assert klaus.get(url).status_code == 200


def test_done_it_tells_the_list_on_the_same_page(klaus: Browser, url: str, connection: Connection) -> None:
    assert "HX-Trigger" not in klaus.get(url, headers=FRAGMENT).headers
    engine.run(connection.pk)

    assert klaus.get(url, headers=FRAGMENT)["HX-Trigger"] == '{"contacts:changed": {}}'
    assert "HX-Trigger" not in klaus.get(url).headers
    page = klaus.get(f"{url.removesuffix('sync/')}contacts/?q=a&sort=-city").content.decode()
    assert 'hx-get="/clients/' in page
    assert 'contacts/?q=a&amp;sort=-city" hx-trigger="contacts:changed from:body"' in page


def test_failed_it_tells_the_list_nothing(klaus: Browser, url: str, connection: Connection) -> None:
    State.objects.update(
        error="unavailable", finished_at=timezone.now(), due_at=timezone.now() + timedelta(minutes=1)
    )  # fmt: skip

    assert "HX-Trigger" not in klaus.get(url, headers=FRAGMENT).headers


def test_a_failure_is_told_in_words(klaus: Browser, url: str, connection: Connection) -> None:
    State.objects.update(error="unavailable", due_at=timezone.now() + timedelta(minutes=1))

    page = klaus.get(url).content.decode()

    assert "Lexware Office does not answer properly" in page
    assert "It is tried again by itself." in page


def test_incomplete_is_told(klaus: Browser, url: str, connection: Connection) -> None:
    State.objects.update(incomplete=True, due_at=None)

    assert "Not everything is here" in klaus.get(url).content.decode()


def test_sync_now_makes_it_due(
    klaus: Browser, url: str, connection: Connection, django_capture_on_commit_callbacks: Any
) -> None:
    engine.run(connection.pk)

    with django_capture_on_commit_callbacks(execute=True):
        response = klaus.post(f"{url}start/")

    assert response["Location"] == url
    assert state_of(connection).due_at <= timezone.now()
    assert _queued() == [(connection.pk,)]


def test_a_lost_connection_is_not_synced(klaus: Browser, url: str, connection: Connection) -> None:
    engine.run(connection.pk)
    Connection.objects.update(state="reconnect")
    before = state_of(connection).due_at

    klaus.post(f"{url}start/")

    assert state_of(connection).due_at == before
    assert "Sync now" not in klaus.get(url).content.decode()


def test_who_may_look_and_who_may_start(cast: Cast, sign_in: SignIn, url: str, connection: Connection) -> None:
    assert sign_in(cast.robert).get(url).status_code == 200
    assert sign_in(cast.robert).post(f"{url}start/").status_code == 403
    assert sign_in(cast.fremd).get(url).status_code == 404
    assert sign_in(cast.paula).get(f"{url}start/").status_code == 405
