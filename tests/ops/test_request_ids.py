"""One id leads from a person's click through the logs of web, worker and every request to Lexware Office."""

import io
import json
import logging
from collections.abc import Iterator
from uuid import uuid4

import pytest
import structlog
from django.utils import timezone

from lexweb.clients import gateway
from lexweb.clients.models import Connection
from lexweb.contacts.models import Contact
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync import events, lease
from lexweb.sync.models import Event, State
from lexweb.ui import logs
from tests import cast as casting
from tests.cast import Cast
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_bound() -> None:
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that production would write."""
    shape = logs.config(level="INFO", as_json=True)["formatters"]["events"]
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=shape["processors"], foreign_pre_chain=shape["foreign_pre_chain"]
        )
    )
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler.stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def connection(cast: Cast, lexware: RunningSandbox) -> Connection:
    """A client whose contacts are here."""
    return casting.synced(cast.client, lexware, by=cast.klaus, only=("contacts",))


def lines(log: io.StringIO, event: str) -> list[dict[str, object]]:
    found = [json.loads(line) for line in log.getvalue().splitlines()]
    return [line for line in found if line["event"] == event]


def test_a_save_and_its_calls_share_the_id_of_the_answer(
    connection: Connection, cast: Cast, sign_in: SignIn, log: io.StringIO
) -> None:
    browser = sign_in(cast.klaus)
    contact = Contact.objects.filter(connection=connection, is_company=True).order_by("pk")[0]
    form = browser.get(f"{contact.url}edit/").context["form"]
    typed = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "", False)}
    log.seek(0)
    log.truncate()

    answer = browser.post(f"{contact.url}edit/", typed | {"note": "Zwirn"})

    assert answer.status_code == 302
    [done] = lines(log, "request.done")
    calls = lines(log, "lexware.exchange")
    assert {line["request"] for line in [done, *calls]} == {answer["X-Request-Id"]}
    [write] = [line for line in calls if line["method"] == "PUT"]
    assert write["connection"] == connection.pk
    assert write["path"] == "/v1/contacts/{id}"
    assert write["status"] == 200
    assert isinstance(write["ms"], int)


def test_two_requests_have_two_ids(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)

    assert browser.get("/")["X-Request-Id"] != browser.get("/")["X-Request-Id"]


def test_a_call_that_fails_carries_the_id_as_well(
    connection: Connection, lexware: RunningSandbox, log: io.StringIO
) -> None:
    with (
        logs.bound_request("0123456789ab"),
        pytest.raises(gateway.NotFound),
        gateway.open_office(connection, passing=(gateway.NotFound,)) as office,
    ):
        office.contacts.get(uuid4())
    [call] = lines(log, "lexware.exchange")
    assert (call["request"], call["status"]) == ("0123456789ab", 404)


def test_the_worker_deals_with_an_event_under_the_id_it_came_with(
    connection: Connection, log: io.StringIO, lexware: RunningSandbox
) -> None:
    contact = Contact.objects.filter(connection=connection)[0]
    Event.objects.create(
        connection=connection, event_type="contact.changed", resource_id=contact.lexware_id,
        event_date=timezone.now(), request="abcdef012345",
    )  # fmt: skip
    State.objects.update(due_at=timezone.now(), lease_owner="", lease_until=None)
    state = lease.take(connection.pk)
    assert state is not None
    step = events.next_step(state)
    assert step is not None
    with gateway.open_office(connection, background=True) as office:
        step(office, lambda: lease.storing(state))

    calls = lines(log, "lexware.exchange")
    assert calls
    assert {line.get("request") for line in calls} == {"abcdef012345"}
    assert logs.current_request() == ""  # the next step of this thread is about something else


def test_what_was_asked_for_outside_of_any_request_has_no_id() -> None:
    with logs.bound_request(""):
        assert logs.current_request() == ""
    with logs.bound_request("aaa"):
        assert logs.current_request() == "aaa"
        with logs.bound_request("bbb"):
            assert logs.current_request() == "bbb"
        assert logs.current_request() == "aaa"
