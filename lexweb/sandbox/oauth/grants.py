"""Codes, connections and their tokens."""

import base64
import hashlib
import hmac
import json
import secrets
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from lexweb.sandbox.clock import Clock

CODE_LIFETIME = 5 * 60
ACCESS_LIFETIME = 14_399  # the samples' expires_in, four hours
CONNECTION_LIFETIME = 2 * 365 * 24 * 3600  # after two years the user has to agree again


class InvalidGrant(Exception):
    """The code or refresh token is worth nothing; the text says why, for the log."""


@dataclass(kw_only=True)
class Code:
    """What a user agreed to, until it is exchanged; afterwards ``connection_id`` tells what became of it."""

    organization_id: str
    redirect_uri: str
    challenge: str
    name: str
    scopes: list[str]
    expires: float
    connection_id: str | None = None


@dataclass(kw_only=True)
class Connection:
    """One grant: exactly one valid access token and one valid refresh token."""

    id: str
    organization_id: str
    name: str
    scopes: list[str]
    created: float
    access_token: str = ""
    access_expires: float = 0.0
    refresh_token: str = ""


class Grants:
    """
    All codes and living connections. The caller holds the state's lock.

    :param ended: told of each connection that ends
    """

    def __init__(self, clock: Clock, ended: Callable[[Connection], None]) -> None:
        self._clock, self._ended = clock, ended
        self._codes: dict[str, Code] = {}
        self._connections: dict[str, Connection] = {}

    def agree(self, *, organization_id: str, redirect_uri: str, challenge: str, name: str, scopes: list[str]) -> str:
        """Note the user's consent; returns the code for it, good for five minutes."""
        code = secrets.token_hex(64)  # 128 characters, the documented size
        expires = self._clock.now() + CODE_LIFETIME
        self._codes[code] = Code(
            organization_id=organization_id,
            redirect_uri=redirect_uri,
            challenge=challenge,
            name=name,
            scopes=scopes,
            expires=expires,
        )
        return code

    def exchange(self, code: str, *, redirect_uri: str, verifier: str) -> Connection:
        """
        Make a connection out of a code. Every failure uses the code up; a second use ends the connection too.

        :raises InvalidGrant: the code, its redirect URI or its verifier is wrong
        """
        known = self._codes.get(code)
        if known is None:
            raise InvalidGrant("unknown code")
        if known.connection_id is not None:
            self.end(known.connection_id)
            raise InvalidGrant("code was already used; the authorization is no longer valid")
        known.connection_id = str(uuid.uuid4())  # used up from here on, also by a failure
        if known.expires < self._clock.now():
            raise InvalidGrant("code has expired")
        if known.redirect_uri != redirect_uri:
            raise InvalidGrant("redirect_uri does not match")
        if not hmac.compare_digest(challenge(verifier), known.challenge):
            raise InvalidGrant("code_verifier does not match")
        return self._connect(known)

    def refresh(self, refresh_token: str) -> Connection:
        """
        Replace both tokens of a connection; the old ones are useless at once.

        :raises InvalidGrant: not the present refresh token of a living connection
        """
        connection = self.of_refresh_token(refresh_token)
        if connection is None:
            raise InvalidGrant("refresh token is not valid")
        if connection.created + CONNECTION_LIFETIME < self._clock.now():
            self.end(connection.id)
            raise InvalidGrant("the authorization has expired")
        return self._renew(connection)

    def revoke(self, token: str) -> None:
        """RFC 7009: a refresh token ends the connection, an access token only itself; others mean nothing."""
        if connection := self.of_refresh_token(token):
            self.end(connection.id)
        elif connection := self.of_access_token(token):
            self.expire(connection.id)

    def expire(self, connection_id: str) -> None:
        """Let the access token die early; the refresh token lives on."""
        if connection := self._connections.get(connection_id):
            connection.access_expires = 0.0

    def end(self, connection_id: str) -> None:
        """End a connection with both of its tokens."""
        if connection := self._connections.pop(connection_id, None):
            self._ended(connection)

    def of_access_token(self, token: str) -> Connection | None:
        """The connection whose access token this is, if it has not expired."""
        now = self._clock.now()
        return next((c for c in self.living() if c.access_token == token and c.access_expires > now), None)

    def of_refresh_token(self, token: str) -> Connection | None:
        """The connection whose refresh token this is."""
        return next((c for c in self.living() if c.refresh_token == token), None)

    def of_code(self, code: str) -> Code | None:
        """What a code was given for."""
        return self._codes.get(code)

    def living(self) -> list[Connection]:
        """All connections that have not ended."""
        return list(self._connections.values())

    def reset(self) -> None:
        """Forget everything."""
        self._codes.clear()
        self._connections.clear()

    def dumped(self) -> dict[str, Any]:
        """Codes and connections as JSON values."""
        codes = {code: asdict(known) for code, known in self._codes.items()}
        return {"codes": codes, "connections": [asdict(connection) for connection in self.living()]}

    def load(self, dumped: dict[str, Any]) -> None:
        """Take over what ``dumped`` returned."""
        self._codes = {code: Code(**known) for code, known in dumped["codes"].items()}
        self._connections = {each["id"]: Connection(**each) for each in dumped["connections"]}

    def _connect(self, code: Code) -> Connection:
        assert code.connection_id is not None  # noqa: S101  (set by exchange)
        connection = Connection(
            id=code.connection_id,
            organization_id=code.organization_id,
            name=code.name,
            scopes=code.scopes,
            created=self._clock.now(),
        )
        self._connections[connection.id] = connection
        return self._renew(connection)

    def _renew(self, connection: Connection) -> Connection:
        connection.access_token = _access_token(connection)
        connection.access_expires = self._clock.now() + ACCESS_LIFETIME
        connection.refresh_token = secrets.token_hex(64)
        return connection


def challenge(verifier: str) -> str:
    """PKCE S256: base64url of the SHA-256 of the verifier, without padding."""
    return _base64url(hashlib.sha256(verifier.encode()).digest())


def _access_token(connection: Connection) -> str:
    """Looks like the JWT in the samples, and is as opaque: the signature is random."""
    claims = {
        "org": connection.organization_id,
        "con": connection.id,
        "jti": str(uuid.uuid4()),
        "iss": "lexware-sandbox",
    }
    parts = (
        json.dumps({"alg": "HS512", "typ": "JWT"}).encode(),
        json.dumps(claims).encode(),
        secrets.token_bytes(64),
    )
    return ".".join(_base64url(part) for part in parts)


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
