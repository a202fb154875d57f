"""
Lexware's public key: what the settings hold, or what is at the address they hold.

An address is asked when the key is first needed; all processes share the answer. When a signature does not fit, the
key may have been replaced over there: then it is asked again, but every five minutes at most, as forgeries do not fit
either.
"""

import functools
import hashlib
import threading
import time

import structlog
from django.conf import settings
from django.core.cache import cache

from lexweb.lexware import errors, webhooks
from lexweb.lexware.webhooks import Verifier

log = structlog.get_logger(__name__)

DEMO_PATH = "/webhookSignature/public/public_key.pub"
FETCH_EVERY = 300.0  # seconds, over all processes
LOOK_EVERY = 15.0  # seconds between two looks of a process at what the others have fetched
RETRY_AFTER = 10.0  # seconds, as long as there is no key at all
PATIENCE = 4.0  # seconds to wait for a thread that fetches it; an event has to be answered within five


class Missing(Exception):
    """There is no key at the moment."""


def genuine(body: bytes, signature: str) -> bool:
    """
    Tell whether Lexware signed exactly these bytes.

    :raises Missing: nobody can tell at the moment
    """
    if not signature:
        return False
    return _key(settings.LEXWARE_WEBHOOK_KEY or f"{settings.LEXWARE_API_URL}{DEMO_PATH}").genuine(body, signature)


class Key:
    """The key of one source: PEM, or an address."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._name = f"webhook-key:{hashlib.sha256(source.encode()).hexdigest()}"
        self._lock = threading.Lock()
        self._pem = ""
        self._verifier: Verifier | None = None
        self._quiet_until = 0.0  # monotonic
        if not source.startswith("http"):
            self._use(source)
            self._quiet_until = float("inf")

    def genuine(self, body: bytes, signature: str) -> bool:
        """Tell whether the key, or the one that replaced it, fits."""
        used = self._verifier or self._first()
        if used.genuine(body, signature):
            return True
        newer = self._newer(used)
        return newer is not used and newer.genuine(body, signature)

    def _first(self) -> Verifier:
        if not self._lock.acquire(timeout=PATIENCE):
            raise Missing
        try:
            if self._verifier is None and time.monotonic() >= self._quiet_until:
                self._quiet_until = time.monotonic() + RETRY_AFTER
                if pem := cache.get(self._name) or self._fetched():
                    self._use(pem)
                    self._quiet_until = 0.0
        finally:
            self._lock.release()
        if self._verifier is None:
            raise Missing
        return self._verifier

    def _newer(self, used: Verifier) -> Verifier:
        """Return the key that replaced `used`, or `used` if none did as far as we know."""
        with self._lock:
            if self._verifier is used and time.monotonic() >= self._quiet_until:
                self._quiet_until = time.monotonic() + LOOK_EVERY
                pem = cache.get(self._name)
                if pem in {None, self._pem} and cache.add(f"{self._name}:asked", True, FETCH_EVERY):
                    pem = self._fetched()
                if pem and pem != self._pem:
                    self._use(pem)
                    log.warning("webhook.key_replaced")
            return self._verifier or used

    def _fetched(self) -> str:
        """Fetch the key for all processes; return nothing if it cannot be had."""
        try:
            pem = webhooks.fetch_key(self._source).decode("ascii", "replace")
            Verifier(pem.encode())
        except (errors.LexwareError, ValueError) as error:
            log.error("webhook.key_missing", kind=type(error).__name__, status=getattr(error, "status", None))
            return ""
        cache.set(self._name, pem, None)
        return pem

    def _use(self, pem: str) -> None:
        self._verifier, self._pem = Verifier(pem.encode()), pem


_key = functools.cache(Key)
