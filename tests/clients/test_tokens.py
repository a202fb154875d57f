"""One person, one token: refreshed early, after a refusal, and what happens when a refresh goes wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lexweb.activity.kinds import Kind
from lexweb.activity.models import Entry
from lexweb.clients import tokens, vault
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


def paths(lexware: RunningSandbox) -> list[tuple[str, int]]:
    return [(request["path"], request["status"]) for request in lexware.requests()]


def test_a_fresh_token_is_used_as_it_is(connection: Connection, lexware: RunningSandbox) -> None:
    flow.read(connection)

    assert paths(lexware) == [("/v1/profile", 200)]


def test_a_token_about_to_expire_is_refreshed_before_the_call(connection: Connection, lexware: RunningSandbox) -> None:
    flow.expire_in(connection, seconds=90)

    flow.read(connection)

    now = Connection.objects.get()
    assert paths(lexware) == [("/oauth2/token", 200), ("/v1/profile", 200)]
    assert now.token_version == connection.token_version + 1
    assert now.access_expires_at > timezone.now() + timedelta(hours=3)
    assert (now.refresh_owner, now.refresh_until) == ("", None)
    [grant] = lexware.state.grants.living()
    stored = (vault.unseal(now.access_token), vault.unseal(now.refresh_token))
    assert stored == (grant.access_token, grant.refresh_token)


def test_a_refused_token_is_refreshed_once_and_the_call_repeated_once(
    connection: Connection, lexware: RunningSandbox
) -> None:
    lexware.fault("expired_token", path="/v1/*")

    flow.read(connection)

    assert paths(lexware) == [("/v1/profile", 401), ("/oauth2/token", 200), ("/v1/profile", 200)]


def test_a_token_refused_even_after_the_refresh_needs_a_person(connection: Connection, lexware: RunningSandbox) -> None:
    lexware.fault("expired_token", path="/v1/*", count=None)

    with pytest.raises(Trouble, match="reconnect"):
        flow.read(connection)

    assert [status for _, status in paths(lexware)] == [401, 200, 401]
    assert (Connection.objects.get().state, Connection.objects.get().state_reason) == ("reconnect", "refused")


def test_a_grant_ended_over_there_is_noted_once_with_date_and_reason(
    connection: Connection, lexware: RunningSandbox
) -> None:
    lexware.state.grants.end(str(connection.lexware_connection_id))
    before = timezone.now()

    for _ in range(3):
        with pytest.raises(Trouble, match="reconnect"):
            flow.read(connection)  # each worker holds a row from before

    now = Connection.objects.get()
    assert (now.state, now.state_reason) == ("reconnect", "refused")
    assert before <= now.state_since <= timezone.now()
    assert Entry.objects.filter(kind=Kind.LOST).count() == 1
    assert flow.asked(lexware, "/oauth2/token") == 1


def test_a_deleted_key_is_noted_with_its_own_reason(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    flow.key(sign_in(cast.klaus), cast.client, flow.organization(lexware)["apiKey"])
    connection = Connection.objects.get()
    lexware.fault("revoked", path="/v1/*")

    with pytest.raises(Trouble, match="reconnect"):
        flow.read(connection)

    assert Connection.objects.get().state_reason == "key_refused"


def test_tokens_do_not_show_in_representations(connection: Connection) -> None:
    credentials = tokens.StoredCredentials(connection)

    shown = repr((credentials, connection, vars(credentials)))

    assert credentials.current() not in shown
