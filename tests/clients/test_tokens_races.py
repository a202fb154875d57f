"""Many workers, one refresh token that works once."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from lexweb.activity.kinds import Kind
from lexweb.activity.models import Entry
from lexweb.clients import ending, gateway, tokens, vault
from lexweb.clients.models import Connection, LooseGrant
from lexweb.clients.troubles import Trouble
from lexweb.lexware.errors import Unauthorized
from lexweb.sandbox.server import RunningSandbox
from tests.cast import Cast
from tests.clients import flow
from tests.clients.threads import at_once
from tests.conftest import SignIn
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def connection(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> Connection:
    """A client connected by consent whose access token is about to expire."""
    connection = flow.connected(sign_in(cast.klaus), lexware, cast.client)
    Connection.objects.update(access_expires_at=timezone.now())
    lexware.state.journal.clear()
    return connection


def current(connection: Connection) -> str:
    return tokens.StoredCredentials(connection).current()


def test_eight_threads_refresh_once_and_all_get_the_new_token(connection: Connection, lexware: RunningSandbox) -> None:
    lexware.fault("slow", path="/oauth2/token", seconds=0.3)

    handed = at_once(lambda _: current(connection), workers=8)

    [grant] = lexware.state.grants.living()
    assert handed == [grant.access_token] * 8
    assert flow.asked(lexware, "/oauth2/token") == 1
    assert Connection.objects.get().token_version == connection.token_version + 1


def test_eight_refused_calls_refresh_once(connection: Connection, lexware: RunningSandbox) -> None:
    Connection.objects.update(access_expires_at=timezone.now() + timedelta(hours=1))
    lexware.state.grants.expire(str(connection.lexware_connection_id))
    lexware.fault("slow", path="/oauth2/token", seconds=0.2)

    def call(_: int) -> str:
        with gateway.open_office(connection) as office:
            return office.profile.get().company_name

    assert at_once(call, workers=8) == [connection.company_name] * 8
    assert flow.asked(lexware, "/oauth2/token") == 1


def test_a_lost_grant_is_one_history_entry_however_many_workers_notice(
    connection: Connection, lexware: RunningSandbox
) -> None:
    lexware.state.grants.end(str(connection.lexware_connection_id))

    def call(_: int) -> None:
        with gateway.open_office(connection) as office:
            office.profile.get()

    problems = at_once(call, workers=6)

    assert {getattr(problem, "code", problem) for problem in problems} == {"reconnect"}
    assert all(isinstance(problem, Trouble) for problem in problems)
    assert Entry.objects.filter(kind=Kind.LOST).count() == 1
    assert flow.asked(lexware, "/oauth2/token") == 1


def test_the_lease_of_a_dead_worker_is_taken_over_when_it_has_run_out(
    connection: Connection, lexware: RunningSandbox
) -> None:
    end = timezone.now() + timedelta(seconds=0.4)
    Connection.objects.update(refresh_owner="dead", refresh_until=end)

    token = current(connection)

    assert end < timezone.now() < end + tokens.LEASE / 2
    assert token == lexware.state.grants.living()[0].access_token


def test_a_lease_that_never_ends_is_a_trouble_that_passes(
    connection: Connection, lexware: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    Connection.objects.update(refresh_owner="alive", refresh_until=timezone.now() + timedelta(minutes=1))
    monkeypatch.setattr(tokens, "LEASE", timedelta(seconds=0.3))

    with pytest.raises(Trouble, match="unavailable"), gateway.open_office(connection) as office:
        office.profile.get()

    assert Connection.objects.get().is_connected
    assert flow.asked(lexware, "/oauth2/token") == 0


def test_disconnecting_during_a_refresh_leaves_nothing_alive_over_there(
    connection: Connection, cast: Cast, lexware: RunningSandbox
) -> None:
    lexware.fault("503", path="/oauth2/revoke")  # else the refresh would come too late to bring a new pair

    refused = _meanwhile(lexware, connection, lambda: ending.disconnect(cast.client, by=cast.klaus))

    assert isinstance(refused, Unauthorized)
    assert Connection.objects.get().access_token == ""
    assert len(flow.living(lexware)) == 1
    LooseGrant.objects.update(revoke_at=timezone.now())
    assert ending.revoke_due() == 2  # the pair that was stored, and the one that came late
    assert flow.living(lexware) == set()


def test_connecting_again_during_a_refresh_keeps_the_new_grant_alone(
    connection: Connection, cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)

    token = _meanwhile(lexware, connection, lambda: flow.connected(browser, lexware, cast.client))

    ending.revoke_due()
    now = Connection.objects.get()
    assert token == vault.unseal(now.access_token)
    assert flow.living(lexware) == {str(now.lexware_connection_id)}


def _meanwhile(lexware: RunningSandbox, connection: Connection, act: Callable[[], object]) -> object:
    """Act while a refresh is under way; return what the refresh brought."""

    acted, wait, held = threading.Event(), lexware.state.wait, 60.0

    def work(number: int) -> object:
        if number == 0:
            return current(connection)
        try:
            until(lambda: "slow" in [request["fault"] for request in lexware.requests()])
            return act()
        finally:
            acted.set()

    lexware.fault("slow", path="/oauth2/token", seconds=held)
    with pytest.MonkeyPatch.context() as patch:  # its answer comes when we have acted, however long that takes
        patch.setattr(lexware.state, "wait", lambda seconds: acted.wait(seconds) if seconds == held else wait(seconds))
        refreshed, acting = at_once(work, workers=2)
    assert not isinstance(acting, Exception)
    return refreshed
