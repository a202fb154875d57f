"""The three error bodies of the API (behaviour.md, chapter 4)."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from http import HTTPStatus

from lexweb.sandbox.web import Answer, Json, as_json


@dataclass(frozen=True)
class Issue:
    """One finding of a legacy body: what is wrong (``key``, the i18nKey) and where (``source``)."""

    key: str
    source: str | None


@dataclass(frozen=True)
class Detail:
    """One finding of a regular body: a code such as NOTNULL, the member, a sentence in German."""

    violation: str
    field: str
    message: str


def gateway(status: int, message: str) -> Answer:
    """The body of the API gateway."""
    return as_json({"message": message}, status)


def legacy(status: int, issues: Iterable[Issue], type: str | None = "validation_failure") -> Answer:
    """The body of contacts, files and vouchers."""
    entries = [
        {"i18nKey": issue.key, "source": issue.source, "type": type, "additionalData": None, "args": None}
        for issue in issues
    ]
    return as_json({"IssueList": entries}, status)


def regular(status: int, path: str, message: str, timestamp: str, details: Iterable[Detail] = ()) -> Answer:
    """The body of all other resources, and of query errors everywhere; ``details`` only if something is invalid."""
    error, trace = HTTPStatus(status).phrase, secrets.token_hex(6)
    body: Json = {"timestamp": timestamp, "status": status, "error": error, "path": path, "traceId": trace}
    body["message"] = message
    if found := [asdict(detail) for detail in details]:
        body["details"] = found
    return as_json(body, status)


def proxy_page(status: int, title: str) -> Answer:
    """What a load balancer in front of the API would say, in HTML."""
    head, body = f"<title>{status} {title}</title>", f"<h1>{status} {title}</h1>"
    page = f"<html>\r\n<head>{head}</head>\r\n<body>{body}</body>\r\n</html>"
    return Answer(status, page.encode(), {"Content-Type": "text/html"})
