"""
What Lexware tells us (docs: "Event Subscriptions", "Verify Authenticity"; behaviour.md, chapter 15).

An event is a hint without data: check it, note it, answer within 5 seconds, and read the record later.
"""

import base64
import binascii
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from lexweb.lexware import errors, shapes
from lexweb.lexware._http import Request, Sender, Timeouts
from lexweb.lexware.answers import decipher
from lexweb.lexware.shapes import Moment, Shape

SIGNATURE_HEADER = "X-Lxo-Signature"
LARGEST_KEY = 16_384  # bytes; one of 4096 bit has 800
# Whoever fetches it has an event to answer within five seconds.
TIMEOUTS = Timeouts(connect=2, read=2, write=2, pool=1, total=3)


class Event(Shape):
    """
    One event. For `token.revoked` the `resource_id` is the profile's connection id.

    Nothing protects from replays: drop repeated (type, resource, date), and compare the organization.
    """

    organization_id: UUID
    event_type: str
    resource_id: UUID
    event_date: Moment


class Verifier:
    """Checks signatures with Lexware's public key."""

    def __init__(self, public_key: bytes) -> None:
        """
        :param public_key: PEM
        :raises ValueError: this is no RSA key in PEM form
        """
        key = serialization.load_pem_public_key(public_key)
        if not isinstance(key, rsa.RSAPublicKey):
            raise ValueError("the key of webhooks is an RSA key")
        self._key = key

    def genuine(self, body: bytes, signature: str) -> bool:
        """Tell whether Lexware signed exactly these bytes: base64 of RSA with SHA-512 (PKCS #1 v1.5)."""
        try:
            self._key.verify(base64.b64decode(signature, validate=True), body, padding.PKCS1v15(), hashes.SHA512())
        except (InvalidSignature, binascii.Error, ValueError):
            return False
        return True


def read(body: bytes) -> Event:
    """
    Read an event. Check the signature first, over the same bytes.

    :raises Unexpected: it is none
    """
    document = decipher(200, {}, body, method="GET", path="webhook")
    return shapes.decode(Event, document, method="GET", path="webhook")


def fetch_key(address: str) -> bytes:
    """
    Fetch the public key; redirects are not followed.

    :raises Unreachable, Unavailable: try again later
    :raises Unexpected: what is there is no key
    """
    parts = urlsplit(address)
    request = Request("GET", parts.path or "/", headers={"Accept": "*/*"})
    sender = Sender(f"{parts.scheme}://{parts.netloc}", timeout=TIMEOUTS)
    try:
        return _read_key(sender, request)
    finally:
        sender.close()


def _read_key(sender: Sender, request: Request) -> bytes:
    incoming, body = sender.open(request), b""
    try:
        if incoming.status != 200:
            kind = errors.Unavailable if incoming.status >= 500 else errors.Unexpected
            raise kind("no key", method=request.method, path=request.path, status=incoming.status)
        for chunk in incoming.chunks():
            body += chunk
            if len(body) > LARGEST_KEY:
                raise errors.Unexpected("too long for a key", method=request.method, path=request.path)
    finally:
        incoming.close()
    return body
