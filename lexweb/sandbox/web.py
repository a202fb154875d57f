"""A thin layer over bottle: a request becomes a Call, handlers return an Answer. Only here is bottle."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import bottle

from lexweb.sandbox import multipart
from lexweb.sandbox.multipart import Part

Json = dict[str, Any]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PAGES = [str(Path(__file__).parent / "pages")]  # one list for good: bottle keeps compiled pages by its identity


@dataclass(frozen=True)
class Call:
    """One request. ``path`` has no trailing slash (the API accepts one), ``query`` is still encoded."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    base_url: str

    @cached_property
    def params(self) -> dict[str, str]:
        """Query parameters, decoded; of a repeated one the first counts."""
        return _first_of_each(self.query)

    @cached_property
    def form(self) -> dict[str, str]:
        """Fields of a form-encoded body."""
        return _first_of_each(self.body.decode("utf-8", "replace"))

    @cached_property
    def files(self) -> dict[str, Part]:
        """
        The files of a multipart body; fields without a file name are in ``fields``.

        :raises ValueError: it is not a multipart body
        """
        return self._posted[1]

    @cached_property
    def fields(self) -> dict[str, str]:
        """
        The fields of a multipart body.

        :raises ValueError: it is not a multipart body
        """
        return self._posted[0]

    @cached_property
    def _posted(self) -> tuple[dict[str, str], dict[str, Part]]:
        return multipart.read(self.headers.get("content-type", ""), self.body)

    @property
    def media_type(self) -> str:
        """Content-Type without its parameters, in lower case; empty if there is none."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def bearer(self) -> str | None:
        """The token of an ``Authorization: Bearer`` header."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" and token.strip() else None

    @property
    def basic(self) -> tuple[str, str] | None:
        """User and password of an ``Authorization: Basic`` header."""
        scheme, _, encoded = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            user, colon, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return (user, password) if colon else None

    def cookie(self, name: str) -> str | None:
        """The value of a cookie."""
        morsel = SimpleCookie(self.headers.get("cookie", "")).get(name)
        return morsel.value if morsel else None

    def json(self) -> Any:
        """
        The body as JSON.

        :raises ValueError: it is not JSON
        """
        try:
            return json.loads(self.body)
        except RecursionError as deep:
            raise ValueError("nested too deeply") from deep


@dataclass(frozen=True)
class Answer:
    """One response, body ready to send."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class Refused(Exception):
    """Ends the handling of a request with the answer it carries."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"refused with {answer.status}")
        self.answer = answer


# Answers a Call; named parts of the address come as keyword arguments.
Handler = Callable[..., Answer]


def as_json(value: object, status: int = 200, **headers: str) -> Answer:
    """An answer with a JSON body; underscores in header names stand for hyphens."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Answer(status, body, {"Content-Type": "application/json", **named})


def as_page(page: str, /, status: int = 200, **values: object) -> Answer:
    """An answer with the HTML page ``pages/<page>.html``; bottle escapes every value."""
    text = bottle.template(f"{page}.html", template_lookup=PAGES, **values)
    return Answer(status, text.encode(), {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"})


def redirect(address: str, *, cookie: str | None = None, status: int = 303) -> Answer:
    """An answer that sends the browser elsewhere."""
    return Answer(status, b"", {"Location": address} | ({"Set-Cookie": cookie} if cookie else {}))


class App:
    """Addresses and their handlers; ``wsgi`` is what a server runs."""

    def __init__(self) -> None:
        # catchall=False: a bug of ours shall reach the server, and a Hangup its connection.
        self._bottle = bottle.Bottle()
        self._bottle.config["catchall"] = False
        self._bottle.default_error_handler = lambda error: str(error.body)

    @property
    def wsgi(self) -> Wsgi:
        """The WSGI application."""
        application: Wsgi = self._bottle
        return application

    def route(self, methods: str, rule: str, handler: Handler) -> None:
        """Let ``handler`` answer the given methods (separated by blanks, or ANY) at a bottle rule."""

        def callback(**parts: str) -> Any:
            try:
                answer = handler(_call(), **parts)
            except Refused as refusal:
                answer = refusal.answer
            return bottle.HTTPResponse(answer.body, answer.status, answer.headers)

        self._bottle.route(rule, method=methods.split(), callback=callback)


def _call() -> Call:
    environ = bottle.request.environ
    # bottle has dropped what is not UTF-8 from PATH_INFO; an address must not become another one that way
    path = environ["bottle.raw_path"].encode("latin-1").decode("utf-8", "replace")
    headers = {key[5:].replace("_", "-").lower(): text for key, text in environ.items() if key.startswith("HTTP_")}
    headers["content-type"] = environ.get("CONTENT_TYPE") or ""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    return Call(
        method=environ["REQUEST_METHOD"],
        path=path.rstrip("/") or "/",
        query=environ.get("QUERY_STRING", ""),
        headers=headers,
        body=environ["wsgi.input"].read(length) if length else b"",
        base_url=f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST') or environ['SERVER_NAME']}",
    )


def _first_of_each(encoded: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        found.setdefault(name, value)
    return found
