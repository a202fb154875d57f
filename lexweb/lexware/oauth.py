"""
Connecting a client: Lexware's authorization server (partner docs: "OAuth"; oauth-and-partner.md, chapter 2).

Authorization code with PKCE. A code works once and for five minutes; a refresh token works once, each refresh
brings the next one. So nothing here is repeated unless the server said 429, which promises that nothing
happened.
"""

import base64
import re
import secrets
import time
import unicodedata
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from oauthlib.common import add_params_to_uri
from oauthlib.oauth2 import WebApplicationClient
from pydantic import BaseModel, ConfigDict, Field

from lexweb.lexware import _http, errors, oauth_answers, retry, shapes
from lexweb.lexware.errors import ClientDisabled, ClientRejected, InvalidGrant, OAuthError
from lexweb.lexware.pacing import NoPace, Pace

__all__ = [
    "AuthorizationServer",
    "ClientDisabled",
    "ClientRejected",
    "InvalidGrant",
    "OAuthError",
    "Tokens",
    "challenge",
    "clean_connection_name",
    "new_verifier",
]

AUTHORIZE = "/oauth2/authorize"
# Together under 45 s: 10 s until the last attempt starts, and 18 + 15 s for an answer that drips and then falls
# silent (`_http.Timeouts`). Whoever refreshes holds a lease meanwhile, and others wait for it.
TIMEOUTS = _http.Timeouts(connect=5, read=15, write=5, pool=1, total=18)
PATIENCE = 10.0
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_NOT_IN_NAMES = re.compile(r'[^/?äöüÄÖÜßa-zA-Z0-9.\-{}"_\\:=,()\s]')


