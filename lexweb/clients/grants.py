"""
Grants that belong to no connection: waiting for a person's answer, or to be revoked.

A grant lives over there from the moment the code is exchanged, so it is never just forgotten.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from lexweb.clients import vault
from lexweb.clients.models import Client, Connection, LooseGrant
from lexweb.firm.models import Staff

ANSWER_WITHIN = timedelta(minutes=30)


class Expired(Exception):
    """Nobody answered in time, so the access was given back; or its secrets cannot be read any more."""


@dataclass(frozen=True)
class Grant:
    """Secrets as they came; `expires_at` in ISO format, empty for API keys; `scope` as the token answer says it."""

    kind: str
    access_token: str
    refresh_token: str = ""
    expires_at: str = ""
    scope: str = ""

    def __repr__(self) -> str:
        return f"Grant({self.kind})"


def keep(
    client: Client,
    grant: Grant,
    *,
    question: str = "",
    by: Staff | None = None,
    profile: Any = None,
    wait: timedelta | None = None,
) -> LooseGrant:
    """Store a grant that is not bound: for a person (`by`) to answer or for us to bind at once, or to be revoked."""
    if wait is None:
        wait = ANSWER_WITHIN if by else timedelta()
    return LooseGrant.objects.create(
        client=client,
        staff=by,
        kind=grant.kind,
        question=question,
        secret=vault.seal(json.dumps(asdict(grant))),
        profile=profile,
        revoke_at=timezone.now() + wait,
    )


def unpack(loose: LooseGrant) -> Grant:
    """
    Return the secrets of a kept grant.

    :raises Expired: no key opens them any more
    """
    try:
        return Grant(**json.loads(vault.unseal(loose.secret)))
    except vault.Unreadable as problem:
        raise Expired from problem


def take(loose: LooseGrant) -> bool:
    """
    Take a grant out of store, to bind it; return whether it was still there.

    Once only, and not any more when the worker has begun to revoke it, which moves `revoke_at`.
    """
    return bool(LooseGrant.objects.filter(pk=loose.pk, revoke_at=loose.revoke_at).delete()[0])


def note(loose: LooseGrant, *, profile: Any, question: str) -> None:
    """
    Keep what was found out about a grant, and what is to be answered.

    :raises Expired: it is being given back
    """
    same = LooseGrant.objects.filter(pk=loose.pk, revoke_at=loose.revoke_at)
    if not same.update(profile=profile, question=question):
        raise Expired
    loose.profile, loose.question = profile, question


def drop(loose: LooseGrant) -> None:
    """Give up a grant that is not bound: the worker revokes it. An API key is just forgotten."""
    if loose.kind == Connection.Kind.API_KEY:
        LooseGrant.objects.filter(pk=loose.pk).delete()
    else:
        LooseGrant.objects.filter(pk=loose.pk).update(question="", revoke_at=timezone.now())


def claim(loose: LooseGrant, *, until: datetime) -> bool:
    """Reserve a grant for revoking; nobody else revokes it before `until`, and nobody binds it any more."""
    same = LooseGrant.objects.filter(pk=loose.pk, revoke_at=loose.revoke_at)
    if not same.update(question="", revoke_at=until, attempts=F("attempts") + 1):
        return False
    loose.attempts, loose.revoke_at = loose.attempts + 1, until
    return True


def loosen(connection: Connection, *, unless: Any = None) -> LooseGrant | None:
    """
    Set the secrets of a connection free to be revoked.

    Not when the new grant is the same connection over there: revoking the old token would end the new one.
    """
    if not connection.refresh_token or connection.lexware_connection_id == unless:
        return None  # an API key, or disconnected before
    try:
        grant = Grant("oauth", vault.unseal(connection.access_token), vault.unseal(connection.refresh_token))
    except vault.Unreadable:
        return None
    return keep(connection.client, grant)
