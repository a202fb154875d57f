"""
Everything that can go wrong with Lexware Office, as one tree.

    LexwareError
    ├── Unreachable      no connection: surely not carried out
    ├── Unavailable      a read failed on their side or on the way (5xx, time-out, reset)
    ├── RateLimited      429: not carried out, repeat later
    ├── Unauthorized     401: the token or key is refused
    ├── Forbidden        403: scope or right missing
    │   └── OutsideTier      it belongs to the partner API, which API keys never reach; nothing was sent
    ├── PlanRequired     402: the client's Lexware contract does not include it
    ├── NotFound         404
    ├── NotReady         409 to a read: a draft has no file yet
    ├── Conflict         409 to a write, or 406 that names the version: someone saved first
    ├── Rejected         406 and 400: the values are refused, `issues` says which
    ├── Uncertain        a write whose outcome is unknown: look first, never resend
    ├── Unexpected       an answer we cannot make sense of
    └── OAuthError       the authorization server refuses (`oauth.py` hands them on)
        ├── InvalidGrant     code or refresh token is void: connect again
        ├── ClientDisabled   Lexware switched our client off
        └── ClientRejected   client id or secret is wrong

`str()` and `repr()` of each are safe to log: method, path with ids masked, status, request id, and a reason
in our own words. What Lexware wrote, what was sent, tokens and query strings are never part of them.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from lexweb.lexware.needs import Need

UUID_PATTERN = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def template(path: str) -> str:
    """Mask the ids in a path: `/v1/contacts/{id}`. Query strings are cut off, too."""
    return UUID_PATTERN.sub("{id}", path.partition("?")[0])


@dataclass(frozen=True)
class Issue:
    """
    One complaint of Lexware Office (behaviour.md, chapter 4).

    `source` is the member at fault as Lexware names it (`company.name`, `emailAddresses[0].emailAddress`), ""
    if it does not say. Branch on `code` (`missing_entity`, `NOTNULL`, … or "unknown"); `message` is partly
    German, not meant for end users, may quote what was typed, and is therefore not part of the repr.
    """

    source: str
    code: str
    message: str = field(default="", repr=False)


class LexwareError(Exception):
    """
    The root: catch it to catch all.

    `path` carries no query string. `issues` are filled whenever the body named any. `throttled` says that
    slowing down is due, also where the rate limit only may be the cause. `need` says what a call that was forbidden
    needs: tier, scope, booked feature.
    """

    def __init__(
        self,
        reason: str = "",
        *,
        method: str = "",
        path: str = "",
        status: int | None = None,
        request_id: str | None = None,
        issues: tuple[Issue, ...] = (),
        throttled: bool = False,
        need: Need | None = None,
    ) -> None:
        self.reason = reason
        self.method = method
        self.path = path.partition("?")[0]
        self.status = status
        self.request_id = request_id
        self.issues = issues
        self.throttled = throttled
        self.need = need
        super().__init__(str(self))  # args are what pickle and loggers look at

    def __str__(self) -> str:
        call = f"{self.method} {template(self.path)}".strip()
        facts = [str(self.status or ""), self.reason, f"request {self.request_id}" if self.request_id else ""]
        return ": ".join(part for part in (call, ", ".join(fact for fact in facts if fact)) if part)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"


class Unreachable(LexwareError):
    """No connection came about; nothing was sent."""


class Unavailable(LexwareError):
    """A read failed on their side or on the way; reading again is harmless."""


class RateLimited(LexwareError):
    """
    Too many requests; the call was not carried out. Either Lexware says so, or the pace before anything is sent.

    `retry_after` is in seconds, None if nobody says; of what Lexware says 30 at most.
    """

    def __init__(self, reason: str = "", *, retry_after: float | None = None, **facts: Any) -> None:
        self.retry_after = retry_after
        super().__init__(reason, **facts)


class Unauthorized(LexwareError):
    """The token or key is refused, and renewing did not help."""


class Forbidden(LexwareError):
    """A scope or right is missing. The gateway also says so for routes that do not exist."""


class OutsideTier(Forbidden):
    """The call belongs to the partner API: connect by OAuth instead of an API key. Nothing was sent."""


class PlanRequired(LexwareError):
    """The client's contract with Lexware does not include this."""


class NotFound(LexwareError):
    """No such record, also when the id belongs to another kind of record."""


class NotReady(LexwareError):
    """What was asked for does not exist yet: the file of a draft, before somebody finalizes it."""


class Conflict(LexwareError):
    """Someone saved it first: the version sent is not the newest. Never repeat."""


class Rejected(LexwareError):
    """The values are refused. `issues` holds at least one entry."""


class Uncertain(LexwareError):
    """
    A write whose outcome is unknown. It may have been carried out, so repeating it may do it twice.

    `sent` is what was sent (None for OAuth, where it is secret); `look` says how to find out.
    """

    def __init__(self, reason: str = "", *, sent: object = None, look: str = "", **facts: Any) -> None:
        self.sent = sent
        self.look = look
        super().__init__(reason, **facts)


class Unexpected(LexwareError):
    """An answer outside of everything known: garbage, a wrong shape, a redirect."""


class OAuthError(LexwareError):
    """
    The authorization server refuses.

    `code` is the standard name of the reason (RFC 6749), `description` its words, which may say anything.
    """

    def __init__(self, reason: str = "", *, code: str = "", description: str = "", **facts: Any) -> None:
        self.code = code
        self.description = description
        super().__init__(reason, **facts)


class InvalidGrant(OAuthError):
    """The code or refresh token is void: the client has to connect again."""


class ClientDisabled(OAuthError):
    """Lexware switched our client off, for security or unusual use."""


class ClientRejected(OAuthError):
    """Our client id or secret is wrong."""
