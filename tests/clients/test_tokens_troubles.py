"""A refresh goes wrong: what costs one call only, and what needs a person."""

import pytest
from django.conf import LazySettings

from lexweb.clients.models import Connection
from lexweb.clients.troubles import Trouble
from lexweb.sandbox.server import RunningSandbox
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> Connection:
    """A client connected by consent; the journal begins afterwards."""
    connection = flow.connected(sign_in(cast.klaus), lexware, cast.client)
    lexware.state.journal.clear()
    return connection


@pytest.mark.parametrize("kind", ["504", "500", "timeout"])
def test_a_refresh_that_was_not_carried_out_costs_one_call_and_nothing_else(
    kind: str, connection: Connection, lexware: RunningSandbox
) -> None:
    flow.expire_in(connection, seconds=0)
    lexware.fault(kind, path="/oauth2/token", seconds=0.01)

    with pytest.raises(Trouble, match="unavailable"):
        flow.read(connection)

    assert Connection.objects.get().is_connected
    assert flow.read(connection)  # at once: nobody holds the lease any more


@pytest.mark.parametrize("kind", ["504_after", "timeout_after", "garbage", "reset"])
def test_a_refresh_whose_answer_got_lost_needs_a_person(
    kind: str, connection: Connection, lexware: RunningSandbox
) -> None:
    flow.expire_in(connection, seconds=0)
    lexware.fault(kind, path="/oauth2/token", seconds=0.01)

    with pytest.raises(Trouble, match="unavailable"):
        flow.read(connection)
    with pytest.raises(Trouble, match="reconnect"):
        flow.read(connection)  # the old refresh token is burnt, the new one is lost

    assert Connection.objects.get().state_reason == "refused"


def test_an_unreachable_authorization_server_does_not_lose_the_connection(
    connection: Connection, lexware: RunningSandbox, settings: LazySettings
) -> None:
    flow.expire_in(connection, seconds=0)
    settings.LEXWARE_APP_URL = "http://127.0.0.1:9"

    with pytest.raises(Trouble, match="unreachable"):
        flow.read(connection)

    assert Connection.objects.get().is_connected
    settings.LEXWARE_APP_URL = lexware.url
    assert flow.read(connection)


def test_our_own_client_secret_being_wrong_does_not_lose_the_connection(
    connection: Connection, lexware: RunningSandbox, settings: LazySettings
) -> None:
    flow.expire_in(connection, seconds=0)
    settings.LEXWARE_CLIENT_SECRET = "wrong"

    with pytest.raises(Trouble, match="unexpected"):
        flow.read(connection)

    assert Connection.objects.get().is_connected
