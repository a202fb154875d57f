"""What load balancers and monitoring ask, from inside and without a name or an account."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connections
from django.test import Client as Browser
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.ops import health
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync.models import State, Worker
from tests import cast as casting
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ADDRESSES = ("/healthz", "/readyz", "/readyz/web", "/metrics")


@pytest.fixture(autouse=True)
def _https(settings: LazySettings) -> None:
    """As in production: one name, https only."""
    settings.ALLOWED_HOSTS = ["lexweb.example.de"]
    settings.SECURE_SSL_REDIRECT = True
    settings.METRICS_TOKEN = "a-token"


def ask(path: str, **headers: str) -> tuple[int, str]:
    answer = Browser().get(path, headers={"host": "10.0.0.7:8000", **headers})
    return answer.status_code, answer.content.decode()


def ready(path: str = "/readyz") -> tuple[int, dict[str, str]]:
    answer = Browser().get(path, headers={"host": "10.0.0.7:8000"})
    return answer.status_code, answer.json()


def at_work() -> Worker:
    return Worker.objects.create(name="host:1:now", seats=3)


def test_any_host_name_and_plain_http_will_do() -> None:
    at_work()

    assert ask("/healthz") == (200, "ok\n")
    assert ask("/readyz")[0] == 200
    assert ask("/metrics", authorization="Bearer a-token")[0] == 200
    assert ask("/")[0] == 400  # everything else looks at the host


def test_alive_needs_no_database(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise AssertionError("asked the database")

    monkeypatch.setattr(connections["default"], "cursor", away)

    assert ask("/healthz")[0] == 200


def test_ready_when_a_worker_is_alive_and_nothing_waits() -> None:
    at_work()

    assert ready() == (200, dict.fromkeys(("database", "migrations", "worker", "queue"), "ok"))


def test_a_dead_worker_is_seen_but_takes_no_page_away() -> None:
    worker = at_work()
    Worker.objects.update(seen_at=timezone.now() - timedelta(seconds=61))

    assert ready() == (503, {"database": "ok", "migrations": "ok", "worker": "none is alive", "queue": "ok"})
    assert ready("/readyz/web") == (200, {"database": "ok", "migrations": "ok"})
    worker.delete()
    assert ready()[1]["worker"] == "none is alive"


def test_a_worker_that_stopped_in_order_does_no_work_either() -> None:
    at_work()
    Worker.objects.update(stopped_at=timezone.now())

    assert ready()[0] == 503


def test_work_that_nobody_takes_is_seen(cast: Cast, lexware: RunningSandbox) -> None:
    at_work()
    connection = casting.connect(cast.client, lexware, by=cast.klaus)
    State.objects.filter(connection=connection).update(due_at=timezone.now() - timedelta(seconds=400))

    status, checks = ready()
    assert (status, checks["queue"]) == (503, "waits for 400 s")

    State.objects.update(lease_until=timezone.now() + timedelta(seconds=60))  # somebody took it
    assert ready()[0] == 200
    State.objects.update(lease_until=None)
    Connection.objects.update(state=Connection.State.DISCONNECTED)  # nobody will ever take it
    assert ready()[0] == 200


def test_a_database_that_is_away_is_told_without_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OSError("postgres://lexweb:hushhush@db")

    monkeypatch.setattr(connections["default"], "cursor", away)
    monkeypatch.setattr(connections["default"], "close", lambda: None)

    assert ready() == (503, {"database": "failed", "migrations": "unknown", "worker": "unknown", "queue": "unknown"})
    assert ask("/metrics", authorization="Bearer a-token") == (503, "")


def test_missing_migrations_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work()
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: [object(), object()])

    assert ready()[0] == 503
    assert ready()[1]["migrations"] == "2 to be applied"
    monkeypatch.undo()
    assert ready()[1]["migrations"] == "ok"


@pytest.mark.parametrize("path", ADDRESSES)
def test_nothing_is_changed_by_asking_and_no_answer_is_kept(path: str) -> None:
    assert Browser().post(path, headers={"host": "x"}).status_code == 405
    assert Browser().get(path, headers={"host": "x"})["Cache-Control"] == "no-store"


def test_probes_leave_no_line_in_the_log(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    at_work()
    with caplog.at_level("DEBUG"):
        for path in ADDRESSES:
            ask(path)

    assert "request.done" not in caplog.text


@pytest.mark.parametrize("given", ["", "a-token", "Bearer", "Bearer a-toke", "bearer a-token", "Bearer ä-token"])
def test_metrics_want_the_token(given: str) -> None:
    answer = Browser().get("/metrics", headers={"authorization": given})

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.content == b""


def test_without_a_token_there_are_no_metrics_but_in_the_demo(settings: LazySettings) -> None:
    settings.METRICS_TOKEN = ""
    settings.DEMO = False
    assert ask("/metrics")[0] == 404
    assert ask("/metrics", authorization="Bearer ")[0] == 404

    settings.DEMO = True
    assert ask("/metrics")[0] == 200
