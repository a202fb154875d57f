"""Signatures of webhooks: base64 of RSA (PKCS#1 v1.5) with SHA-512 over the raw body (behaviour.md, chapter 15)."""

import base64
import threading
from functools import cache, cached_property

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

_MAKING = threading.Lock()  # else two senders would make two keys, and one of them sign with the wrong one
BITS = 2048  # Lexware's has 4096, which takes seven times as long and proves no more


class Signer:
    """
    Signs with a key that is made when first needed; one for all sandboxes of a process, as making one takes time.

    A key that has been used goes into the state file, so receivers may keep the public half.
    """

    def __init__(self) -> None:
        self._loaded: str | None = None

    def signature(self, body: bytes) -> str:
        """The value of X-Lxo-Signature."""
        return base64.b64encode(self._key.sign(body, padding.PKCS1v15(), hashes.SHA512())).decode()

    def forged(self, body: bytes) -> str:
        """A signature that looks right, and is of something else."""
        return self.signature(body + b" ")

    def public(self) -> bytes:
        """The public key as PEM."""
        encoding, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        return self._key.public_key().public_bytes(encoding, form)

    def dumped(self) -> str | None:
        """The private key as PEM, None if nobody has seen its signature."""
        if "_key" not in vars(self):
            return self._loaded
        encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        return self._key.private_bytes(encoding, form, serialization.NoEncryption()).decode()

    def load(self, pem: str | None) -> None:
        """Take over what ``dumped`` returned."""
        self._loaded = pem

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        if self._loaded:
            return _read(self._loaded)
        with _MAKING:
            return _made()


@cache
def _made() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=BITS)


def _read(pem: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("the webhook key is no RSA key")
    return key
