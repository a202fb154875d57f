"""
Encryption of contents in chunks, so that none is ever whole in memory: AES-256-GCM, as in the STREAM construction.

Each object has a key of its own, made of its blob's secret, its name and a random salt; that makes a counter a safe
nonce. The nonce also says which chunk is the last: what was cut off, reordered, extended, or brought over from another
object does not open.
"""

import os
from collections.abc import Iterable, Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK = 64 * 1024
_TAG, _SALT = 16, 16
_VERSION = b"\x01"


class Altered(Exception):
    """It is not what was sealed with this secret under this name."""


def seal(chunks: Iterable[bytes], secret: bytes, name: str) -> Iterator[bytes]:
    """Yield the sealed form of the bytes, whatever pieces they come in."""
    salt = os.urandom(_SALT)
    cipher = _cipher(secret, salt, name)
    yield _VERSION + salt
    number, waiting = 0, bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > CHUNK:  # the last one has to be known as such, so one always waits
            yield cipher.encrypt(_nonce(number), bytes(waiting[:CHUNK]), None)
            del waiting[:CHUNK]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), None)


def unseal(sealed: IO[bytes], secret: bytes, name: str) -> Iterator[bytes]:
    """
    Yield what was sealed, each chunk proven.

    :raises Altered: it was sealed otherwise; perhaps only after some chunks
    """
    head = sealed.read(1 + _SALT)
    if len(head) != 1 + _SALT or head[:1] != _VERSION:
        raise Altered
    cipher = _cipher(secret, head[1:], name)
    number, chunk = 0, sealed.read(CHUNK + _TAG)
    while True:
        following = sealed.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), chunk, None)
        except (InvalidTag, ValueError) as problem:
            raise Altered from problem
        if not following:
            return
        number, chunk = number + 1, following


def _cipher(secret: bytes, salt: bytes, name: str) -> AESGCM:
    key = HKDF(algorithm=SHA256(), length=32, salt=salt, info=f"lexweb receipts {name}".encode()).derive(secret)
    return AESGCM(key)


def _nonce(number: int, *, last: bool = False) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
