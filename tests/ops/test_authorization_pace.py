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
from tests.waiting import until

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
    next_at = Pace.objects.get(account=ACCOUNT).next_at
    return next_at - time.time()


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
    ahead: list[float] = []

    def work(number: int) -> None:
        if number < 4:
            for _ in range(3):
                Turns(background=True).wait()
            return
        until(Pace.objects.exists)
        for _ in range(4):
            ahead.append(held_back())  # what a person would wait who came now
            Turns().wait()

    assert at_once(work, workers=5) == [None] * 5
    assert len(ahead) == 4
    assert max(ahead) < 0.3 + 0.02  # one turn, not four


def test_each_refusal_in_a_row_doubles_the_wait_of_everybody(
    connection: Connection, lexware: RunningSandbox, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.AUTHORIZATION_SPACING = spacing = 5.0  # so long that a machine which stands still makes no difference
    monkeypatch.setattr(retry, "backoff", lambda attempt: 30.0)  # no repeats: each call is refused once
    monkeypatch.setattr(retry, "penalty", lambda error, attempt: 0.0)
    lexware.fault("429", path="/oauth2/*", count=4)
    holds = []
    for _ in range(4):
        Pace.objects.filter(account=ACCOUNT).update(next_at=0)
        with pytest.raises(errors.RateLimited), authorization.server() as server:
            server.revoke("nothing")
        holds.append(held_back())

    assert holds == pytest.approx([4 * spacing, 8 * spacing, 16 * spacing, 32 * spacing], abs=spacing)
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

    assert held_back() == pytest.approx(authorization.LONGEST, abs=30)


def test_what_lexware_asks_for_counts_if_it_is_more(settings: LazySettings) -> None:
    settings.AUTHORIZATION_SPACING = SPACING

    Turns().penalize(90.0)

    assert held_back() == pytest.approx(90, abs=30)
