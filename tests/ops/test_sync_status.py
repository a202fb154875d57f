"""manage.py sync_status: one line for each client, the totals, and an exit code for scripts."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync.models import Pass, State, Worker
from tests import cast as casting
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection(cast: Cast, lexware: RunningSandbox) -> Connection:
    """Two clients of two firms, both with a number 10010; a worker is at work on the first."""
    casting.connect(cast.foreign, lexware, by=cast.fremd, index=1)
    connection = casting.connect(cast.client, lexware, by=cast.klaus)
    now = timezone.now()
    State.objects.update(due_at=now + timedelta(minutes=5))
    State.objects.filter(connection=connection).update(lease_owner="x", lease_until=now + timedelta(minutes=1))
    passed(connection, "contacts", ago=timedelta(hours=3))
    passed(connection, "changes", ago=timedelta(seconds=50))
    Worker.objects.create(name="host:7:start", seats=1)
    return connection


def passed(connection: Connection, resource: str, *, ago: timedelta) -> None:
    vouched = timezone.now() - ago
    Pass.objects.update_or_create(state=connection.sync, resource=resource, defaults={"vouched_at": vouched})


def status(*arguments: str) -> str:
    out = StringIO()
    call_command("sync_status", *arguments, stdout=out)
    return out.getvalue()


def document(*arguments: str) -> dict[str, object]:
    return json.loads(status("--json", *arguments))


def test_each_client_has_a_line_and_no_name(connection: Connection, cast: Cast) -> None:
    text = status()

    line = next(line for line in text.splitlines() if "Sommer" in line)
    assert line.split()[4:6] == ["10010", "connected"]
    assert "contacts 3 h" in line
    assert "working" in line
    assert "2 connections: 2 connected" in text
    assert "1 workers alive: host:7:start (1 seats)" in text
    assert not any(name in text for name in (cast.client.name, cast.foreign.name, connection.company_name))


def test_json_says_the_same_for_scripts(connection: Connection) -> None:
    found = document("--firm", "sommer")

    [client] = found["clients"]
    assert (client["client"], client["state"], client["error"]) == ("10010", "connected", None)
    assert client["passes"]["contacts"]["lag"] == pytest.approx(3 * 3600, abs=5)
    assert client["leased_until"] > timezone.now().isoformat()[:10]
    assert (client["late"], client["events"], client["outbox"]) == ([], 0, 0)
    assert found["complaints"] == []
    assert found["workers"] == [{"name": "host:7:start", "seats": 1}]


def test_firm_and_number_choose(connection: Connection) -> None:
    assert len(document("--client", "10010")["clients"]) == 2
    assert [each["firm"] for each in document("--client", "10010", "--firm", "nord")["clients"]] == ["Beratung Nord"]
    assert document("--client", "1001")["clients"] == []


def test_check_passes_while_all_is_well(connection: Connection) -> None:
    status("--check")


def test_check_fails_without_a_worker(connection: Connection) -> None:
    Worker.objects.update(seen_at=timezone.now() - timedelta(minutes=2))

    with pytest.raises(SystemExit) as ended:
        status("--check")

    assert ended.value.code == 1
    assert document()["complaints"] == ["no worker is alive"]
    assert "! no worker is alive" in status()  # without --check it only tells


def test_check_fails_when_a_resource_is_late(connection: Connection) -> None:
    passed(connection, "changes", ago=timedelta(hours=5))

    assert document()["clients"][1]["late"] == ["changes"]
    with pytest.raises(SystemExit):
        status("--check")

    State.objects.update(paused_at=timezone.now())
    status("--check")  # people want it to be old


def test_check_fails_when_nobody_takes_the_work(connection: Connection) -> None:
    State.objects.filter(connection=connection).update(due_at=timezone.now() - timedelta(minutes=6), lease_until=None)

    with pytest.raises(SystemExit):
        status("--check")
