"""What is taken, and how everything else is answered: the signature comes before anything else."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.sync import receiving
from lexweb.sync.models import Event, Hook, State
from tests.cast import Cast
from tests.sync.webhooks.conftest import Messenger

pytestmark = pytest.mark.django_db


def test_a_signed_event_is_kept_and_wakes_the_sync(messenger: Messenger) -> None:
    State.objects.update(due_at=None, wakes=0)
    event = messenger.event("invoice.status.changed")

    assert messenger.bring(event) == 204

    [kept] = Event.objects.all()
    assert (kept.event_type, kept.resource_id) == ("invoice.status.changed", UUID(event["resourceId"]))
    assert kept.connection == messenger.hook.connection
    assert Event.objects.filter(due_at__lte=timezone.now()).exists()
    assert len(kept.request) == 12
    assert State.objects.get(due_at__lte=timezone.now()).wakes == 1
    messenger.hook.refresh_from_db()
    assert messenger.hook.last_event_at is not None


@pytest.mark.parametrize("signature", ["", "kein base64!", "AAAA", "ä"])
def test_without_a_good_signature_nothing_is_looked_at(signature: str, messenger: Messenger) -> None:
    messenger.bring(b"{}")  # the key is here from now on
    with CaptureQueriesContext(database) as queries:
        assert messenger.bring(messenger.event(), signature=signature, address="/webhooks/nobody/") in {401}
    assert not Event.objects.exists()
    assert not [query for query in queries if "sync_" in query["sql"]]


def test_altered_on_the_way(messenger: Messenger) -> None:
    body = json.dumps(messenger.event(), separators=(",", ":")).encode()
    signature = messenger.sandbox.state.webhooks.signer.signature(body)

    assert messenger.bring(body.replace(b"contact", b"article"), signature=signature) == 401
    assert messenger.bring(json.dumps(json.loads(body)).encode(), signature=signature) == 401
    assert not Event.objects.exists()
    assert messenger.bring(body, signature=signature) == 204


def test_a_replay_is_answered_alike_and_changes_nothing(messenger: Messenger) -> None:
    event = messenger.event()
    messenger.bring(event)
    Event.objects.update(due_at=None)
    State.objects.update(wakes=0)

    assert messenger.bring(event) == 204

    assert list(Event.objects.values_list("due_at", flat=True)) == [None]
    assert State.objects.get().wakes == 0


@pytest.mark.parametrize("other", [{"eventType": "contact.deleted"}, {"resourceId": str(uuid4())}])
def test_what_differs_is_no_replay(other: dict[str, str], messenger: Messenger) -> None:
    event = messenger.event()
    assert [messenger.bring(event), messenger.bring(event | other)] == [204, 204]
    later = messenger.event(at=timezone.now() + timedelta(milliseconds=2), resourceId=event["resourceId"])
    messenger.bring(later)
    assert Event.objects.count() == 3


def test_events_of_another_organization_are_dropped(messenger: Messenger, caplog: pytest.LogCaptureFixture) -> None:
    assert messenger.bring(messenger.event(organizationId=str(uuid4()))) == 204
    assert not Event.objects.exists()
    assert "webhook.foreign" in caplog.text


def test_what_is_older_than_any_retry_is_dropped(messenger: Messenger) -> None:
    old = timezone.now() - receiving.TOO_OLD
    assert messenger.bring(messenger.event(at=old - timedelta(minutes=1))) == 204
    assert not Event.objects.exists()
    assert messenger.bring(messenger.event(at=old + timedelta(minutes=1))) == 204
    assert Event.objects.count() == 1


def test_an_unknown_address_is_not_found(messenger: Messenger) -> None:
    assert messenger.bring(messenger.event(), address=f"/webhooks/{'A' * 43}/") == 404


def test_the_address_of_another_client_does_not_take_it(messenger: Messenger, cast: Cast) -> None:
    other = Connection.objects.create(
        client=cast.other,
        kind="api_key", state="connected", organization_id=uuid4(), company_name="",
    )  # fmt: skip
    address = f"/webhooks/{Hook.objects.create(connection=other).key}/"
    assert messenger.bring(messenger.event(), address=address) == 204
    assert not Event.objects.exists()


def test_a_disconnected_client_ends_the_subscription(messenger: Messenger) -> None:
    Connection.objects.update(state="disconnected")
    assert messenger.bring(messenger.event()) == 410
    assert not Event.objects.exists()


def test_while_the_connection_is_to_be_renewed_events_wait(messenger: Messenger) -> None:
    Connection.objects.update(state="reconnect")
    assert messenger.bring(messenger.event()) == 204
    assert Event.objects.filter(due_at__isnull=False).count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"resourceId": "x"},
        {"eventDate": "gestern"},
        {"eventType": "x" * 61},
        {"eventType": "a\0b"},
        {"eventType": None},
    ],
)
def test_signed_nonsense_is_refused(other: dict[str, Any], messenger: Messenger) -> None:
    assert messenger.bring(messenger.event() | other) == 400
    assert not Event.objects.exists()


def test_a_type_nobody_knows_is_kept(messenger: Messenger) -> None:
    assert messenger.bring(messenger.event("till.exploded")) == 204
    assert Event.objects.get().event_type == "till.exploded"


def test_too_much_is_not_even_read(messenger: Messenger) -> None:
    assert messenger.bring(b" " * 16_385) == 413
    assert messenger.bring(b" " * 16_384) == 400


def test_head_says_whether_the_address_is_ours(messenger: Messenger) -> None:
    browser = messenger.browser
    assert browser.head(messenger.address).status_code == 200
    assert browser.head(f"/webhooks/{'A' * 43}/").status_code == 404
    assert browser.get(messenger.address).status_code == 405


def test_logs_hold_neither_key_nor_body(messenger: Messenger, caplog: pytest.LogCaptureFixture) -> None:
    event = messenger.event(organizationId=str(uuid4()))
    caplog.set_level("DEBUG")
    messenger.bring(event)
    messenger.bring(b"geheim")
    messenger.bring(event, signature="AAAA")
    for secret in (messenger.hook.key, event["resourceId"], "geheim"):
        assert secret not in caplog.text
