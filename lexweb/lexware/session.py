"""One call from question to shape: token, pace, send, decipher, and again where that is safe."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from lexweb.lexware import _http, errors, needs, retry, shapes
from lexweb.lexware.answers import decipher
from lexweb.lexware.credentials import Credentials, sendable
from lexweb.lexware.pacing import Pace
from lexweb.lexware.transfers import Download, Upload

T = TypeVar("T")
Sent = shapes.Flat | Sequence[shapes.Flat]


class Session:
    """What the endpoint families share: `get`, `post`, `put`, `delete`, `upload`, `download`."""

    def __init__(
        self,
        sender: _http.Sender,
        *,
        credentials: Credentials,
        pace: Pace,
        patience: float,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
    ) -> None:
        self._sender = sender
        self._credentials = credentials
        self._pace = pace
        self._patience = patience
        self._clock = clock
        self.sleep = sleep

    def get(self, path: str, kind: type[T], query: Mapping[str, str] | None = None) -> T:
        """Read something as the given shape."""
        document = self._call(_http.Request("GET", path, query=query or {}))
        return shapes.decode(kind, document, method="GET", path=path)

    def post(
        self,
        path: str,
        sent: Sent,
        *,
        look: str,
        kind: type[T] = shapes.ActionResult,  # type: ignore[assignment]
        query: Mapping[str, str] | None = None,
    ) -> T:
        """Create something. `look` is the advice that goes with `Uncertain`."""
        return self._write(_json("POST", path, sent, query), sent, look, kind)

    def put(self, path: str, sent: Sent, *, look: str, kind: type[T] = shapes.ActionResult) -> T:  # type: ignore[assignment]
        """Replace something. `look` is the advice that goes with `Uncertain`."""
        return self._write(_json("PUT", path, sent), sent, look, kind)

    def delete(self, path: str, *, look: str) -> None:
        """Remove something. `look` is the advice that goes with `Uncertain`."""
        with _doubtful(None, look):
            self._call(_http.Request("DELETE", path))

    def upload(
        self, path: str, file: Upload, *, look: str, kind: type[T], fields: Mapping[str, str] | None = None
    ) -> T:
        """Send a file as multipart. `look` is the advice that goes with `Uncertain`."""
        request = _http.Request("POST", path, fields=fields or {})
        return self._write(request, file, look, kind, file)

    @contextmanager
    def download(self, path: str, *, accept: str = "*/*") -> Iterator[Download]:
        """
        Read a file as it comes in; repeats like any read until the answer begins, not after that.

        :param accept: the media type that is wanted (behaviour.md, chapter 9)
        """
        request = _http.Request("GET", path, headers={"Accept": accept})
        incoming = self._signed(request, lambda signed, attempt: self._opened(signed, attempt))
        try:
            yield Download(incoming)
        finally:
            incoming.close()

    def raw(self, request: _http.Request) -> _http.Answer:
        """Send a request made by hand once and return the answer whatever it says; only 401 renews the token."""

        def once(signed: _http.Request, attempt: int) -> _http.Answer:
            answer = self._sender.send(signed, attempt=attempt)
            try:
                self._accepted(answer, signed, attempt)
            except errors.Unauthorized:
                raise
            except errors.LexwareError:
                pass  # the answer says it all; if it said that we are too fast, all are slower now
            return answer

        return self._signed(request, once)

    def _write(self, request: _http.Request, sent: object, look: str, kind: type[T], file: Upload | None = None) -> T:
        with _doubtful(sent, look):
            return _done(kind, self._call(request, file), request.method, request.path)

    def _within_tier(self, request: _http.Request) -> None:
        """Refuse what an API key never reaches: the answer is known, and the slot is better spent."""
        need = needs.of(request.method, request.path)
        if need.partner and not self._credentials.partner:
            raise errors.OutsideTier("partner API only", method=request.method, path=request.path, need=need)

    def _call(self, request: _http.Request, file: Upload | None = None) -> Any:
        self._within_tier(request)

        def once(signed: _http.Request, attempt: int) -> Any:
            if file is None:
                return self._accepted(self._sender.send(signed, attempt=attempt), signed, attempt)
            with file.open() as stream:
                attached = replace(signed, attachment=_http.Attachment(file.name, file.media_type, stream))
                return self._accepted(self._sender.send(attached, attempt=attempt), signed, attempt)

        return self._signed(request, once)

    def _opened(self, request: _http.Request, attempt: int) -> _http.Incoming:
        incoming = self._sender.open(request, attempt=attempt)
        if 200 <= incoming.status < 300:
            return incoming
        try:
            refusal = _http.Answer(incoming.status, incoming.headers, b"".join(incoming.chunks()))
        finally:
            incoming.close()
        self._accepted(refusal, request, attempt)
        raise AssertionError("a refusal raises")

    def _accepted(self, answer: _http.Answer, request: _http.Request, attempt: int) -> Any:
        """Return the parsed body; raise what the answer means, and slow down where it says so."""
        try:
            return decipher(answer.status, answer.headers, answer.body, method=request.method, path=request.path)
        except errors.LexwareError as error:
            if error.throttled:
                self._pace.penalize(retry.penalty(error, attempt))
            raise

    def _signed(self, request: _http.Request, once: Callable[[_http.Request, int], T]) -> T:
        """Run `once(signed request, attempt)`, repeat where that is safe, and once more with a renewed token."""
        patience = retry.Patience(self._patience, self.sleep, self._clock)
        token = self._credentials.current()
        try:
            return self._repeat(patience, request, token, once)
        except errors.Unauthorized:
            pass
        # Outside of the retries: a trouble in renewing must not make us repeat the call with the old token.
        renewed = self._credentials.renew(token)
        return self._repeat(patience, request, renewed, once)

    def _repeat(
        self, patience: retry.Patience, request: _http.Request, token: str, once: Callable[[_http.Request, int], T]
    ) -> T:
        def ready() -> None:
            if not sendable(token):
                raise errors.Unauthorized("the token is malformed", method=request.method, path=request.path)
            self._pace.wait()  # a slot that comes too late for the caller is no better in the next attempt

        signed = replace(request, headers={**request.headers, "Authorization": f"Bearer {token}"})
        return patience.run(lambda attempt: once(signed, attempt), method=request.method, ready=ready)


def _json(method: str, path: str, sent: Sent, query: Mapping[str, str] | None = None) -> _http.Request:
    document = sent.payload() if isinstance(sent, shapes.Flat) else [each.payload() for each in sent]
    content = json.dumps(document, allow_nan=False).encode()
    return _http.Request(method, path, query=query or {}, headers={"Content-Type": "application/json"}, content=content)


@contextmanager
def _doubtful(sent: object, look: str) -> Iterator[None]:
    try:
        yield
    except errors.Uncertain as doubt:
        doubt.sent, doubt.look = sent, look
        raise


def _done(kind: type[T], document: object, method: str, path: str) -> T:
    try:
        return shapes.decode(kind, document, method=method, path=path)
    except errors.Unexpected as misfit:
        reason = misfit.reason
    # Carried out, but we cannot tell under which id.
    raise errors.Uncertain(reason, method=method, path=path)
