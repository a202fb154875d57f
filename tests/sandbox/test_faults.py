"""Each kind of fault, seen from the client."""

import json
import threading
import time
from typing import Any

import httpx
import pytest

from lexweb.sandbox import faults
from lexweb.sandbox.server import RunningSandbox
from tests.contract import schema
from tests.sandbox import partner
from tests.sandbox.partner import client
from tests.waiting import until

COMPANY: dict[str, Any] = {"version": 0, "roles": {"customer": {}}, "company": {"name": "Neu GmbH"}}


def total(api: httpx.Client) -> int:
    count: int = api.get("/v1/contacts").json()["totalElements"]
    return count


def any_contact(api: httpx.Client) -> dict[str, Any]:
    contact_id = api.post("/v1/contacts", json=COMPANY).json()["id"]
    contact: dict[str, Any] = api.get(f"/v1/contacts/{contact_id}").json()
    return contact


@pytest.mark.parametrize(
    ("kind", "status", "text", "carried_out"),
    [
        ("429", 429, "Rate limit exceeded", 0),
        ("500", 500, "Internal server error or rate limit exceeded", 0),
        ("500_after", 500, "Internal server error or rate limit exceeded", 1),
        ("502", 502, "<html>", 0),
        ("503", 503, "Service Unavailable", 0),
        ("504", 504, "timed out", 0),
        ("504_after", 504, "timed out", 1),
        ("plan_402", 402, "Payment required", 0),
        ("forbidden_403", 403, "Forbidden", 0),
        ("garbage", 200, "{", 1),
        ("empty", 200, "", 1),
    ],
)
def test_other_answers(
    sandbox: RunningSandbox, api: httpx.Client, kind: str, status: int, text: str, carried_out: int
) -> None:
    sandbox.fault(kind, method="POST")
    answer = api.post("/v1/contacts", json=COMPANY)
    assert answer.status_code == status
    assert text in answer.text
    assert "retry-after" not in answer.headers
    assert total(api) == 140 + carried_out
    assert api.post("/v1/contacts", json=COMPANY).status_code == 201


def test_garbage_and_empty_are_no_json(sandbox: RunningSandbox, api: httpx.Client) -> None:
    for kind in ("garbage", "empty"):
        sandbox.fault(kind)
        with pytest.raises(json.JSONDecodeError):
            api.get("/v1/profile").json()


@pytest.mark.parametrize(("kind", "carried_out"), [("timeout", 0), ("timeout_after", 1)])
def test_held_requests_end_without_an_answer(
    sandbox: RunningSandbox, api: httpx.Client, kind: str, carried_out: int
) -> None:
    sandbox.fault(kind, method="POST", seconds=0.05)
    with pytest.raises(httpx.RemoteProtocolError):
        api.post("/v1/contacts", json=COMPANY)
    assert total(api) == 140 + carried_out
    entry = sandbox.requests()[0]
    assert (entry["status"], entry["fault"]) == (None, kind)


def test_client_may_lose_patience(sandbox: RunningSandbox, api: httpx.Client) -> None:
    sandbox.fault("timeout_after", method="POST", seconds=5)
    with pytest.raises(httpx.ReadTimeout):
        api.post("/v1/contacts", json=COMPANY, timeout=httpx.Timeout(partner.PATIENCE, read=0.1))
    until(lambda: total(api) == 141)  # it is done all the same


def test_reset_tears_the_body(sandbox: RunningSandbox, api: httpx.Client) -> None:
    sandbox.fault("reset", method="POST")
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)) as caught:
        api.post("/v1/contacts", json=COMPANY)
    assert "reset" in str(caught.value) or "incomplete" in str(caught.value)
    assert total(api) == 141


def test_slow_answers_are_right(sandbox: RunningSandbox, api: httpx.Client, brandt: dict[str, Any]) -> None:
    sandbox.fault("slow", seconds=0.1)
    started = time.monotonic()
    assert api.get("/v1/profile").json()["companyName"] == brandt["companyName"]
    assert time.monotonic() - started >= 0.1


