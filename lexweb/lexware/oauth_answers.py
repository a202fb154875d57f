"""What an answer of the authorization server means (RFC 6749, 5.2; oauth-and-partner.md, chapter 2). Pure."""

import re
from collections.abc import Mapping
from typing import Any

from lexweb.lexware import answers, errors

TOKEN = "/oauth2/token"  # noqa: S105 - an address
REVOKE = "/oauth2/revoke"

_BY_CODE: dict[str, type[errors.OAuthError]] = {
    "invalid_grant": errors.InvalidGrant,
    "unauthorized_client": errors.ClientDisabled,
    "invalid_client": errors.ClientRejected,
}


def decipher(status: int, headers: Mapping[str, str], body: bytes, *, path: str) -> Any:
    """
    Return the parsed JSON of a success, raise what the answer means otherwise.

    :raises LexwareError: an `OAuthError` for a refusal, else as `answers.decipher` for a POST
    """
    if path == REVOKE and 200 <= status < 300:
        return None  # revoked; whatever the body says must not spoil that
    try:
        return answers.decipher(status, headers, body, method="POST", path=path)
    except (errors.Rejected, errors.Unauthorized) as refusal:
        plain = refusal
    raise _refusal(plain)


def _refusal(plain: errors.LexwareError) -> errors.OAuthError:
    issue = next(iter(plain.issues), errors.Issue("", ""))
    code = issue.code if re.fullmatch(r"[a-z_]{1,40}", issue.code) else ""  # it goes into logs
    kind = errors.ClientRejected if plain.status == 401 else _BY_CODE.get(code, errors.OAuthError)
    return kind(
        code,
        code=code,
        description=issue.message,
        method=plain.method,
        path=plain.path,
        status=plain.status,
        request_id=plain.request_id,
    )
