"""The sync of a client, as a page and as the polled fragment; asking for it, holding it up, going on."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client as Browser
from django.utils import timezone
from huey.contrib.djhuey import HUEY

from lexweb.clients.models import Connection
from lexweb.sync.models import Event, Hook, State, Worker
from tests.cast import Cast
from tests.conftest import SignIn
from tests.sync import made_up

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true", "HX-Target": "sync"}
REPORT = {"HX-Request": "true", "HX-Target": "report"}
STOP = 286


@pytest.fixture
def klaus(cast: Cast, sign_in: SignIn, settings: LazySettings) -> Browser:
    """Klaus at his browser; the queue is empty, and a worker is alive."""
    settings.LEXWARE_SPACING = 0.5
    HUEY.storage.flush_queue()
    made_up.alive()
    return sign_in(cast.klaus)


@pytest.fixture
def url(cast: Cast) -> str:
    """The address of the status."""
    return f"{cast.client.url}sync/"


@pytest.fixture
def connection(cast: Cast) -> Connection:
    """A connection without a state yet."""
    return made_up.connected(cast.client)


def _queued() -> list[Any]:
    return [task.args for task in HUEY.pending()]


def test_nothing_was_ever_synced(klaus: Browser, url: str) -> None:
    assert "Nothing has been synced yet." in klaus.get(url).content.decode()
    assert klaus.get(url, headers=FRAGMENT).status_code == STOP


def test_waiting_for_a_worker_asks_for_one_again(klaus: Browser, url: str, connection: Connection) -> None:
    made_up.idle(connection, due_at=timezone.now())  # and the queue lost it

    response = klaus.get(url, headers=FRAGMENT)

    assert response.status_code == 200
    assert "Waiting for a free worker" in response.content.decode()
    assert 'hx-trigger="every 2s"' in response.content.decode()
    assert _queued() == [(connection.pk,)]


def test_under_way_it_counts_pages_and_seconds(klaus: Browser, url: str, connection: Connection) -> None:
    made_up.under_way(made_up.working(connection), "contacts", pages=3, of=11)

    page = klaus.get(url).content.decode()

    assert "3 of 11 pages" in page
    assert "4 s left" in page
    assert "<noscript><meta" in page
    assert _queued() == []


def test_the_lists_of_the_first_sync_count_as_one(klaus: Browser, url: str, connection: Connection) -> None:
    state = made_up.working(connection, listed_at=None)
    made_up.done(state, "contacts", pages_done=10)
    made_up.under_way(state, "vouchers", pages=3, of=50)
    made_up.under_way(state, "articles", pages=0, of=None, started_at=None)

    page = klaus.get(url, headers=FRAGMENT).content.decode()

    assert "13 of 61 pages" in page
    assert "24 s left" in page


def test_then_it_counts_the_details_behind_them(klaus: Browser, url: str, connection: Connection) -> None:
    made_up.working(connection)
    made_up.voucher(connection, wanted=1)
    made_up.voucher(connection, payment_wanted=True)
    made_up.voucher(connection, wanted=1, payment_wanted=True)  # two requests, one voucher

    page = klaus.get(url, headers=FRAGMENT).content.decode()

    assert "97 of 100 vouchers complete" in page
    assert 'max="100"' in page
    assert "2 s left" in page


def test_archived_vouchers_count_too(klaus: Browser, url: str, connection: Connection) -> None:
    Connection.objects.update(counts={"vouchers": 3, "archived_vouchers": 2})
    made_up.working(connection)
    made_up.voucher(connection, wanted=1, archived=True)

    assert "4 of 5 vouchers complete" in klaus.get(url, headers=FRAGMENT).content.decode()


def test_beside_pages_stands_the_time_of_the_pages(klaus: Browser, url: str, connection: Connection) -> None:
    made_up.under_way(made_up.working(connection), "contacts", pages=3, of=11)
    for _ in range(6):
        made_up.voucher(connection, wanted=1)

    page = klaus.get(url, headers=FRAGMENT).content.decode()

    assert "4 s left" in page
    assert "7 s left" not in page


def test_a_dead_worker_is_told_as_going_on_shortly(klaus: Browser, url: str, connection: Connection) -> None:
    made_up.under_way(made_up.working(connection, lease_until=timezone.now()), "contacts", pages=3, of=11)

    page = klaus.get(url, headers=FRAGMENT).content.decode()

    assert "3 of 11 pages, goes on shortly" in page
    assert (connection.pk,) in _queued()


def test_done_it_stops_asking_and_offers_another(klaus: Browser, url: str, connection: Connection) -> None:
    made_up.done(made_up.idle(connection), "contacts")

    fragment = klaus.get(url, headers=FRAGMENT)

    assert fragment.status_code == STOP
    assert "Last sync" in fragment.content.decode()
    assert "every 2s" not in fragment.content.decode()
    assert klaus.get(url, headers=REPORT).status_code == STOP
    page = klaus.get(url)
    assert page.status_code == 200
    assert "Sync now" in page.content.decode()
    assert "<noscript><meta" not in page.content.decode()


def test_the_list_on_the_same_page_hears_when_it_is_complete(klaus: Browser, url: str, connection: Connection) -> None:
    state = made_up.working(connection, listed_at=None)
    reading = made_up.under_way(state, "contacts", pages=1, of=2)
    assert "listed=0" in klaus.get(url, headers=FRAGMENT).content.decode()
    assert "HX-Trigger" not in klaus.get(f"{url}?listed=0", headers=FRAGMENT).headers
    reading.delete()
    made_up.done(state, "contacts")

    heard = klaus.get(f"{url}?listed=0", headers=FRAGMENT)

    assert heard.status_code == 200  # the details go on
    assert heard["HX-Trigger"] == '{"contacts:changed": {}}'
    assert "listed=1" in heard.content.decode()
    assert "HX-Trigger" not in klaus.get(f"{url}?listed=1", headers=FRAGMENT).headers
    page = klaus.get(f"{url.removesuffix('sync/')}contacts/?q=a&sort=-city").content.decode()
    assert 'contacts/?q=a&amp;sort=-city" hx-trigger="contacts:changed from:body"' in page


def test_failed_it_tells_the_list_nothing(klaus: Browser, url: str, connection: Connection) -> None:
    made_up.done(made_up.idle(connection, error="unavailable"), "contacts")

    assert "HX-Trigger" not in klaus.get(url, headers=FRAGMENT).headers


def test_a_failure_is_told_in_words(klaus: Browser, url: str, connection: Connection) -> None:
    made_up.idle(connection, error="unavailable")

    page = klaus.get(url).content.decode()

    assert "Lexware Office does not answer properly" in page
    assert "It is tried again by itself." in page
    assert "Next try:" in page


def test_what_was_found_stands_beside_each_list(klaus: Browser, url: str, connection: Connection) -> None:
    state = made_up.idle(connection)
    found = {"rows": 12_500, "new": 3, "changed": 0, "gone": 1}
    made_up.done(state, "vouchers", found_before=found, incomplete=True)
    made_up.done(state, "articles", found_before={"rows": 7, "new": 7})
    made_up.done(state, "templates", trouble="plan", finished_at=None, vouched_at=None)
    for _ in range(3):
        made_up.voucher(connection)

    page = klaus.get(url).content.decode()

    assert "12,500 compared, 3 added, 1 removed" in page
    made_up.Pass.objects.filter(resource="vouchers").update(found_before={"rows": 4, "new": 3})
    assert "3 fetched" in klaus.get(url).content.decode()  # one of them twice, at the edges of two windows
    assert "7 fetched" in page
    assert "Not complete" in page
    assert "Not everything is here" in page
    assert "The plan does not include this" in page
    assert '<td class="num">3 <span' in page


def test_webhooks_and_what_they_told_are_counted(
    klaus: Browser, url: str, connection: Connection, settings: LazySettings
) -> None:
    settings.PUBLIC_URL = "https://lexweb.example"
    made_up.idle(connection)
    assert "not set up yet" in klaus.get(url).content.decode()
    hook = made_up.told(connection)
    kinds = len(hook.subscriptions)
    for number in range(4):
        Event.objects.create(
            connection=connection, event_type="contact.changed", resource_id=hook.subscriptions["contact.changed"],
            event_date=timezone.now() + timedelta(seconds=number), due_at=None if number else timezone.now(),
        )  # fmt: skip

    page = klaus.get(url).content.decode()

    assert f"{kinds} of 42 kinds subscribed" in page
    assert klaus.get(url).context["report"].events == 1


def test_without_a_worker_it_says_so_and_since_when(klaus: Browser, url: str, connection: Connection) -> None:
    made_up.idle(connection)
    assert "No worker is running" not in klaus.get(url).content.decode()
    Worker.objects.update(seen_at=timezone.now() - timedelta(seconds=61))

    assert "No worker is running" in klaus.get(url).content.decode()
    assert "The last one was seen at" in klaus.get(url).content.decode()


def test_sync_now_makes_it_due(
    klaus: Browser, url: str, connection: Connection, django_capture_on_commit_callbacks: Any
) -> None:
    made_up.idle(connection)

    with django_capture_on_commit_callbacks(execute=True):
        response = klaus.post(f"{url}start/")

    assert response["Location"] == url
    due_at = State.objects.get().due_at
    assert due_at is not None
    assert due_at <= timezone.now()
    assert _queued() == [(connection.pk,)]


def test_paused_it_says_who_and_goes_on_again(cast: Cast, klaus: Browser, url: str, connection: Connection) -> None:
    made_up.idle(connection)
    made_up.voucher(connection, wanted=1)

    klaus.post(f"{url}pause/")
    page = klaus.get(url).content.decode()

    assert "Klaus paused it." in page
    assert f'action="{url}resume/"' in page
    assert f'action="{url}start/"' not in page
    assert klaus.get(url, headers=FRAGMENT).status_code == STOP
    klaus.post(f"{url}resume/")
    assert State.objects.get().paused_at is None
    assert f'action="{url}pause/"' in klaus.get(url).content.decode()


def test_paused_it_does_not_look_like_work_although_something_is_due(
    klaus: Browser, url: str, connection: Connection
) -> None:
    made_up.idle(connection, due_at=timezone.now(), paused_at=timezone.now())

    assert "Waiting for a free worker" not in klaus.get(url).content.decode()


def test_a_lost_connection_is_not_synced(klaus: Browser, url: str, connection: Connection) -> None:
    before = made_up.idle(connection).due_at
    Connection.objects.update(state="reconnect")

    for action in ("start", "pause", "resume"):
        klaus.post(f"{url}{action}/")

    assert State.objects.get().due_at == before
    assert State.objects.get().paused_at is None
    assert "Sync now" not in klaus.get(url).content.decode()


def test_who_may_look_and_who_may_change(cast: Cast, sign_in: SignIn, url: str, connection: Connection) -> None:
    made_up.idle(connection)
    assert sign_in(cast.robert).get(url).status_code == 200
    assert "Sync now" not in sign_in(cast.robert).get(url).content.decode()
    for action in ("start", "pause", "resume"):
        assert sign_in(cast.robert).post(f"{url}{action}/").status_code == 403
        assert sign_in(cast.fremd).post(f"{url}{action}/").status_code == 404
        assert sign_in(cast.paula).get(f"{url}{action}/").status_code == 405
    assert sign_in(cast.fremd).get(url).status_code == 404
    assert sign_in(cast.fremd).get(f"{url}age/").status_code == 404


def test_why_there_are_no_webhooks_is_said(
    klaus: Browser, url: str, connection: Connection, settings: LazySettings
) -> None:
    made_up.idle(connection)
    settings.PUBLIC_URL = "http://lexweb.example"
    assert "no public HTTPS address" in klaus.get(url).content.decode()
    settings.PUBLIC_URL = "https://lexweb.example"
    Hook.objects.create(connection=connection, trouble="unreachable")
    assert "cannot reach the address of this dashboard" in klaus.get(url).content.decode()


def test_a_connection_that_is_over_promises_nothing(klaus: Browser, url: str, connection: Connection) -> None:
    state = made_up.idle(connection)
    made_up.done(state, "contacts")
    made_up.voucher(connection, wanted=1)
    Connection.objects.update(state="reconnect", state_since=timezone.now())

    page = klaus.get(url).content.decode()

    assert "The connection has to be renewed" in page
    assert "99 of 100 vouchers complete" in page
    assert " left" not in page.partition('id="report"')[2].partition("</dl>")[0]


def test_what_is_due_has_no_moment_in_the_past(klaus: Browser, url: str, connection: Connection) -> None:
    state = made_up.idle(connection)
    made_up.done(state, "contacts", due_at=timezone.now() - timedelta(hours=1))

    assert "as soon as possible" in klaus.get(url).content.decode()
