"""Holds every exchange of every sandbox in this process against the contract, whatever the test is about."""

import json
from functools import lru_cache

from lexweb.sandbox.journal import Entry
from lexweb.sandbox.web import Answer, Call
from tests.contract import schema
from tests.contract.schema import Kind

OURS = "lexweb"  # the user agent of the client package
JSON = "application/json"


class Witness:
    """A list of what went wrong, to be looked at after each test."""

    def __init__(self) -> None:
        self.seen = 0
        self.complaints: list[str] = []

    def __call__(self, call: Call, answer: Answer, entry: Entry) -> None:
        """Take note of one exchange. Never raises: it runs inside the sandbox."""
        if entry.fault not in {None, "slow"} or not _known(call, answer):
            return  # what a fault answers in place of the resource is none of the contract's
        self.seen += 1
        wrong = [f"answered {each}" for each in _answer(call, answer)]
        if call.headers.get("user-agent") == OURS and answer.status < 400:
            wrong += [f"asked {each}" for each in _request(call)]
        self.complaints += [f"{call.method} {call.path} {answer.status} {each}" for each in wrong]

    def forget(self) -> list[str]:
        """Return the complaints and begin anew."""
        complaints, self.complaints = self.complaints, []
        return complaints


def _known(call: Call, answer: Answer) -> bool:
    """Nobody describes how addresses and methods that do not exist are refused, nor pages that are too big."""
    return bool(schema.operations(call.method, call.path)) or answer.status < 400


def _answer(call: Call, answer: Answer) -> list[str]:
    media_type = answer.headers.get("Content-Type", JSON).split(";")[0].strip()
    if answer.body and media_type != JSON:
        return _file(call, answer.status, media_type)
    return list(_violations(call.method, call.path, answer.status, answer.body, "response"))


def _file(call: Call, status: int, media_type: str) -> list[str]:
    """A file is as described if its media type is."""
    described = [operation.content(status, "response") or {} for operation in schema.operations(call.method, call.path)]
    if any(media_type in each or "*/*" in each for each in described):
        return []
    return [f"{media_type} is not in the contract"]


def _request(call: Call) -> list[str]:
    found = schema.operations(call.method, call.path)
    query = min((operation.query_violations(call.params) for operation in found), key=len)
    if call.media_type == "multipart/form-data":
        form = call.fields | dict.fromkeys(call.files, "binary")
        return query + schema.violations(call.method, call.path, 200, form, "request")
    return query + list(_violations(call.method, call.path, 200, call.body, "request"))


@lru_cache(maxsize=2_000)
def _violations(method: str, path: str, status: int, body: bytes, kind: Kind) -> tuple[str, ...]:
    return tuple(schema.violations(method, path, status, json.loads(body) if body else None, kind))
