"""The sandbox as a process of its own, and its memory."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from lexweb.sandbox import options, server, storage
from tests.contract import schema
from tests.sandbox import partner
from tests.sandbox.partner import client
from tests.waiting import until

ROOT = Path(__file__).parents[2]


@contextmanager
def process(*arguments: str, **environ: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running sandbox and its address."""
    command = [sys.executable, "-m", "lexweb.sandbox", "--port", "0", *arguments]
    running = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert running.stdout
        line = running.stdout.readline()
        assert line, running.stderr.read() if running.stderr else ""
        yield running, line.split()[-1]
    finally:
        running.kill()
        running.communicate(timeout=60)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_ends_cleanly_and_remembers(tmp_path: Path, ending: signal.Signals) -> None:
    file = tmp_path / "state.json"
    with process("--state", str(file)) as (running, url):
        organization = httpx.get(f"{url}/_sandbox/organizations", timeout=60).json()[0]
        headers = {"Authorization": f"Bearer {organization['apiKey']}"}
        body = schema.sample("contacts.create.company.request")
        contact_id = httpx.post(f"{url}/v1/contacts", json=body, headers=headers, timeout=60).json()["id"]
        with httpx.Client() as kept_open:
            kept_open.get(f"{url}/_sandbox/health")
            running.send_signal(ending)
            output, errors = running.communicate(timeout=60)
    assert (running.returncode, output, errors) == (0, "", "")

    with process(SANDBOX_STATE=str(file)) as (_, url):
        contact = httpx.get(f"{url}/v1/contacts/{contact_id}", headers=headers, timeout=60).json()
    assert contact["company"] == body["company"]


def test_held_requests_do_not_keep_it_alive() -> None:
    with process() as (running, url), httpx.Client(base_url=url, timeout=60) as http:
        key = http.get("/_sandbox/organizations").json()[0]["apiKey"]
        http.post("/_sandbox/faults", json={"kind": "timeout", "seconds": 600})
        with socket.create_connection(("127.0.0.1", http.base_url.port or 0)) as held:
            held.sendall(f"GET /v1/ping HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n\r\n".encode())
            until(lambda: [each["fault"] for each in http.get("/_sandbox/requests").json()] == ["timeout"])
            running.terminate()
            assert running.wait(timeout=60) == 0


def test_taken_port_and_foreign_file_end_in_one_line(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.json"
    foreign.write_text("kein json")
    for arguments in (["--port", "1"] if os.getuid() else ["--host", "256.1.1.1"], ["--state", str(foreign)]):
        command = [sys.executable, "-m", "lexweb.sandbox", "--port", "0", *arguments]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
        assert ended.returncode == 1
        assert ended.stderr.startswith("lexweb.sandbox: ")
        assert ended.stderr.count("\n") == 1


def test_restart_keeps_contacts_connections_and_disabled_keys(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    fast: dict[str, Any] = {"state": file, "rate": 1000, "burst": 1000}
    with server.serve_in_thread(**fast) as first:
        brandt, second = first.organizations()[:2]
        tokens = partner.connect(first, brandt)
        code = partner.code(first, second)
        with client(first, brandt["apiKey"]) as api:
            contact = api.get("/v1/contacts").json()["content"][5]
            api.put(f"/v1/contacts/{contact['id']}", json=contact | {"note": "vor dem Neustart"})
            created = api.post("/v1/contacts", json=schema.sample("contacts.create.person.request")).json()["id"]
            number = api.get(f"/v1/contacts/{created}").json()["roles"]["customer"]["number"]
        first.fault("revoked")
        with client(first, second["apiKey"]) as api:
            api.get("/v1/profile")

    with server.serve_in_thread(**fast) as again:
        assert partner.profile(again, tokens["access_token"]).status_code == 200
        assert partner.refresh(again, tokens["refresh_token"]).status_code == 200
        assert partner.exchange(again, code).status_code == 200
        with client(again, second["apiKey"]) as api:
            assert api.get("/v1/profile").status_code == 401
        with client(again, brandt["apiKey"]) as api:
            assert api.get(f"/v1/contacts/{contact['id']}").json()["note"] == "vor dem Neustart"
            later = api.post("/v1/contacts", json=schema.sample("contacts.create.person.request")).json()["id"]
            assert api.get(f"/v1/contacts/{later}").json()["roles"]["customer"]["number"] == number + 1


def test_changes_are_written_while_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "DELAY", 0.01)
    file = tmp_path / "state.json"
    with server.serve_in_thread(state=file) as running:
        partner.connect(running, running.organizations()[0])
        until(lambda: file.exists() and json.loads(file.read_text())["grants"]["connections"])
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


def test_options_come_from_arguments_then_environment_then_defaults() -> None:
    environ = {
        "SANDBOX_PORT": "8100",
        "SANDBOX_HOST": "192.0.2.1",
        "SANDBOX_REDIRECT_URIS": "http://a/, http://b/",
    }
    read = options.read(["--port", "8200", "--client-secret", "geheim"], environ)
    assert (read.port, read.host, read.client_secret) == (8200, "192.0.2.1", "geheim")
    assert read.redirect_uris == ("http://a/", "http://b/")
    assert options.read(["--redirect-uri", "http://c/"], environ).redirect_uris == ("http://c/",)
    assert options.read([], {}) == options.Options()
    with pytest.raises(SystemExit):
        options.read(["--rate", "0"], {})
