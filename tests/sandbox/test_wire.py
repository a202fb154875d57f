"""HTTP on the socket, and without one."""

import socket
from typing import Any

import httpx
import pytest

from lexweb.sandbox.app import make_app
from lexweb.sandbox.server import RunningSandbox
from lexweb.sandbox.state import State
from tests.sandbox import partner


def exchange(sandbox: RunningSandbox, request: bytes) -> bytes:
    """Send bytes, and read until the sandbox closes."""
    host, port = sandbox.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=partner.PATIENCE) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def test_several_requests_on_one_connection(sandbox: RunningSandbox) -> None:
    one = b"GET /_sandbox/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = b"GET /_sandbox/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = exchange(sandbox, one + last)
    assert answer.count(b"HTTP/1.1 200") == answer.count(b"Content-Length: 15") == 2


@pytest.mark.parametrize(
    ("head", "status"), [(b"Content-Length: viel", b"400"), (b"Transfer-Encoding: gzip, chunked", b"501")]
)
def test_bodies_of_unclear_length_are_refused(sandbox: RunningSandbox, head: bytes, status: bytes) -> None:
    answer = exchange(sandbox, b"POST /v1/contacts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + head + b"\r\n\r\n")
    assert answer.split()[1] == status


def test_head_has_no_body(http: httpx.Client) -> None:
    answer = http.head("/")
    assert (answer.status_code, answer.content) == (200, b"")
    assert http.get("/").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/v1/contacts/%00", "/v1/contacts/%ff%fe", "/v1/contacts/%E2%82%AC", "/v1/%2e%2e/profile", "/v1/contacts//x"],
)
def test_odd_addresses_are_no_accident(api: httpx.Client, path: str) -> None:
    assert api.get(path).status_code in {403, 404}


@pytest.mark.parametrize(
    "content", [b'{"note":"\\ud800"}', b"[" * 100_000, b'{"version":1e999}', b'{"version":NaN}', b'{"roles":[]}']
)
def test_odd_json_is_no_accident(api: httpx.Client, content: bytes) -> None:
    answer = api.post("/v1/contacts", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


def test_without_a_socket() -> None:
    state = State()
    organization = next(iter(state.organizations.values()))
    headers = {"Authorization": f"Bearer {organization.api_key}"}
    transport = httpx.WSGITransport(make_app(state))
    with httpx.Client(transport=transport, base_url="http://sandbox", headers=headers) as api:
        profile: dict[str, Any] = api.get("/v1/profile").json()
        assert profile["organizationId"] == organization.id
        short = api.post(
            "/v1/contacts", json={"version": 0, "roles": {"vendor": {}}, "person": {"lastName": "Ohm"}}
        ).json()
        assert short["resourceUri"] == f"http://sandbox/v1/contacts/{short['id']}"
