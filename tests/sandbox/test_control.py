"""The control plane."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from lexweb.sandbox import server
from lexweb.sandbox.server import RunningSandbox
from tests.sandbox import partner


def test_organizations_come_with_everything_to_log_in(http: httpx.Client) -> None:
    organizations = http.get("/_sandbox/organizations").json()
    assert len(organizations) >= 12
    needed = {"organizationId", "companyName", "apiKey", "email", "password", "userName", "contacts"}
    assert all(needed <= set(each) for each in organizations)


def test_health_and_stats(http: httpx.Client) -> None:
    assert http.get("/_sandbox/health").json() == {"status": "ok"}
    assert http.get("/_sandbox/stats").json()["organizations"] >= 12


def test_requests_are_logged(http: httpx.Client, api: httpx.Client, brandt: dict[str, Any]) -> None:
    api.get("/v1/contacts", params={"name": "Brandt"})
    http.post("/oauth2/token", data={"grant_type": "x"}, auth=partner.BASIC)
    first, second = http.get("/_sandbox/requests").json()
    assert first.pop("at") > 1_700_000_000
    assert first == {
        "method": "GET",
        "path": "/v1/contacts",
        "query": "name=Brandt",
        "status": 200,
        "organizationId": brandt["organizationId"],
        "fault": None,
    }
    assert (second["path"], second["status"]) == ("/oauth2/token", 400)
    assert http.delete("/_sandbox/requests").status_code == 204
    assert http.get("/_sandbox/requests").json() == []


def test_faults_by_http(http: httpx.Client, api: httpx.Client, brandt: dict[str, Any]) -> None:
    wanted = {"kind": "503", "organizationId": brandt["organizationId"], "count": 2, "path": "/v1/prof*"}
    made = http.post("/_sandbox/faults", json=wanted)
    assert made.status_code == 201
    assert made.json()["id"]
    assert [api.get("/v1/profile").status_code for _ in range(1)] == [503]
    assert [each["count"] for each in http.get("/_sandbox/faults").json()] == [1]
    assert http.delete("/_sandbox/faults").status_code == 204
    assert api.get("/v1/profile").status_code == 200


@pytest.mark.parametrize("fault", [{"kind": "418"}, {}, {"kind": "500", "wann": "jetzt"}])
def test_nonsense_faults_are_refused(http: httpx.Client, fault: dict[str, Any]) -> None:
    answer = http.post("/_sandbox/faults", json=fault)
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_edits_of_other_users(http: httpx.Client, api: httpx.Client, brandt: dict[str, Any]) -> None:
    contact = api.get("/v1/contacts").json()["content"][0]
    address = f"/_sandbox/contacts/{brandt['organizationId']}/{contact['id']}"
    changes = {"emailAddresses": {"business": ["a@b.example", "c@d.example"]}, "addresses": None}
    edited = http.post(address, json={"changes": changes}).json()
    assert edited["version"] == contact["version"] + 1
    assert edited["emailAddresses"]["business"] == ["a@b.example", "c@d.example"]
    assert "addresses" not in edited
    assert http.get(address).json() == edited == api.get(f"/v1/contacts/{contact['id']}").json()
    assert http.get(address + "x").status_code == 404


def test_archive(http: httpx.Client, api: httpx.Client, brandt: dict[str, Any]) -> None:
    contact = api.get("/v1/contacts").json()["content"][0]
    http.post(f"/_sandbox/organizations/{brandt['organizationId']}/archive/{contact['id']}")
    stored = api.get(f"/v1/contacts/{contact['id']}").json()
    assert (stored["archived"], stored["version"]) == (True, contact["version"] + 1)


def test_revoke_ends_all_connections(sandbox: RunningSandbox, http: httpx.Client, brandt: dict[str, Any]) -> None:
    tokens = [partner.connect(sandbox, brandt) for _ in range(2)]
    assert http.post(f"/_sandbox/revoke/{brandt['organizationId']}").json() == {"revoked": 2}
    assert {partner.profile(sandbox, each["access_token"]).status_code for each in tokens} == {401}


def test_clock(sandbox: RunningSandbox, http: httpx.Client, brandt: dict[str, Any]) -> None:
    tokens = partner.connect(sandbox, brandt)
    http.post("/_sandbox/clock", json={"advance": 14_400})
    assert partner.profile(sandbox, tokens["access_token"]).status_code == 401


def test_reset_returns_to_the_seed(sandbox: RunningSandbox, http: httpx.Client, api: httpx.Client) -> None:
    before = api.get("/v1/contacts").json()
    tokens = partner.connect(sandbox, sandbox.organizations()[0])
    api.put(f"/v1/contacts/{before['content'][0]['id']}", json=before["content"][0])
    sandbox.fault("500")
    assert http.post("/_sandbox/reset").status_code == 204
    assert api.get("/v1/contacts").json() == before
    assert partner.profile(sandbox, tokens["access_token"]).status_code == 401


@pytest.mark.parametrize(
    "changes",
    [{"company": None, "person": None}, {"roles": None}, {"roles": {}, "company": 5}, [], {"note": {"a": 1}}],
)
def test_impossible_edits_are_refused(
    http: httpx.Client, api: httpx.Client, brandt: dict[str, Any], changes: Any
) -> None:
    contact = api.get("/v1/contacts").json()["content"][0]
    answer = http.post(f"/_sandbox/contacts/{brandt['organizationId']}/{contact['id']}", json={"changes": changes})
    assert answer.status_code == 400
    assert api.get("/v1/contacts").json()["content"][0] == contact


def test_edits_follow_the_rules_of_storage(http: httpx.Client, api: httpx.Client, brandt: dict[str, Any]) -> None:
    contact = api.get("/v1/contacts", params={"vendor": "false"}).json()["content"][0]
    address = f"/_sandbox/contacts/{brandt['organizationId']}/{contact['id']}"
    changes = {"roles": {"vendor": {}}, "note": "", "phoneNumbers": {"fax": []}, "version": 99, "id": "x"}
    edited = http.post(address, json={"changes": changes}).json()
    assert edited["roles"]["vendor"]["number"] > 70_000
    assert edited["roles"]["customer"] == contact["roles"]["customer"]
    assert (edited["version"], edited["id"]) == (contact["version"] + 1, contact["id"])
    assert "note" not in edited
    assert "fax" not in edited.get("phoneNumbers", {})


HERE = ["127.0.0.1", "127.0.0.1:8001", "localhost", "LOCALHOST:8001", "[::1]", "[::1]:8001"]
ELSEWHERE = ["", "evil.example", "evil.example:8001", "127.0.0.1.evil.example", "localhost.evil.example", "[::2]"]
ELSEWHERE += ["evil.example@localhost", "localhost:8001:1", "localhost/evil.example", "0.0.0.0"]  # noqa: S104


@pytest.mark.parametrize("host", HERE)
def test_this_machine_may_ask(http: httpx.Client, host: str) -> None:
    assert http.get("/_sandbox/health", headers={"Host": host}).status_code == 200
    ours = {"Host": host, "Origin": f"http://{host}"}
    assert http.post("/_sandbox/reset", headers=ours).status_code == 204


@pytest.mark.parametrize("host", ELSEWHERE)
@pytest.mark.parametrize("path", ["/_sandbox/organizations", "/%5Fsandbox/organizations"])
def test_a_name_that_points_here_is_refused(http: httpx.Client, host: str, path: str) -> None:
    answer = http.get(path, headers={"Host": host})
    assert answer.status_code == 403
    assert list(answer.json()) == ["message"]


@pytest.mark.parametrize("origin", ["null", "file://", *(f"https://{host}" for host in ELSEWHERE)])
def test_a_web_page_of_another_host_is_refused(sandbox: RunningSandbox, http: httpx.Client, origin: str) -> None:
    sandbox.fault("500")
    answer = http.delete("/_sandbox/faults", headers={"Origin": origin})
    assert (answer.status_code, list(answer.json())) == (403, ["message"])
    assert len(http.get("/_sandbox/faults").json()) == 1


def test_every_address_of_the_control_plane_is_guarded(http: httpx.Client, brandt: dict[str, Any]) -> None:
    one = brandt["organizationId"]
    reads = ["health", "stats", "organizations", "requests", "faults", f"contacts/{one}/x"]
    reads += ["events", "deliveries", "webhook-key"]
    writes = ["faults", f"contacts/{one}/x", f"organizations/{one}/archive/x", f"revoke/{one}", "clock", "reset"]
    writes += ["events", f"organizations/{one}/features", f"organizations/{one}/key"]
    calls = [("GET", path) for path in reads] + [("POST", path) for path in writes]
    calls += [("DELETE", "requests"), ("DELETE", "faults"), ("HEAD", "organizations")]
    for method, path in calls:
        answer = http.request(method, f"/_sandbox/{path}", headers={"Host": "evil.example"})
        assert answer.status_code == 403, (method, path)


def test_features_and_keys_survive_a_restart(tmp_path: Path) -> None:
    with server.serve_in_thread(state=tmp_path / "state.json") as sandbox:
        one = sandbox.organizations()[0]["organizationId"]
        for path, body in (("features", {"businessFeatures": ["INVOICING"]}), ("key", {"enabled": False})):
            address = f"{sandbox.url}/_sandbox/organizations/{one}/{path}"
            httpx.post(address, json=body, verify=partner.TLS).raise_for_status()
    with server.serve_in_thread(state=tmp_path / "state.json") as sandbox:
        organization = sandbox.organizations()[0]
        assert organization["businessFeatures"] == ["INVOICING"]
        assert partner.profile(sandbox, organization["apiKey"]).status_code == 401
