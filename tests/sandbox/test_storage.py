"""What the sandbox keeps in its file, and files of earlier versions."""

import errno
import json
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lexweb.sandbox import server, storage
from lexweb.sandbox.options import Options
from lexweb.sandbox.state import State
from tests.sandbox import partner
from tests.waiting import until

FAST: dict[str, Any] = {"rate": 1000, "burst": 1000}


def of_the_first_version(dumped: dict[str, Any]) -> dict[str, Any]:
    """As files were when the sandbox knew contacts and grants only."""
    organizations = {
        organization_id: {name: kept[name] for name in ("keyEnabled", "contacts")}
        for organization_id, kept in dumped["organizations"].items()
    }
    return {"organizations": organizations, "grants": dumped["grants"]}


def test_a_file_of_the_first_version_is_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    with server.serve_in_thread(state=file, **FAST) as first:
        brandt, other = first.organizations()[:2]
        tokens = partner.connect(first, brandt)
        with partner.client(first, brandt["apiKey"]) as api:
            contact = api.get("/v1/contacts").json()["content"][5]
            api.put(f"/v1/contacts/{contact['id']}", json=contact | {"note": "vor dem Umstieg"})
        first.state.disable_key(first.state.organizations[other["organizationId"]])
    file.write_text(json.dumps(of_the_first_version(json.loads(file.read_text()))))

    with server.serve_in_thread(state=file, **FAST) as again:
        assert partner.profile(again, tokens["access_token"]).status_code == 200
        assert again.state.today == again.state.clock.today()
        with partner.client(again, other["apiKey"]) as api:
            assert api.get("/v1/profile").status_code == 401
        with partner.client(again, brandt["apiKey"]) as api:
            assert api.get(f"/v1/contacts/{contact['id']}").json()["note"] == "vor dem Umstieg"
            assert api.get("/v1/articles").json()["content"]
    with server.serve_in_thread(state=file, **FAST) as later:  # by now it is a file of this version
        assert partner.profile(later, tokens["access_token"]).status_code == 200


def test_a_moved_clock_goes_on_from_there(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    with server.serve_in_thread(state=file) as first:
        first.state.clock.advance(86_400)
        before = first.state.clock.now()
    with server.serve_in_thread(state=file) as again:
        assert before <= again.state.clock.now() < before + 60


def test_the_days_of_the_demo_data_stay(tmp_path: Path) -> None:
    state = State(Options(today=date(2025, 3, 31)))
    file = tmp_path / "state.json"
    file.write_text(json.dumps(state.dumped()))
    with server.serve_in_thread(state=file) as again:
        assert again.state.today == date(2025, 3, 31)


def test_a_disk_that_was_full_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "DELAY", 0.01)
    file, full, noticed = tmp_path / "state.json", threading.Event(), threading.Event()
    save = storage.Storage._save

    def failing(self: storage.Storage) -> None:
        if full.is_set():
            noticed.set()
            raise OSError(errno.ENOSPC, "No space left on device")
        save(self)

    monkeypatch.setattr(storage.Storage, "_save", failing)
    with server.serve_in_thread(state=file) as running:
        full.set()
        partner.connect(running, running.organizations()[0])
        assert noticed.wait(60)
        full.clear()
        until(lambda: json.loads(file.read_text())["grants"]["connections"])
