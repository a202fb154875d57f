"""Who we are towards Lexware Office: the token of a connection, or an API key."""

from typing import Protocol

from lexweb.lexware import errors


class Credentials(Protocol):
    """
    Where the token comes from; the Django side refreshes under a lease, this side only asks.

    `partner` tells a connection by OAuth from an API key; `scopes` are those granted, None if nobody told.
    """

    @property
    def partner(self) -> bool: ...

    @property
    def scopes(self) -> frozenset[str] | None: ...

    def current(self) -> str:
        """Return the token to try."""

    def renew(self, rejected: str) -> str:
        """
        Return another token, because Lexware refused this one. Called at most once per call.

        :raises Unauthorized: there is no other; whatever it raises reaches the caller unchanged
        """


class ApiKey:
    """A key made at https://app.lexware.de/addons/public-api; it cannot be renewed by a program."""

    partner = False
    scopes = None

    def __init__(self, key: str) -> None:
        """
        :raises ValueError: this cannot be a key; the text does not show it
        """
        if not sendable(key):
            raise ValueError("an API key consists of visible ASCII characters")
        self._key = key

    def current(self) -> str:
        """Return the key."""
        return self._key

    def renew(self, rejected: str) -> str:
        """Refuse: only a person can make a new key."""
        raise errors.Unauthorized("the API key is refused", status=401)


class AccessToken:
    """One access token of a connection by OAuth, for as long as it lasts; `oauth.py` gets others."""

    partner = True

    def __init__(self, token: str, scopes: frozenset[str] | None = None) -> None:
        self._token, self.scopes = token, scopes

    def current(self) -> str:
        """Return the token."""
        return self._token

    def renew(self, rejected: str) -> str:
        """Refuse: whoever holds the refresh token has to get another."""
        raise errors.Unauthorized("the access token is refused", status=401)


def sendable(token: str) -> bool:
    """Tell whether a token can stand in a header."""
    return bool(token) and token.isascii() and token.isprintable() and " " not in token
