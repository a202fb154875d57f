"""What an answer means: `decipher` turns status, headers and body into a value or an error. Pure."""

import codecs
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn

from pydantic_core import from_json

from lexweb.lexware import errors, issues, needs

READS = frozenset({"GET", "HEAD"})
LONGEST_WAIT = 30.0  # seconds of Retry-After; longer ones are told as RateLimited, and all ask again after that
_BY_STATUS: dict[int, type[errors.LexwareError]] = {
    400: errors.Rejected,
    401: errors.Unauthorized,
    402: errors.PlanRequired,
    403: errors.Forbidden,
    404: errors.NotFound,
    406: errors.Rejected,
    409: errors.Conflict,
    429: errors.RateLimited,
}


class _Garbage(ValueError):
    """The body is not JSON."""


def decipher(status: int, headers: Mapping[str, str], body: bytes, *, method: str, path: str) -> Any:
    """
    Return the parsed JSON of a success (None for an empty body), raise what the answer means otherwise.

    :raises LexwareError: one of the tree in `errors.py`, never anything else
    """
    lowered = {name.lower(): value for name, value in headers.items()}
    try:
        document = _parse(body)
    except _Garbage:
        document, readable = None, False
    else:
        readable = True
    if not 200 <= status < 300:
        _refuse(status, lowered, document if readable else _plain_text(lowered, body), method=method, path=path)
    if readable:
        return document
    # A write that succeeded but answers garbage did happen, only its id is lost: that is Uncertain, not a
    # failure that invites a second try.
    kind = errors.Unexpected if method in READS else errors.Uncertain
    raise kind("the answer is not JSON", method=method, path=path, status=status)


def _refuse(status: int, headers: Mapping[str, str], document: object, *, method: str, path: str) -> NoReturn:
    found = issues.read(document)
    kind = _kind(status, found, method)
    if kind is errors.Rejected and not found:
        found = (errors.Issue("", issues.UNKNOWN),)  # so that a form always has something to show
    extra: dict[str, Any] = {"retry_after": _retry_after(headers)} if kind is errors.RateLimited else {}
    if kind in {errors.Forbidden, errors.PlanRequired}:
        extra["need"] = needs.of(method, path)
    raise kind(
        method=method,
        path=path,
        status=status,
        request_id=issues.request_id(headers, document),
        issues=found,
        throttled=status == 429 or (status == 500 and issues.says_rate_limit(document)),
        **extra,
    )


def _kind(status: int, found: tuple[errors.Issue, ...], method: str) -> type[errors.LexwareError]:
    if status == 406 and method == "PUT" and any(issue.source == "version" for issue in found):
        return errors.Conflict  # contacts say a stale version so (behaviour.md, chapter 5)
    if status == 409 and method in READS:
        return errors.NotReady  # a read has no version that could be stale (behaviour.md, chapter 9)
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status == 501 or (300 <= status < 500 and status != 408):
        return errors.Unexpected
    if method in READS:
        return errors.Unavailable if 500 <= status < 600 or status == 408 else errors.Unexpected
    return errors.Uncertain  # the gateway gives up after 30 s, the work may go on behind it


def _parse(body: bytes) -> Any:
    if not body.strip():
        return None
    try:
        return from_json(body.removeprefix(codecs.BOM_UTF8), allow_inf_nan=False)  # NaN and Infinity are not JSON
    except ValueError:
        pass
    raise _Garbage  # out here, so that no part of the body travels along as context into error reports


def _plain_text(headers: Mapping[str, str], body: bytes) -> str:
    """Keep a plain text complaint; an HTML page of some proxy says nothing a person could use."""
    if not headers.get("content-type", "").lower().startswith("text/plain"):
        return ""
    return body[:2000].decode("utf-8", "replace")


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """
    Read Retry-After in seconds, from either of its two forms; `LONGEST_WAIT` at most.

    The form with a date is measured against the Date of the same answer: no clock of ours, which may be
    wrong, is asked.
    """
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", value):
        return min(float(value), LONGEST_WAIT)
    try:
        then, now = parsedate_to_datetime(value), parsedate_to_datetime(headers.get("date", ""))
        return min(max(0.0, (then - now).total_seconds()), LONGEST_WAIT)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
