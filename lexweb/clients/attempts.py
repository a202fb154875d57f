"""
Started authorizations, kept in the browser's session until it comes back from Lexware Office.

By a person signed in here for one of their clients (`client`), or by a client with a link (`invitation`).
"""

import time
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest

from lexweb.clients.connecting import Attempt

ATTEMPTS = "connect"  # in the session: state → {client or invitation, verifier, at}
KEPT = 5
SECONDS = 3600


@dataclass(frozen=True)
class Started:
    """What the session says of an answer's state."""

    verifier: str
    client: str  # the slug; "" when a link started it
    invitation: int | None


def remember(request: HttpRequest, attempt: Attempt, **whose: Any) -> None:
    """Keep an attempt for `client=slug` or `invitation=pk`."""
    attempts = request.session.get(ATTEMPTS, {})
    attempts[attempt.state] = {**whose, "verifier": attempt.verifier, "at": time.time()}
    request.session[ATTEMPTS] = dict(sorted(attempts.items(), key=lambda item: item[1]["at"])[-KEPT:])


def is_invited(request: HttpRequest, state: str) -> bool:
    """Say whether a link started the attempt with this state."""
    return "invitation" in request.session.get(ATTEMPTS, {}).get(state, {})


def recall(request: HttpRequest, state: str) -> Started | None:
    """Pop the attempt with this state: it can be used once, by the session that started it."""
    attempts = request.session.get(ATTEMPTS, {})
    attempt = attempts.pop(state, None)
    request.session[ATTEMPTS] = attempts
    if attempt is None or time.time() - attempt["at"] > SECONDS:
        return None
    # A session is not locked: of two requests at the same moment both may pop. A code sent twice ends the grant.
    if not cache.add(f"connect:{state}", "used", SECONDS):
        return None
    return Started(attempt["verifier"], attempt.get("client", ""), attempt.get("invitation"))
