"""The bar of a client's pages: as of when the data is, and what others changed while a page is open."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection as database
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients.models import Connection
from lexweb.contacts.models import Contact
from lexweb.sync import freshness
from tests.cast import Cast
from tests.conftest import SignIn
from tests.sync import made_up

pytestmark = pytest.mark.django_db
BAR = {"HX-Request": "true", "HX-Target": "freshness"}


@pytest.fixture
def klaus(cast: Cast, sign_in: SignIn) -> Browser:
    """Klaus at his browser."""
    return sign_in(cast.klaus)


@pytest.fixture
def connection(cast: Cast) -> Connection:
    """A connection whose first sync is over."""
    connection = made_up.connected(cast.client)
    made_up.idle(connection)
    return connection


def ask(browser: Browser, cast: Cast, about: str = "", since: datetime | None = None, **more: str) -> Any:
    """Ask as the bar does."""
    query = {"about": about, "since": since.isoformat() if since else "", **more}
    return browser.get(f"{cast.client.url}sync/age/", query, headers=BAR)


def text(response: Any) -> str:
    """Return what one reads."""
    return " ".join(re.sub("<[^>]*>", " ", response.content.decode()).split())


def test_the_age_is_that_of_the_list(cast: Cast, klaus: Browser, connection: Connection) -> None:
    now = timezone.now()
    state = connection.sync
    made_up.done(state, "contacts", vouched_at=now - timedelta(hours=3))
    made_up.done(state, "vouchers", vouched_at=now - timedelta(hours=9))

    assert freshness.age(connection, "contacts").at == now - timedelta(hours=3)
    assert freshness.age(connection, f"contact:{uuid4()}").at == now - timedelta(hours=3)
    assert freshness.age(connection, "vouchers").at == now - timedelta(hours=9)
    made_up.done(state, "changes", vouched_at=now - timedelta(minutes=5))
    assert freshness.age(connection, "vouchers").at == now - timedelta(minutes=5)
    assert freshness.age(connection, "contacts").at == now - timedelta(hours=3)  # changes does not read them
    assert freshness.age(connection, "articles").at is None
    assert freshness.age(connection, "").at == connection.synced_at


def test_changes_vouch_for_nothing_before_the_first_list(connection: Connection) -> None:
    made_up.done(connection.sync, "changes")
    made_up.under_way(connection.sync, "vouchers", pages=1, of=2)

    assert freshness.age(connection, "vouchers").at is None


def test_the_limit_depends_on_webhooks(connection: Connection) -> None:
    assert freshness.age(connection, "contacts").limit == 6 * 60 + 30
    assert freshness.age(connection, "vouchers").limit == 15 + 30
    made_up.told(connection)
    assert freshness.age(connection, "contacts").limit == 90
    assert freshness.age(connection, "vouchers").limit == 90


def test_what_others_changed_is_announced_in_the_place_for_it(
    cast: Cast, klaus: Browser, connection: Connection
) -> None:
    since = timezone.now()
    made_up.contact(connection, changed_at=since - timedelta(minutes=1))
    assert "changed" not in text(ask(klaus, cast, "contacts", since))
    for _ in range(4):
        made_up.contact(connection)

    response = ask(klaus, cast, "contacts", since)

    assert "4 contacts were changed meanwhile Show" in text(response)
    assert '<span id="news" hx-swap-oob="innerHTML">' in response.content.decode()
    assert "changed" not in text(ask(klaus, cast, "vouchers", since))
    made_up.voucher(connection)
    assert "1 voucher was changed meanwhile Show" in text(ask(klaus, cast, "vouchers", since))


def test_own_saves_are_not_announced_but_what_somebody_did_after_them(
    cast: Cast, klaus: Browser, sign_in: SignIn, connection: Connection
) -> None:
    since = timezone.now()
    contact = made_up.contact(connection)
    activity.record(
        Kind.CONTACT_CHANGED, client=cast.client, by=cast.klaus, target=contact.target, name="x"
    )  # fmt: skip

    assert "changed" not in text(ask(klaus, cast, "contacts", since))
    assert "changed" not in text(ask(klaus, cast, contact.target, since))
    assert "1 contact was changed meanwhile" in text(ask(sign_in(cast.paula), cast, "contacts", since))
    Contact.objects.update(changed_at=timezone.now())
    assert "1 contact was changed meanwhile" in text(ask(klaus, cast, "contacts", since))
    assert "This contact was just changed Reload" in text(ask(klaus, cast, contact.target, since))


def test_a_record_is_compared_with_the_state_that_is_shown(cast: Cast, klaus: Browser, connection: Connection) -> None:
    contact = made_up.contact(connection)
    voucher = made_up.voucher(connection)

    assert "changed" not in text(ask(klaus, cast, contact.target, contact.changed_at))
    before = voucher.changed_at - timedelta(microseconds=1)
    assert "This voucher was just changed Reload" in text(ask(klaus, cast, f"voucher:{voucher.lexware_id}", before))
    Contact.objects.all().delete()
    assert "Deleted in Lexware Office meanwhile" in text(ask(klaus, cast, contact.target, contact.changed_at))
    assert "Reload" not in text(ask(klaus, cast, contact.target, contact.changed_at))


def test_the_first_sync_announces_nothing(cast: Cast, klaus: Browser) -> None:
    connection = made_up.connected(cast.client)
    made_up.working(connection, listed_at=None)
    since = timezone.now()
    made_up.contact(connection)

    assert "changed" not in text(ask(klaus, cast, "contacts", since))


def test_nothing_new_changes_nothing_on_the_page(cast: Cast, klaus: Browser, connection: Connection) -> None:
    since = timezone.now()
    seen = re.search(r'name="seen" value="(\w+)"', ask(klaus, cast, "contacts", since).content.decode())
    assert seen

    assert ask(klaus, cast, "contacts", since, seen=seen[1]).status_code == 204
    made_up.contact(connection)
    assert ask(klaus, cast, "contacts", since, seen=seen[1]).status_code == 200


@pytest.mark.parametrize("about", ["nonsense", "contact:", "contact:x", "contacts:x", ":", "contacts"])
@pytest.mark.parametrize("since", ["", "yesterday", "2026-11-20T09:00:00", "2026-13-41T00:00:00+00:00"])
def test_nonsense_in_the_address_announces_nothing(
    cast: Cast, klaus: Browser, connection: Connection, about: str, since: str
) -> None:
    made_up.contact(connection)

    response = klaus.get(f"{cast.client.url}sync/age/", {"about": about, "since": since}, headers=BAR)

    assert response.status_code == 200
    assert "changed" not in text(response)


def test_of_another_client_nothing_is_told(cast: Cast, klaus: Browser, connection: Connection) -> None:
    since = timezone.now()
    other = made_up.connected(cast.other)
    made_up.idle(other)
    contact = made_up.contact(other)

    assert "changed" not in text(ask(klaus, cast, "contacts", since))
    assert "Deleted" in text(ask(klaus, cast, contact.target, since))  # as if it did not exist


def test_asked_as_a_page_it_leads_to_the_sync(cast: Cast, klaus: Browser, connection: Connection) -> None:
    assert klaus.get(f"{cast.client.url}sync/age/")["Location"] == f"{cast.client.url}sync/"


def test_every_page_of_a_client_has_the_bar_and_says_what_it_shows(
    cast: Cast, klaus: Browser, connection: Connection
) -> None:
    contact, voucher = made_up.contact(connection), made_up.voucher(connection)
    pages = {"": "", "contacts/": "contacts", "vouchers/": "vouchers", "history/": ""}
    pages |= {f"contacts/{contact.lexware_id}/": contact.target}
    pages |= {f"vouchers/{voucher.lexware_id}/": f"voucher:{voucher.lexware_id}"}
    for path, about in pages.items():
        page = klaus.get(f"{cast.client.url}{path}").content.decode()
        assert f'hx-get="{cast.client.url}sync/age/" hx-trigger="load, every 5s"' in page, path
        assert "As of" in page, path  # without a script, too
        shown = re.findall(r'name="about" value="([^"]*)"', page)
        assert shown == ([about] if about else []), path
    assert f'value="{contact.changed_at.isoformat()}"' in klaus.get(contact.url).content.decode()


def test_the_bar_asks_little(cast: Cast, klaus: Browser, connection: Connection) -> None:
    since = timezone.now()
    for _ in range(50):
        made_up.contact(connection)
    with CaptureQueriesContext(database) as queries:
        assert "50 contacts" in text(ask(klaus, cast, "contacts", since))

    assert len(queries) <= 9, [query["sql"][:150] for query in queries]
    counted = next(query["sql"] for query in queries if "COUNT" in query["sql"] and "contacts_contact" in query["sql"])
    with database.cursor() as cursor:
        plan = database.ops.explain_query_prefix() if database.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{plan} {counted}")
        assert database.vendor == "postgresql" or "contact_changed" in str(cursor.fetchall())
