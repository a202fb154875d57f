"""
A call made by hand: any method and address under `/v1/`, and the answer as it came.

The token goes wherever the address points to, so what an address may look like is decided here, once: words of
letters, digits, `-` and `_` between single slashes. That is every address Lexware documents, and leaves no room for
another host, for `..`, or for tricks with percent signs. Of the headers only those of `HEADERS` can be set.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic_core import from_json

from lexweb.lexware import _http, issues
from lexweb.lexware.session import Session

METHODS = ("GET", "POST", "PUT", "DELETE")
CARRYING = frozenset({"POST", "PUT"})  # methods whose request has a body
LONGEST_PATH = 300
PATH = re.compile(r"/v1(?:/[A-Za-z0-9_-]+)+/?", re.ASCII)
HEADERS = (
    "Accept",
    "Accept-Language",
    "Cache-Control",
    "Content-Type",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Unmodified-Since",
    "Prefer",
    "User-Agent",
    "X-Request-Id",
)
_SETTABLE = frozenset(name.lower() for name in HEADERS)
_SILENT = frozenset({"set-cookie", "set-cookie2", "authorization", "proxy-authorization", "proxy-authenticate"})
_NAMES = """
v1 accounts articles assignments balances bankaccounts cash-boxes contacts countries credit-notes delivery-notes
document down-payment-invoices dunnings event-subscriptions file files finance interaction-status invoices
latest-transaction order-confirmations organization partner-integrations payment-conditions payments ping
posting-categories print-layouts profile quotations recurring-templates sendmail status
transaction-assignment-hint transactions voucherlist vouchers
"""
_WORDS = frozenset(_NAMES.split())


@dataclass(frozen=True)
class RawCall:
    """
    What to send; `path` without query.

    :raises ValueError: the method, address or a header is not allowed; the text quotes nothing
    """

    method: str
    path: str = field(repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise ValueError("the method is not allowed")
        if not is_path(self.path):
            raise ValueError("the address is not one of the API")
        if not all(is_settable(name) and is_value(value) for name, value in self.headers.items()):
            raise ValueError("a header is not allowed")
        if self.content is not None and self.method not in CARRYING:
            raise ValueError("this method has no body")


@dataclass(frozen=True)
class RawAnswer:
    """What came back: header names in lower case, without those that hold secrets; `seconds` on the wire."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    seconds: float
    request_id: str


def send(session: Session, call: RawCall) -> RawAnswer:
    """
    Send the call and return its answer, whatever the status.

    A refused token is renewed, and the call repeated once; a read without an answer is repeated, a write never.

    :raises Unauthorized: renewing did not help
    :raises Unreachable: nothing was sent
    :raises Unavailable: a read got no answer
    :raises Uncertain: a write got no answer
    """
    answer = session.raw(
        _http.Request(
            call.method,
            call.path,
            query=call.query,
            headers=_accepting(call.headers),
            content=call.content,
            masked=template(call.path),
        )
    )
    headers = {name.lower(): value for name, value in answer.headers.items() if name.lower() not in _SILENT}
    identity = issues.request_id(headers, _document(answer.body)) or ""
    return RawAnswer(answer.status, headers, answer.body, answer.seconds, identity)


def is_path(path: str) -> bool:
    """Say whether this is an address of the API, whatever is found there."""
    return len(path) <= LONGEST_PATH and PATH.fullmatch(path) is not None


def is_settable(name: str) -> bool:
    """Say whether a header with this name can be set by hand."""
    return name.lower() in _SETTABLE


def is_value(value: str) -> bool:
    """Say whether a header can hold this."""
    return value.isascii() and value.isprintable()


def template(path: str) -> str:
    """Mask everything but the words of the API's own addresses: what was typed may be a name."""
    words = path.partition("?")[0].strip("/").split("/")
    return "/" + "/".join(word if word in _WORDS else "{id}" for word in words)


def _accepting(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Take whatever comes unless somebody chose: a file asked for as JSON is refused (behaviour.md, chapter 9)."""
    return headers if any(name.lower() == "accept" for name in headers) else {**headers, "Accept": "*/*"}


def _document(body: bytes) -> object:
    try:
        return from_json(body)
    except ValueError:
        return None
