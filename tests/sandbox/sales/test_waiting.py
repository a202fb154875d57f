"""Nobody waits while somebody else's document is printed."""

import threading
from typing import Any

import pytest

from lexweb.sandbox import server
from lexweb.sandbox.paper import sales_pdf
from tests.sandbox.sales.desk import Desk


@pytest.fixture
def printing(running: server.RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each document that is printed: whether somebody else could work meanwhile."""
    free: list[bool] = []
    render, lock = sales_pdf.render, running.state.lock

    def work() -> None:
        free.append(lock.acquire(timeout=20))
        if free[-1]:
            lock.release()

    def spied(*arguments: Any, **options: Any) -> bytes:
        other = threading.Thread(target=work, daemon=True)
        other.start()
        other.join(60)
        return render(*arguments, **options)

    monkeypatch.setattr(sales_pdf, "render", spied)
    return free


def test_others_can_work_meanwhile(desk: Desk, printing: list[bool]) -> None:
    invoice = desk.issue("delivery-notes")
    for path in (f"/v1/delivery-notes/{invoice['id']}/file", f"/v1/files/{invoice['files']['documentFileId']}"):
        assert desk.api.get(path, headers={"Accept": "*/*"}).content.startswith(b"%PDF-")
    assert printing == [True, True]
