"""Signatures over raw bytes, and events out of whatever arrives."""

import base64
import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from lexweb.lexware import errors, webhooks
from tests.contract import schema

EVENT = schema.sample("webhook.event.request")
BODY = json.dumps(EVENT, separators=(",", ":")).encode()  # as it comes: without spaces
PEM = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(public_exponent=65_537, key_size=2048)


@pytest.fixture(scope="module")
def verifier(key):
    return webhooks.Verifier(key.public_key().public_bytes(*PEM))


def signed(key, body=BODY, algorithm=None, scheme=None):
    return base64.b64encode(key.sign(body, scheme or padding.PKCS1v15(), algorithm or hashes.SHA512())).decode()


def test_exactly_these_bytes_are_genuine(key, verifier):
    assert verifier.genuine(BODY, signed(key))
    assert verifier.genuine(b"", signed(key, b""))


@pytest.mark.parametrize(
    "altered",
    [
        BODY + b"\n",
        BODY[:-1],
        BODY.replace(b"invoice", b"Invoice"),
        json.dumps(EVENT).encode(),  # the same JSON, written anew
        json.dumps(dict(sorted(EVENT.items())), separators=(",", ":")).encode(),
        b"",
    ],
)
def test_other_bytes_are_not(key, verifier, altered):
    assert altered != BODY
    assert not verifier.genuine(altered, signed(key))


def test_another_key_is_not(verifier):
    stranger = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    assert not verifier.genuine(BODY, signed(stranger))


@pytest.mark.parametrize("algorithm", [hashes.SHA256(), hashes.SHA384(), hashes.SHA1()])  # noqa: S303
def test_another_hash_is_not(key, verifier, algorithm):
    assert not verifier.genuine(BODY, signed(key, algorithm=algorithm))


def test_another_padding_is_not(key, verifier):
    scheme = padding.PSS(padding.MGF1(hashes.SHA512()), padding.PSS.MAX_LENGTH)
    assert not verifier.genuine(BODY, signed(key, scheme=scheme))


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda good: "",
        lambda good: "kein base64!",
        lambda good: "größe",
        lambda good: good[:-4],
        lambda good: good + "AAAA",
        lambda good: good.rstrip("="),
        lambda good: f"{good[:8]} {good[8:]}",
        lambda good: base64.b64decode(good).hex(),
        lambda good: base64.b64encode(b"\0" * 256).decode(),
        lambda good: good.swapcase(),
    ],
)
def test_a_spoiled_signature_is_not(key, verifier, spoiled):
    assert verifier.genuine(BODY, spoiled(signed(key))) is False


def test_only_an_rsa_key_will_do():
    other = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(*PEM)
    for wrong in (other, b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", b"ssh-rsa AAAA"):
        with pytest.raises(ValueError):  # noqa: PT011 - cryptography's words, which change
            webhooks.Verifier(wrong)


def test_an_event_is_read():
    event = webhooks.read(BODY)
    assert (event.event_type, event.resource_id) == (EVENT["eventType"], UUID(EVENT["resourceId"]))
    assert event.event_date.tzinfo is not None
    assert event.payload() == EVENT


def test_a_type_nobody_knows_and_more_members_are_no_trouble():
    event = webhooks.read(json.dumps(EVENT | {"eventType": "till.exploded", "newMember": [1]}).encode())
    assert event.event_type == "till.exploded"
    assert event.payload()["newMember"] == [1]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"geheim",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"geheim"',
        b"{}",
        b"[" * 100_000,
        json.dumps(EVENT | {"resourceId": "geheim"}).encode(),
        json.dumps(EVENT | {"organizationId": None}).encode(),
        json.dumps(EVENT | {"eventDate": "2026-11-02T10:00:00"}).encode(),  # without an offset
        json.dumps({name: value for name, value in EVENT.items() if name != "eventType"}).encode(),
    ],
)
def test_garbage_is_unexpected_and_quotes_nothing(body):
    with pytest.raises(errors.Unexpected) as caught:
        webhooks.read(body)
    assert "geheim" not in f"{caught.value} {caught.value!r}"
    assert caught.value.__context__ is None


def test_the_key_is_fetched(running_sandbox):
    key = webhooks.fetch_key(f"{running_sandbox.url}/webhookSignature/public/public_key.pub")
    assert key == running_sandbox.state.webhooks.signer.public()
    webhooks.Verifier(key)


def test_no_key_server():
    with answering(200, b"") as address:
        pass
    with pytest.raises(errors.Unreachable):
        webhooks.fetch_key(address)


def test_a_redirect_is_not_followed(running_sandbox):
    with redirecting_to(running_sandbox.url) as address, pytest.raises(errors.Unexpected):
        webhooks.fetch_key(address)


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b"x" * 20_000, 200, errors.Unexpected),
        (b"", 404, errors.Unexpected),
        (b"", 503, errors.Unavailable),
    ],
)
def test_what_is_there_is_no_key(body, status, kind):
    with answering(status, body) as address, pytest.raises(kind):
        webhooks.fetch_key(address)


def redirecting_to(address):
    return answering(302, b"", {"Location": address})


@contextlib.contextmanager
def answering(status, body, headers=None):
    """A server that gives this answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self):
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/key.pub"
        finally:
            server.shutdown()