class Tokens(BaseModel):
    """
    What a grant is worth. `expires_in` is in seconds and may end early.

    Store the pair before using it: the refresh token that brought it is void. `scope` may be an old form
    ("read write"), so do not match on it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    access_token: str = Field(repr=False, min_length=1)
    refresh_token: str = Field(repr=False, min_length=1)
    expires_in: int = Field(gt=0)
    scope: str = ""


class AuthorizationServer:
    """Lexware's authorization server, as our client sees it. Use it in a `with`, or `close()` it."""

    def __init__(
        self,
        app_url: str,
        client_id: str,
        client_secret: str,
        *,
        timeout: _http.Timeouts = TIMEOUTS,
        patience: float = PATIENCE,
        pace: Pace | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        on_exchange: Callable[[_http.Exchange], None] | None = None,
        transport: _http.Transport | None = None,
    ) -> None:
        """
        :param app_url: https://app.lexware.de, without a path
        :param patience: seconds after which a call is not repeated; blocks (429) last from seconds to minutes
        :param pace: of all who ask this server: its limits are not those of the API
        """
        self._app_url = app_url.rstrip("/")
        self._client = WebApplicationClient(client_id)
        self._authorization = _basic(client_id, client_secret)
        self._patience = patience
        self._pace = pace or NoPace()
        self._sleep = sleep
        self._clock = clock
        self._sender = _http.Sender(app_url, timeout=timeout, transport=transport, on_exchange=on_exchange)

    def authorization_url(
        self,
        *,
        redirect_uri: str,
        state: str,
        verifier: str,
        connection_name: str | None = None,
        scope: str | None = None,
    ) -> str:
        """
        Return the address to send the person to; they come back with `code` and `state`, or with `error`.

        :param redirect_uri: exactly as registered
        :param verifier: from `new_verifier()`; keep it for `exchange`
        :param connection_name: shown to the person in Lexware Office; cleaned here
        :param scope: separated by blanks; without it Lexware asks for all scopes of our client
        """
        parameters = {
            "response_type": "code",
            "client_id": self._client.client_id,
            "redirect_uri": redirect_uri,
            "state": state,
            "code_challenge": challenge(verifier),
            "code_challenge_method": "S256",
            "scope": scope,
            "connection_name": clean_connection_name(connection_name or ""),
        }
        # Not the client's prepare_request_uri: it refuses http, and the sandbox has no certificate.
        given = [(name, value) for name, value in parameters.items() if value]
        return str(add_params_to_uri(self._app_url + AUTHORIZE, given))

    def exchange(self, code: str, *, verifier: str, redirect_uri: str) -> Tokens:
        """
        Trade the code for tokens. The code is used up, whatever the outcome.

        :raises InvalidGrant: the code is void or expired, or the redirect URI differs: start again
        :raises Uncertain: unknown outcome: start again
        """
        body = self._client.prepare_request_body(
            code=code, redirect_uri=redirect_uri, code_verifier=verifier, include_client_id=False
        )
        return self._tokens(body, look="start the connection again: the code is used up")

    def refresh(self, refresh_token: str) -> Tokens:
        """
        Trade the refresh token for the next pair. One at a time per connection.

        :raises InvalidGrant: the connection is gone
        :raises Uncertain: unknown outcome: the old token may be void and the new one lost
        """
        body = self._client.prepare_refresh_body(refresh_token=refresh_token)
        return self._tokens(body, look="try the stored refresh token once more; InvalidGrant means: connect again")

    def revoke(self, token: str) -> None:
        """
        End the connection; the access token dies with the refresh token. A token already void is fine.

        :raises Uncertain: unknown outcome; this one may safely be repeated
        """
        self._post(oauth_answers.REVOKE, urlencode({"token": token}), look="revoke it again")

    def close(self) -> None:
        """Close the connections."""
        self._sender.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _tokens(self, body: str, *, look: str) -> Tokens:
        document = self._post(oauth_answers.TOKEN, body, look=look)
        try:
            return shapes.decode(Tokens, document, method="POST", path=oauth_answers.TOKEN)
        except errors.Unexpected as misfit:
            doubt = errors.Uncertain(misfit.reason, method="POST", path=oauth_answers.TOKEN, status=200)
        doubt.look = look
        raise doubt

    def _post(self, path: str, body: str, *, look: str) -> Any:
        headers = {**_FORM, "Authorization": self._authorization}
        request = _http.Request("POST", path, headers=headers, content=body.encode())

        def once(attempt: int) -> Any:
            answer = self._sender.send(request, attempt=attempt)
            try:
                return oauth_answers.decipher(answer.status, answer.headers, answer.body, path=path)
            except errors.RateLimited as error:
                self._pace.penalize(retry.penalty(error, attempt))
                raise

        try:
            patience = retry.Patience(self._patience, self._sleep, self._clock)
            return patience.run(once, method="POST", ready=self._pace.wait)
        except errors.Uncertain as doubt:
            doubt.look = look
            raise


def new_verifier() -> str:
    """Return a fresh PKCE verifier: 86 random characters (43 to 128 are allowed)."""
    return secrets.token_urlsafe(64)


def challenge(verifier: str) -> str:
    """Return the S256 challenge of a verifier: base64url without padding."""
    return str(WebApplicationClient("").create_code_challenge(verifier, "S256"))


def clean_connection_name(text: str) -> str:
    """Return the text without the characters Lexware refuses, such as & and accents other than umlauts."""
    composed = unicodedata.normalize("NFC", text)  # an umlaut typed on a Mac may come as two characters
    return " ".join(_NOT_IN_NAMES.sub("", composed).split())


def _basic(client_id: str, client_secret: str) -> str:
    # RFC 6749 wants both form-encoded first; the clients known to work send them raw (oauth-and-partner.md,
    # chapter 2). Encoding just % and + satisfies servers that decode, and changes nothing for usual secrets.
    secret = client_secret.replace("%", "%25").replace("+", "%2B")
    raw = f"{client_id}:{secret}"  # ids are UUIDs
    return "Basic " + base64.b64encode(raw.encode()).decode("ascii")
