"""
The access token of a connection, refreshed so that no refresh token is ever burnt.

A refresh token works once (oauth-and-partner.md, chapter 2). So: take a short lease on the row, refresh without any
transaction open, store the new pair only if nobody stored another one meanwhile, and only then use it. Everyone else
waits for the new pair instead of refreshing too.
"""

import time
import uuid
from datetime import datetime, timedelta

import structlog
from django.db import OperationalError
from django.db import connection as database
from django.db.models import Q
from django.utils import timezone

from lexweb.clients import authorization, grants, states, vault
from lexweb.clients.models import Connection
from lexweb.lexware import errors, oauth

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)  # longer than the time-out of a refresh
EARLY = timedelta(minutes=2)  # refresh before the token dies under a running call
POLL = 0.1  # seconds between looks at somebody else's refresh


class StoredCredentials:
    """The credentials of one connection for `lexware.Office`."""

    def __init__(self, connection: Connection, *, background: bool = False) -> None:
        """:param background: lets people go first when the token has to be refreshed"""
        self.pk = connection.pk
        self._background = background
        self._used = connection  # as it was when its token was handed out

    @property
    def connection(self) -> Connection:
        """Return the row as it was when its token was handed out last."""
        return self._used

    @property
    def partner(self) -> bool:
        """Tell whether the connection is by OAuth."""
        return self._used.kind == Connection.Kind.OAUTH

    @property
    def scopes(self) -> frozenset[str] | None:
        """Return the scopes that were granted, None if nobody told."""
        return self._used.scopes

    def current(self) -> str:
        """Return a token to try, refreshed early when it is about to expire."""
        connection = self._used = _load(self.pk)
        token = vault.unseal(connection.access_token)
        if connection.kind == Connection.Kind.OAUTH and _expires(connection) - EARLY < timezone.now():
            return self.renew(token)
        return token

    def renew(self, rejected: str) -> str:
        """
        Return another token than `rejected`.

        :raises Unauthorized: there is none to be had; the connection is marked "reconnect"
        :raises Unavailable: the authorization server does not answer, or somebody else's refresh takes too long
        """
        deadline = time.monotonic() + LEASE.total_seconds()
        while time.monotonic() < deadline:
            connection = self._used = _load(self.pk)
            token = vault.unseal(connection.access_token)
            if token != rejected:
                return token
            if connection.kind == Connection.Kind.API_KEY:
                raise _lost(connection, "key_refused")
            if owner := _take_lease(connection):
                token = _refresh(connection, owner, background=self._background)
                self._used = _load(self.pk)
                return token
            time.sleep(POLL)
        raise errors.Unavailable("another refresh takes too long", method="POST", path="/oauth2/token")

    def give_up(self) -> None:
        """Mark the connection "reconnect": even the token that was handed out last is refused."""
        states.mark_lost(self._used, "refused")


def expiry(expires_in: int) -> datetime:
    """Return the moment when a token of that many seconds dies."""
    return timezone.now() + timedelta(seconds=expires_in)


def _load(pk: int) -> Connection:
    connection = Connection.objects.select_related("client").get(pk=pk)
    if not connection.is_connected:
        raise errors.Unauthorized("not connected")
    return connection


def _expires(connection: Connection) -> datetime:
    return connection.access_expires_at or timezone.now()


def _take_lease(connection: Connection) -> str:
    """Return our name if the row is ours for `LEASE` now, or nothing."""
    owner, now = uuid.uuid4().hex, timezone.now()
    free = Q(refresh_until__isnull=True) | Q(refresh_until__lt=now)
    same = Connection.objects.filter(
        free, pk=connection.pk, state=Connection.State.CONNECTED, token_version=connection.token_version
    )
    return owner if same.update(refresh_owner=owner, refresh_until=now + LEASE) else ""


def _refresh(connection: Connection, owner: str, *, background: bool) -> str:
    try:
        refresh_token = vault.unseal(connection.refresh_token)
        with authorization.server(background=background) as server:
            pair = server.refresh(refresh_token)
    except oauth.InvalidGrant:
        lost = _lost(connection, "refused")
        now = Connection.objects.get(pk=connection.pk)
        if not now.is_connected:
            raise lost from None
        return vault.unseal(now.access_token)  # somebody stored a newer pair meanwhile
    except errors.Uncertain as doubt:
        # What is uncertain is the refresh; the call that waits for the token was never sent.
        _release(connection, owner)
        raise errors.Unavailable(doubt.reason, method=doubt.method, path=doubt.path, status=doubt.status) from doubt
    except errors.LexwareError:
        _release(connection, owner)
        raise
    try:
        stored = _store(connection, pair)
    except OperationalError:  # the database went away while we asked; the pair exists once, so try once more
        database.close()
        stored = _store(connection, pair)
    log.info("tokens.refreshed", connection=connection.pk, stored=bool(stored))
    if not stored:  # bound anew, or disconnected, while we asked: what is stored now counts
        _give_back(connection, pair)
        return vault.unseal(_load(connection.pk).access_token)
    return pair.access_token


def _store(connection: Connection, pair: oauth.Tokens) -> bool:
    """Store the pair, unless another one was stored meanwhile; whoever took it for lost was wrong."""
    same = Connection.objects.filter(pk=connection.pk, token_version=connection.token_version)
    return bool(
        same.update(
            scope=pair.scope or connection.scope,  # left out, it is the same (RFC 6749, 5.1)
            access_token=vault.seal(pair.access_token),
            refresh_token=vault.seal(pair.refresh_token),
            access_expires_at=expiry(pair.expires_in),
            token_version=connection.token_version + 1,
            state=Connection.State.CONNECTED,
            state_reason="",
            refresh_owner="",
            refresh_until=None,
        )
    )


def _give_back(connection: Connection, pair: oauth.Tokens) -> None:
    """Let the worker revoke a pair that came too late: the one revoked in its place was void by then."""
    now = Connection.objects.get(pk=connection.pk)
    if now.lexware_connection_id == connection.lexware_connection_id:
        return  # the same grant is in use
    grants.keep(connection.client, grants.Grant("oauth", pair.access_token, pair.refresh_token))


def _release(connection: Connection, owner: str) -> None:
    Connection.objects.filter(pk=connection.pk, refresh_owner=owner).update(refresh_owner="", refresh_until=None)


def _lost(connection: Connection, reason: str) -> errors.Unauthorized:
    states.mark_lost(connection, reason)
    return errors.Unauthorized(reason)
