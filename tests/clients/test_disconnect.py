"""Ending a connection: over there and here, and when Lexware Office cannot be told."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.utils import timezone

from lexweb.activity.kinds import Kind
from lexweb.activity.models import Entry
from lexweb.clients import ending
from lexweb.clients.models import Connection, LooseGrant
from lexweb.contacts.models import Contact
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
SMALL = 7


def test_disconnect_asks_first(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    connection = flow.connected(browser, lexware, cast.client)

    whole = browser.get(f"{cast.client.url}disconnect/").content.decode()
    dialog = browser.get(f"{cast.client.url}disconnect/", headers={"HX-Request": "true"}).content.decode()

    assert "The data stays readable as it is now" in whole
    assert "<html" in whole
    assert "The data stays readable as it is now" in dialog
    assert "<html" not in dialog
    assert flow.living(lexware) == {str(connection.lexware_connection_id)}


def test_disconnect_revokes_there_and_deletes_the_secrets_here(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    flow.connected(browser, lexware, cast.client)

    answer = browser.post(f"{cast.client.url}disconnect/")

    now = Connection.objects.get()
    assert flow.living(lexware) == set()
    assert (now.state, now.access_token, now.refresh_token, now.lexware_connection_id) == ("disconnected", "", "", None)
    assert not LooseGrant.objects.exists()
    assert Entry.objects.order_by("-pk")[0].kind == Kind.DISCONNECTED
    assert "Disconnected. The data stays readable as it was." in flow.said(browser, answer)


def test_the_mirror_stays_readable_but_nothing_can_be_changed(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    casting.synced(cast.client, lexware, by=cast.klaus, index=SMALL)
    contact = Contact.objects.select_related("connection__client")[0]

    browser.post(f"{cast.client.url}disconnect/")

    assert Contact.objects.count() == 30
    assert browser.get(contact.url).status_code == 200
    assert "Disconnected" in browser.get(cast.client.url).content.decode()
    assert browser.post(f"{cast.client.url}sync/start/").status_code == 302
    assert flow.asked(lexware, f"/v1/contacts/{contact.lexware_id}") == 0


def test_an_api_key_is_forgotten_and_nobody_is_told(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    casting.connect(cast.client, lexware, by=cast.klaus)

    browser.post(f"{cast.client.url}disconnect/")

    assert Connection.objects.get().access_token == ""
    assert flow.asked(lexware, "/oauth2/revoke") == 0


@pytest.mark.parametrize("kind", ["503", "504", "504_after", "timeout", "429"])
def test_secrets_go_at_once_and_the_worker_revokes_later_when_lexware_does_not_answer(
    kind: str, cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    flow.connected(browser, lexware, cast.client)
    lexware.fault(kind, path="/oauth2/revoke", seconds=0.01, count=4 if kind == "429" else 1)

    answer = browser.post(f"{cast.client.url}disconnect/")
    at_once = ending.revoke_due()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        later = ending.revoke_due()

    assert "this is repeated by itself" in flow.said(browser, answer)
    assert (Connection.objects.get().access_token, Connection.objects.get().state) == ("", "disconnected")
    assert (at_once, later) == (0, 1)
    assert flow.living(lexware) == set()
    assert not LooseGrant.objects.exists()


def test_disconnecting_while_lexware_is_unreachable_still_ends_it_here(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn, settings: LazySettings
) -> None:
    browser = sign_in(cast.klaus)
    flow.connected(browser, lexware, cast.client)
    settings.LEXWARE_APP_URL = "http://127.0.0.1:9"  # nobody listens there

    answer = browser.post(f"{cast.client.url}disconnect/")

    assert answer["Location"] == cast.client.url
    assert Connection.objects.get().state == "disconnected"
    assert LooseGrant.objects.get().attempts == 1


def test_the_worker_gives_up_when_the_token_is_dead_anyway(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    flow.connected(browser, lexware, cast.client)
    lexware.fault("503", path="/oauth2/revoke", count=None)
    browser.post(f"{cast.client.url}disconnect/")
    LooseGrant.objects.update(attempts=ending.GIVE_UP_AFTER - 1, revoke_at=timezone.now())

    ending.revoke_due()

    assert not LooseGrant.objects.exists()


def test_disconnecting_twice_is_one_end(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    flow.connected(browser, lexware, cast.client)
    browser.post(f"{cast.client.url}disconnect/")

    answer = browser.post(f"{cast.client.url}disconnect/")

    assert answer.status_code == 302
    assert Entry.objects.filter(kind=Kind.DISCONNECTED).count() == 1
    assert flow.asked(lexware, "/oauth2/revoke") == 1


def test_a_client_without_connection_leads_to_connecting(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.klaus).post(f"{cast.client.url}disconnect/")

    assert answer["Location"] == f"{cast.client.url}connect/"
