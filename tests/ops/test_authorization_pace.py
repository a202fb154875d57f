"""The authorization server has a limit of its own, shared by everybody; a refusal slows everybody down."""

import time

import pytest
from django.conf import LazySettings

from lexweb.clients import authorization
from lexweb.clients.authorization import ACCOUNT, Turns
from lexweb.clients.models import Connection, Pace, Tally
from lexweb.clients.troubles import Trouble
from lexweb.lexware import errors, retry
from lexweb.sandbox.server import RunningSandbox
from tests.cast import Cast
from tests.clients import flow
from tests.clients.threads import at_once
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db(transaction=True)
SPACING = 0.2


@pytest.fixture
def connection(cast: Cast, lexware: RunningSandbox, sign_in: SignIn, settings: LazySettings) -> Connection:
    """Connected by consent; the pace counts from now on."""
    connection = flow.connected(sign_in(cast.klaus), lexware, cast.client)
    settings.AUTHORIZATION_SPACING = SPACING
    Pace.objects.filter(account=ACCOUNT).delete()
    lexware.state.journal.clear()
    return connection


def held_back() -> float:
    """Seconds until anybody may ask again."""
    return Pace.objects.get(account=ACCOUNT).next_at - time.time()


def test_all_calls_share_one_pace(lexware: RunningSandbox, settings: LazySettings) -> None:
    settings.AUTHORIZATION_SPACING = SPACING

    def revoke(number: int) -> None:
        with authorization.server(background=number % 2 == 0) as server:
            server.revoke(f"token-{number}")

    started = time.monotonic()
    assert at_once(revoke, workers=5) == [None] * 5
    assert time.monotonic() - started > 4 * SPACING  # however late the first one was
    assert Pace.objects.count() == 1


def test_people_go_before_workers(settings: LazySettings) -> None:
    settings.AUTHORIZATION_SPACING = 0.3
    waited: list[float] = []

    def work(number: int) -> None:
        if number < 4:
            for _ in range(3):
                Turns(background=True).wait()
            return
        time.sleep(0.4)
        for _ in range(3):
            started = time.monotonic()
            Turns().wait()
            waited.append(time.monotonic() - started)
            time.sleep(0.3)

    assert at_once(work, workers=5) == [None] * 5
    assert max(waited) < 0.3 + 0.35  # one turn, and what a busy machine adds


def test_each_refusal_in_a_row_doubles_the_wait_of_everybody(
    connection: Connection, lexware: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "backoff", lambda attempt: 30.0)  # no repeats: each call is refused once
    monkeypatch.setattr(retry, "penalty", lambda error, attempt: 0.0)
    lexware.fault("429", path="/oauth2/*", count=4)
    holds = []
    for _ in range(4):
        Pace.objects.filter(account=ACCOUNT).update(next_at=0)
        with pytest.raises(errors.RateLimited), authorization.server() as server:
            server.revoke("nothing")
        holds.append(held_back())

    assert holds == pytest.approx([4 * SPACING, 8 * SPACING, 16 * SPACING, 32 * SPACING], abs=0.15)
    flow.expire_in(connection, seconds=0)
    with pytest.raises(Trouble, match="rate_limited"):  # nobody asks meanwhile, and nothing is lost
        flow.read(connection)
    assert flow.asked(lexware, "/oauth2/token") == 0
    assert Connection.objects.get().is_connected


def test_a_success_ends_the_row(connection: Connection, lexware: RunningSandbox) -> None:
    lexware.fault("429", path="/oauth2/token", count=2)
    flow.expire_in(connection, seconds=0)

    assert flow.read(connection)  # refused twice, repeated after the wait, got its pair

    assert flow.asked(lexware, "/oauth2/token") == 3
    assert Tally.objects.get(name=authorization.IN_A_ROW).count == 0


def test_the_wait_has_an_end(settings: LazySettings) -> None:
    settings.AUTHORIZATION_SPACING = SPACING
    Tally.objects.create(name=authorization.IN_A_ROW, count=5000)

    Turns().penalize(1.0)

    assert held_back() == pytest.approx(authorization.LONGEST, abs=1)


def test_what_lexware_asks_for_counts_if_it_is_more(settings: LazySettings) -> None:
    settings.AUTHORIZATION_SPACING = SPACING

    Turns().penalize(90.0)

    assert held_back() == pytest.approx(90, abs=1)
