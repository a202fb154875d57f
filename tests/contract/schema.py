"""
What goes over the wire against the contract: ``openapi.yaml`` (public API), ``partner-openapi.yaml`` (partners, OAuth).

    from tests.contract import schema

    assert schema.violations("GET", "/v1/profile", 200, response.json()) == []
    assert schema.violations("POST", "/v1/contacts", 201, sent, kind="request") == []

Members that no schema declares are violations too, unless the schema says ``additionalProperties: true``.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import jsonschema_rs
import yaml

HERE = Path(__file__).parent
ROOT = "urn:contract"
CONDITIONS = ("if", "then", "else")
METHODS = ("get", "post", "put", "delete", "patch", "head", "options")
Kind = Literal["response", "request"]
Schema = dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """One method of one address of one of the two documents."""

    contract: "Contract"
    method: str
    path: str
    described: Schema

    @property
    def id(self) -> str:
        """Its operationId."""
        return str(self.described["operationId"])

    def violations(self, status: int, body: Any, kind: Kind) -> list[str]:
        """As the module's ``violations``."""
        content = self.content(status, kind)
        if content is None:
            what = f"{self.method} {self.path}: no {kind} is described for {status}"
            return [what] if kind == "response" or body else []
        if not content:
            return [] if body is None else [f"{self.method} {self.path}: a body where none is described"]
        return self.contract.check(next(iter(content.values()))["schema"], body)

    def content(self, status: int, kind: Kind) -> dict[str, Any] | None:
        """Media types and what is in them; empty for no body, None if nothing is described."""
        responses = self.described["responses"]
        described = self.described.get("requestBody") if kind == "request" else responses.get(str(status))
        return None if described is None else self.contract.resolved(described).get("content", {})

    def query_violations(self, query: Mapping[str, str]) -> list[str]:
        """What is wrong with query parameters: unknown, missing, or not of their type."""
        listed = [self.contract.resolved(each) for each in self.described.get("parameters", [])]
        known = {each["name"]: each for each in listed if each["in"] == "query"}
        wrong = [f"query {name}: not in the contract" for name in query if name not in known]
        wrong += [
            f"query {name}: missing" for name, each in known.items() if each.get("required") and name not in query
        ]
        for name in query.keys() & known.keys():
            value = _typed(query[name], self.contract.resolved(known[name]["schema"]))
            wrong += [f"query {name}: {each}" for each in self.contract.check(known[name]["schema"], value)]
        return wrong


class Contract:
    """One OpenAPI document."""

    def __init__(self, file: str, prefix: str) -> None:
        self.document: Schema = yaml.load((HERE / file).read_text(encoding="utf-8"), yaml.CSafeLoader)
        self._registry = jsonschema_rs.Registry([(ROOT, {"components": _strict(self.document.get("components", {}))})])
        self._validators: dict[str, Any] = {}
        self.operations = [
            Operation(self, method.upper(), prefix + path, item[method])
            for path, item in self.document["paths"].items()
            for method in METHODS
            if method in item
        ]

    def check(self, schema: Schema, body: Any) -> list[str]:
        """Findings for a body against a schema of this document."""
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            self._validators[key] = jsonschema_rs.Draft202012Validator(
                _used(schema), registry=self._registry, validate_formats=True
            )
        if self._validators[key].is_valid(body):
            return []
        return [text for error in self._validators[key].iter_errors(body) for text in _told(error)]

    def resolved(self, value: Schema) -> Schema:
        """What a ``$ref`` points to."""
        while "$ref" in value:
            target: Any = self.document
            for part in value["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            value = target
        return value


def violations(method: str, path: str, status: int, body: Any, kind: Kind = "response") -> list[str]:
    """
    What is wrong with a body, one sentence each; empty if nothing is. Where both documents describe an address, one
    of them has to agree.

    :param method: HTTP method in upper case
    :param path: as it was asked for, e.g. ``/v1/contacts/05ad…``, with ``/v1``, without query
    :param status: of the response; ignored for requests
    :param body: the decoded JSON (or form fields as a dict), None for no body
    :param kind: whether ``body`` is the request's or the response's
    """
    found = operations(method, path)
    if not found:
        return [f"{method} {path} is not in the contract"]
    return min((operation.violations(status, body, kind) for operation in found), key=len)


def operations(method: str, path: str) -> list[Operation]:
    """The operations at an address; fixed addresses win over those with parts."""
    matches = [each for each in every() if each.method == method and _pattern(each.path).fullmatch(path)]
    fewest = min((each.path.count("{") for each in matches), default=0)
    return [each for each in matches if each.path.count("{") == fewest]


@cache
def every() -> tuple[Operation, ...]:
    """All operations of both documents."""
    return tuple(each for contract in contracts() for each in contract.operations)


@cache
def contracts() -> tuple[Contract, ...]:
    """Both documents."""
    return Contract("openapi.yaml", "/v1"), Contract("partner-openapi.yaml", "")


def sample(name: str) -> Any:
    """One file of ``samples/``, e.g. ``contacts.create.company.request``."""
    return json.loads((HERE / "samples" / f"{name}.json").read_text(encoding="utf-8"))


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)))


def _used(schema: Any) -> Any:
    """A schema where a value is described: besides what it says, nothing it does not declare."""
    strict = _strict(schema)
    if not isinstance(strict, dict) or not set(strict) - {"description"}:
        return strict
    return {"unevaluatedProperties": False} | strict


def _strict(value: Any, *, closing: bool = True) -> Any:
    """
    The document with references into the registry, strict wherever a value is described. Parts of an allOf, anyOf or
    oneOf stay open: they only see their own members. So do conditions, all the way down: they name what they are about.
    """
    if isinstance(value, list):
        return [_strict(each, closing=closing) for each in value]
    if not isinstance(value, dict):
        return value
    strict = {}
    for key, each in value.items():
        if key == "$ref" and isinstance(each, str):
            strict[key] = f"{ROOT}{each}"
        elif closing and key == "properties":
            strict[key] = {name: _used(schema) for name, schema in each.items()}
        elif closing and key == "items":
            strict[key] = _used(each)
        else:
            strict[key] = _strict(each, closing=closing and key not in CONDITIONS)
    return strict


def _told(error: jsonschema_rs.ValidationError) -> list[str]:
    path = "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.instance_path)
    unexpected = getattr(error.kind, "unexpected", None)
    if unexpected:
        return [f"{path}.{name}: not in the contract" for name in unexpected]
    return [f"{path}: {error.message}"]


def _typed(text: str, schema: Schema) -> Any:
    """A query value as JSON would have it."""
    if schema.get("type") in {"integer", "number"} and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return int(text) if schema["type"] == "integer" else float(text)
    if schema.get("type") == "boolean" and text in {"true", "false"}:
        return text == "true"
    if schema.get("type") == "array":
        return text.split(",")
    return text
