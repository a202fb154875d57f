"""One call from question to shape: token, pace, send, decipher, and again where that is safe."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from lexweb.lexware import _http, errors, retry, shapes
from lexweb.lexware.answers import decipher
from lexweb.lexware.credentials import Credentials, sendable
from lexweb.lexware.pacing import Pace

T = TypeVar("T")


class Session:
    """What the endpoint families share: `get`, `post`, `put`."""

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

    def post(self, path: str, sent: shapes.Shape, *, look: str) -> shapes.ActionResult:
        """Create something. `look` is the advice that goes with `Uncertain`."""
        return self._write("POST", path, sent, look)

    def put(self, path: str, sent: shapes.Shape, *, look: str) -> shapes.ActionResult:
        """Replace something. `look` is the advice that goes with `Uncertain`."""
        return self._write("PUT", path, sent, look)

    def _write(self, method: str, path: str, sent: shapes.Shape, look: str) -> shapes.ActionResult:
        content = json.dumps(sent.payload(), allow_nan=False).encode()
        request = _http.Request(method, path, headers={"Content-Type": "application/json"}, content=content)
        try:
            document = self._call(request)
            return _done(document, method, path)
        except errors.Uncertain as doubt:
            doubt.sent, doubt.look = sent, look
            raise

    def _call(self, request: _http.Request) -> Any:
        patience = retry.Patience(self._patience, self.sleep, self._clock)
        token = self._credentials.current()
        try:
            return self._repeat(patience, request, token)
        except errors.Unauthorized:
            pass
        # Outside of the retries: a trouble in renewing must not make us repeat the call with the old token.
        renewed = self._credentials.renew(token)
        return self._repeat(patience, request, renewed)

    def _repeat(self, patience: retry.Patience, request: _http.Request, token: str) -> Any:
        def ready() -> None:
            if not sendable(token):
                raise errors.Unauthorized("the token is malformed", method=request.method, path=request.path)
            self._pace.wait()  # a slot that comes too late for the caller is no better in the next attempt

        return patience.run(lambda attempt: self._once(request, token, attempt), method=request.method, ready=ready)

    def _once(self, request: _http.Request, token: str, attempt: int) -> Any:
        signed = replace(request, headers={**request.headers, "Authorization": f"Bearer {token}"})
        answer = self._sender.send(signed, attempt=attempt)
        try:
            return decipher(answer.status, answer.headers, answer.body, method=request.method, path=request.path)
        except errors.LexwareError as error:
            if error.throttled:
                self._pace.penalize(retry.penalty(error, attempt))
            raise


def _done(document: object, method: str, path: str) -> shapes.ActionResult:
    try:
        return shapes.decode(shapes.ActionResult, document, method=method, path=path)
    except errors.Unexpected as misfit:
        reason = misfit.reason
    # Carried out, but we cannot tell under which id.
    raise errors.Uncertain(reason, method=method, path=path)