def test_held_requests_do_not_hold_up_others(sandbox: RunningSandbox, api: httpx.Client) -> None:
    sandbox.fault("slow", path="/v1/profile", seconds=5)
    held = threading.Thread(target=lambda: api.get("/v1/profile"), daemon=True)
    held.start()
    until(sandbox.requests)
    with client(sandbox, sandbox.organizations()[1]["apiKey"]) as other:
        other.get("/v1/ping")
    assert [(each["path"], each["status"]) for each in sandbox.requests()] == [("/v1/profile", None), ("/v1/ping", 200)]
    held.join(60)


def test_expired_token_needs_a_refresh(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    tokens = partner.connect(sandbox, brandt)
    sandbox.fault("expired_token")
    answers = [partner.profile(sandbox, tokens["access_token"]) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json() == {"message": "Unauthorized"}
    renewed = partner.refresh(sandbox, tokens["refresh_token"]).json()
    assert partner.profile(sandbox, renewed["access_token"]).status_code == 200


def test_revoked_ends_the_connection(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    tokens = partner.connect(sandbox, brandt)
    sandbox.fault("revoked", path="/v1/*")
    assert partner.profile(sandbox, tokens["access_token"]).status_code == 401
    assert partner.refresh(sandbox, tokens["refresh_token"]).json()["error"] == "invalid_grant"


def test_revoked_key_stays_dead_until_reset(sandbox: RunningSandbox, api: httpx.Client) -> None:
    sandbox.fault("revoked")
    assert [api.get("/v1/profile").status_code for _ in range(2)] == [401, 401]
    sandbox.reset()
    assert api.get("/v1/profile").status_code == 200


def test_lost_refresh_answer_ends_in_invalid_grant(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    tokens = partner.connect(sandbox, brandt)
    sandbox.fault("timeout_after", path="/oauth2/token", seconds=0, organization_id=brandt["organizationId"])
    with pytest.raises(httpx.RemoteProtocolError):
        partner.refresh(sandbox, tokens["refresh_token"])
    assert partner.refresh(sandbox, tokens["refresh_token"]).json()["error"] == "invalid_grant"


def test_revoked_at_the_token_endpoint(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    tokens = partner.connect(sandbox, brandt)
    sandbox.fault("revoked", path="/oauth2/*")
    assert partner.refresh(sandbox, tokens["refresh_token"]).json()["error"] == "invalid_grant"


def test_foreign_edit_makes_the_version_stale(sandbox: RunningSandbox, api: httpx.Client) -> None:
    contact = any_contact(api)
    sandbox.fault("foreign_edit")
    answer = api.put(f"/v1/contacts/{contact['id']}", json=contact | {"note": "meine"})
    assert answer.status_code == 406
    stored = api.get(f"/v1/contacts/{contact['id']}").json()
    assert (stored["note"], stored["version"]) == (" (geändert)", 2)


def test_foreign_edit_with_changes(sandbox: RunningSandbox, api: httpx.Client) -> None:
    contact = any_contact(api)
    changes = {"company": {"taxNumber": "22/815/08150"}, "note": None}
    sandbox.fault("foreign_edit", path=f"/v1/contacts/{contact['id']}", changes=changes)
    api.get(f"/v1/contacts/{contact['id']}")  # only a PUT triggers it
    assert api.put(f"/v1/contacts/{contact['id']}", json=contact).status_code == 406
    stored = api.get(f"/v1/contacts/{contact['id']}").json()
    assert stored["company"] == contact["company"] | {"taxNumber": "22/815/08150"}


def test_conflict_409_while_active(sandbox: RunningSandbox, api: httpx.Client) -> None:
    contact = any_contact(api)
    sandbox.fault("conflict_409", count=None)
    address = f"/v1/contacts/{contact['id']}"
    assert api.put(address, json=contact).status_code == 200
    assert [api.put(address, json=contact).status_code for _ in range(2)] == [409, 409]
    sandbox.clear_faults()
    assert api.put(address, json=contact).status_code == 406


def test_faults_fit_by_path_method_organization_and_count(sandbox: RunningSandbox, api: httpx.Client) -> None:
    other = sandbox.organizations()[1]
    sandbox.fault("503", path="/v1/contacts*", method="get", organization_id=other["organizationId"], count=2)
    assert api.get("/v1/contacts").status_code == 200
    with client(sandbox, other["apiKey"]) as foreign:
        assert foreign.get("/v1/profile").status_code == 200
        assert foreign.post("/v1/contacts", json=COMPANY).status_code == 201
        assert [foreign.get("/v1/contacts").status_code for _ in range(3)] == [503, 503, 200]


def test_probability(sandbox: RunningSandbox, api: httpx.Client) -> None:
    sandbox.fault("500", probability=0.0, count=None)
    assert api.get("/v1/profile").status_code == 200
    sandbox.clear_faults()
    sandbox.fault("500", probability=0.5, count=None)
    assert {api.get("/v1/profile").status_code for _ in range(64)} == {200, 500}


def test_unknown_kinds_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        faults.Fault(kind="418")


RECEIPT = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc\xf8\x0f\0\x01\x01\x01\0\x18\xdd"
    b"\x8d\xb0\0\0\0\0IEND\xaeB`\x82"
)


def upload(api: httpx.Client) -> httpx.Response:
    return api.post("/v1/files", files={"file": ("beleg.png", RECEIPT, "image/png")}, data={"type": "voucher"})


def uploads(sandbox: RunningSandbox) -> int:
    return len(next(iter(sandbox.state.organizations.values())).shelf("files"))


@pytest.mark.parametrize("kind", sorted(faults.ON_THE_WAY - {"slow"}))
def test_uploads_meet_every_fault(sandbox: RunningSandbox, api: httpx.Client, kind: str) -> None:
    before = uploads(sandbox)
    sandbox.fault(kind, path="/v1/files", seconds=0.02)
    try:
        assert upload(api).status_code != 202
    except httpx.TransportError:
        assert kind in {"reset", "timeout", "timeout_after"}
    assert uploads(sandbox) == before + (kind in faults.AFTER)


@pytest.mark.parametrize("kind", sorted(faults.ON_THE_WAY - {"slow"}))
def test_downloads_meet_every_fault(sandbox: RunningSandbox, api: httpx.Client, kind: str) -> None:
    uploaded = upload(api)
    assert uploaded.status_code == 202, uploaded.text
    address = f"/v1/files/{uploaded.json()['id']}"
    whole = api.get(address)
    assert (whole.content, whole.headers["content-type"]) == (RECEIPT, "image/png")
    sandbox.fault(kind, path="/v1/files/*", seconds=0.02)
    try:
        answer = api.get(address)
    except httpx.TransportError:
        assert kind in {"reset", "timeout", "timeout_after"}
        return
    if kind in {"garbage", "empty"}:  # as what it is, and not whole
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert answer.content == (RECEIPT[: len(RECEIPT) // 2] if kind == "garbage" else b"")
    else:
        assert answer.status_code >= 400


@pytest.mark.parametrize("resource", ["articles", "vouchers"])
def test_foreign_edits_of_other_resources(sandbox: RunningSandbox, api: httpx.Client, resource: str) -> None:
    sent = schema.sample(f"{resource}.create.request")
    if resource == "vouchers":
        sent |= {"files": [], "useCollectiveContact": True}
        sent.pop("contactId", None)
    made = api.post(f"/v1/{resource}", json=sent)
    assert made.status_code == 201, made.text
    address = f"/v1/{resource}/{made.json()['id']}"
    stored = api.get(address).json()
    sandbox.fault("foreign_edit", path=f"/v1/{resource}/*")
    changed = sent | {"version": stored["version"]}
    assert api.put(address, json=changed).status_code == 409
    assert "(geändert)" in json.dumps(api.get(address).json(), ensure_ascii=False)
    assert api.put(address, json=changed | {"version": stored["version"] + 1}).status_code == 200
