"""Mailing and interaction status: partners only."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.contract import schema
from tests.sandbox import partner
from tests.sandbox.sales.desk import UNKNOWN, WRITABLE, Desk

MAIL = {"recipients": ["ole@tiedemann.example"], "subject": "Ihre Rechnung"}


@pytest.fixture
def connection(desk: Desk, brandt: dict[str, Any]) -> Iterator[httpx.Client]:
    with partner.client(desk.sandbox, partner.connect(desk.sandbox, brandt)["access_token"]) as found:
        yield found


def conforms(answer: httpx.Response, status: int) -> Any:
    assert answer.status_code == status, answer.text
    body = answer.json() if answer.content else None
    assert schema.violations(answer.request.method, answer.request.url.path, status, body) == []
    return body


@pytest.mark.parametrize("kind", [kind for kind in WRITABLE if kind != "dunnings"])
def test_issued_documents_can_be_mailed(desk: Desk, connection: httpx.Client, kind: str) -> None:
    issued, draft = desk.issue(kind)["id"], desk.create(kind)["id"]
    conforms(connection.post(f"/v1/{kind}/{issued}/sendmail", json=MAIL), 202)
    assert desk.record(kind, issued).hidden["mails"][0]["recipients"] == MAIL["recipients"]
    conforms(connection.post(f"/v1/{kind}/{draft}/sendmail", json=MAIL), 406)
    conforms(connection.post(f"/v1/{kind}/{UNKNOWN}/sendmail", json=MAIL), 404)


def test_dunnings_can_always(desk: Desk, connection: httpx.Client) -> None:
    dunning = desk.create("dunnings", precedingSalesVoucherId=desk.issue()["id"])
    conforms(connection.post(f"/v1/dunnings/{dunning['id']}/sendmail", json=MAIL), 202)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"recipients": []}, "recipients"),
        ({"recipients": ["ole"]}, "recipients[0]"),
        ({"attachments": [{"id": UNKNOWN, "fileName": "a", "fileExtension": "pdf"}]}, "attachments[0].id"),
        ({"attachments": [{"fileName": "a", "fileExtension": "exe"}]}, "attachments[0].fileExtension"),
    ],
)
def test_wrong_mails(desk: Desk, connection: httpx.Client, changes: dict[str, Any], field: str) -> None:
    answer = connection.post(f"/v1/invoices/{desk.issue()['id']}/sendmail", json=MAIL | changes)
    assert field in [detail["field"] for detail in conforms(answer, 406)["details"]]


def test_interaction_status(desk: Desk, connection: httpx.Client) -> None:
    path = f"/v1/invoices/{desk.issue()['id']}/interaction-status"
    assert conforms(connection.get(path), 200)["status"] == "TRANSMITTED"
    assert conforms(connection.put(path, json={"status": "accepted", "version": 0}), 200)["version"] == 1
    assert conforms(connection.get(path), 200)["status"] == "ACCEPTED"
    conforms(connection.put(path, json={"status": "rejected", "version": 0}), 409)
    conforms(connection.put(path, json={"status": "paid", "version": 1}), 406)
    conforms(connection.get(f"/v1/invoices/{UNKNOWN}/interaction-status"), 404)


def test_api_keys_get_403(desk: Desk) -> None:
    issued = desk.issue()["id"]
    assert desk.api.post(f"/v1/invoices/{issued}/sendmail", json=MAIL).status_code == 403
    assert desk.api.get(f"/v1/invoices/{issued}/interaction-status").status_code == 403
