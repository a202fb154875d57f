"""
Every error body Lexware Office sends, read as `Issue`s (behaviour.md, chapter 4).

regular  {"message": …, "details": [{"field", "violation", "message"}], "traceId": …}
legacy   {"IssueList": [{"source", "i18nKey", "additionalData", …}]}     contacts, files, vouchers
gateway  {"message": … or null}
and, seen in the wild: one legacy issue at the top level, a bare JSON string, plain text, HTML, nothing.
"""

import re
from collections.abc import Iterator, Mapping

from lexweb.lexware.errors import Issue

UNKNOWN = "unknown"
_REQUEST_ID_HEADERS = ("x-request-id", "x-amzn-requestid", "x-amz-apigw-id", "x-amzn-trace-id")
_SAFE_ID = re.compile(r"[\w.:;=+/-]{1,128}", re.ASCII)


def read(document: object) -> tuple[Issue, ...]:
    """Read the issues of a parsed body; empty when it names none."""
    return tuple(_issues(document))


def text(value: object) -> str:
    """Return value if it is a string, "" otherwise."""
    return value if isinstance(value, str) else ""


def says_rate_limit(document: object) -> bool:
    """Tell whether a 500 may be a hidden 429: "Internal server error or rate limit exceeded"."""
    return isinstance(document, dict) and "rate limit exceeded" in text(document.get("message")).lower()


def request_id(headers: Mapping[str, str], document: object) -> str | None:
    """
    Find the id to quote to Lexware's support.

    It goes into logs, so anything that does not look like an id is dropped.
    """
    body = document if isinstance(document, dict) else {}
    candidates = [body.get("traceId"), body.get("requestId"), *map(headers.get, _REQUEST_ID_HEADERS)]
    return next((id_ for id_ in map(text, candidates) if _SAFE_ID.fullmatch(id_)), None)


def _issues(document: object) -> Iterator[Issue]:
    if isinstance(document, str) and document.strip():
        yield Issue("", UNKNOWN, document.strip()[:500])
    elif isinstance(document, list):
        yield from map(_issue, _entries(document))
    elif isinstance(document, dict):
        nested = [*_entries(document.get("IssueList")), *_entries(document.get("details"))]
        yield from map(_issue, nested or ([document] if _speaks(document) else []))


def _issue(entry: Mapping[str, object]) -> Issue:
    code = text(entry.get("i18nKey")) or text(entry.get("violation")) or text(entry.get("error"))
    message = text(entry.get("message")) or text(entry.get("error_description")) or text(entry.get("additionalData"))
    return Issue(text(entry.get("source")) or text(entry.get("field")), code or UNKNOWN, message)


def _entries(value: object) -> list[dict[str, object]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _speaks(document: Mapping[str, object]) -> bool:
    return any(text(document.get(name)) for name in ("i18nKey", "message", "error"))
