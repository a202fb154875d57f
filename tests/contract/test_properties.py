"""Any JSON of the contract is read and written back without loss; anything else becomes a typed error."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lexweb.lexware import errors
from lexweb.lexware.credentials import AccessToken
from lexweb.lexware.office import NoPace, Office
from lexweb.lexware.shapes import Flat
from tests.contract import schema, strategies
from tests.contract.calls import CALLS

READS = {
    each.id: each
    for each in schema.every()
    if each.id in CALLS and each.method == "GET" and "application/json" in (each.content(200, "response") or {})
}
# Without shrinking: a schema says much, and making an example small takes longer than reading a large one.
QUICK = settings(
    max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | strategies.TEXTS
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner)
)


class Anywhere:
    """A world in which every record has the same id."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def __getattr__(self, name: str) -> UUID:
        return UUID(int=7)

    def document_id(self, kind: str) -> UUID:
        """Any document."""
        return UUID(int=7)


class Service:
    """A service that answers just what it is told to."""

    def __init__(self) -> None:
        transport = httpx.WSGITransport(app=self._answer)
        self.office = Office(
            "http://lexware.test", credentials=AccessToken("token"), pace=NoPace(), patience=0, transport=transport
        )

    def asked(self, name: str, status: int, body: bytes, media_type: str = "application/json") -> Any:
        """Ask an operation."""
        self._status, self._body, self._media_type = status, body, media_type
        return CALLS[name].call(Anywhere(self.office))  # type: ignore[arg-type]

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start(f"{self._status} Whatever", [("Content-Type", self._media_type)])
        return [self._body]


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    service = Service()
    yield service
    service.office.close()


@pytest.mark.parametrize("name", READS)
@QUICK
@given(data=st.data())
def test_any_answer_of_the_contract_survives(name: str, data: st.DataObject, service: Service) -> None:
    operation = READS[name]
    content = operation.content(200, "response")
    assert content
    given_ = data.draw(strategies.of(operation.contract, next(iter(content.values()))["schema"]))

    read = service.asked(name, 200, json.dumps(given_).encode())

    assert lost(plain(written(read, given_)), plain(given_), "$") == []


@pytest.mark.parametrize("name", READS)
@QUICK
@given(
    status=st.sampled_from([each.value for each in HTTPStatus if each.value >= 200 and each.value not in {204, 304}]),
    body=ANYTHING.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=60),
    media_type=st.sampled_from(["application/json", "text/plain; charset=utf-8", "text/html", ""]),
)
def test_garbage_is_a_typed_error(name: str, status: int, body: bytes, media_type: str, service: Service) -> None:
    with suppress(errors.LexwareError):
        service.asked(name, status, body, media_type)


def written(read: Any, given_: Any) -> Any:
    """What was read, as Lexware writes it."""
    if isinstance(read, Flat):
        return read.payload()
    if isinstance(read, list):
        entries = [each.payload() for each in read]
        return given_ | {"content": entries} if isinstance(given_, dict) else entries
    return given_ if read is None or isinstance(read, UUID) else read


def lost(written_: Any, given_: Any, path: str) -> list[str]:
    """What was given and is not written; a member we fill in is no loss."""
    if isinstance(written_, dict) and isinstance(given_, dict):
        return [
            each for name in sorted(given_) for each in lost(written_.get(name), given_.get(name), f"{path}.{name}")
        ]
    if isinstance(written_, list) and isinstance(given_, list) and len(written_) == len(given_):
        pairs = zip(written_, given_, strict=True)
        return [each for i, pair in enumerate(pairs) for each in lost(*pair, f"{path}[{i}]")]
    return [] if _same(written_, given_) else [f"{path}: {written_!r} of {given_!r}"]


def plain(value: Any) -> Any:
    """Without what is absent by another name (null, empty), and with numbers in one spelling."""
    if isinstance(value, dict):
        members = {name: plain(each) for name, each in value.items()}
        return {name: each for name, each in members.items() if each not in (None, [], {}, "")}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return float(value) if isinstance(value, int | float) else value


def _same(written_: Any, given_: Any) -> bool:
    """An amount may come as text; it is written as a number."""
    if isinstance(written_, float) and isinstance(given_, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", given_):
        return written_ == float(given_)
    return bool(written_ == given_)
