"""
Bodies against the contract: ``openapi.yaml`` (public API) and ``partner-openapi.yaml`` (OAuth, ping).

    from tests.contract import schema

    assert schema.violations("GET", "/v1/profile", 200, response.json()) == []
    assert schema.violations("POST", "/v1/contacts", 201, sent, kind="request") == []

Members that no schema declares are violations too, unless the schema says ``additionalProperties: true``.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

HERE = Path(__file__).parent
ROOT = "urn:contract"
Kind = Literal["response", "request"]
Schema = dict[str, Any]


def violations(method: str, path: str, status: int, body: Any, kind: Kind = "response") -> list[str]:
    """
    What is wrong with a body, one sentence each; empty if nothing is.

    :param method: HTTP method in upper case
    :param path: as it was asked for, e.g. ``/v1/contacts/05ad…``, with ``/v1``, without query
    :param status: of the response; ignored for requests
    :param body: the decoded JSON (or form fields as a dict), None for no body
    :param kind: whether ``body`` is the request's or the response's
    """
    found = _operation(method, path)
    if found is None:
        return [f"{method} {path} is not in the contract"]
    contract, operation = found
    described = operation.get("requestBody") if kind == "request" else operation["responses"].get(str(status))
    if described is None:
        return [f"{method} {path}: no {kind} is described for {status}"] if kind == "response" or body else []
    content = contract.resolved(described).get("content")
    if not content:
        return [] if body is None else [f"{method} {path}: a body where none is described"]
    return contract.check(next(iter(content.values()))["schema"], body)


def sample(name: str) -> Any:
    """One file of ``samples/``, e.g. ``contacts.create.company.request``."""
    return json.loads((HERE / "samples" / f"{name}.json").read_text(encoding="utf-8"))


class Contract:
    """One OpenAPI document."""

    def __init__(self, file: str, prefix: str) -> None:
        self.document: Schema = yaml.load((HERE / file).read_text(encoding="utf-8"), yaml.CSafeLoader)
        resource: Resource[Any] = DRAFT202012.create_resource(self.document)
        self._registry: Registry[Any] = Registry().with_resource(ROOT, resource)
        self._paths = [(_pattern(prefix + path), item) for path, item in self.document["paths"].items()]

    def operation(self, method: str, path: str) -> Schema | None:
        """The operation at an address; fixed addresses win over those with parts."""
        matches = [item for pattern, item in self._paths if pattern.fullmatch(path)]
        return next((item[method.lower()] for item in matches if method.lower() in item), None)

    def check(self, schema: Schema, body: Any) -> list[str]:
        """Findings for a body against a schema of this document."""
        validator = Draft202012Validator(_rooted(schema), registry=self._registry, format_checker=FormatChecker())
        wrong = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(body)]
        return wrong + [f"{path}: not in the contract" for path in self._undeclared(body, [schema], "$")]

    def resolved(self, value: Schema) -> Schema:
        """What a ``$ref`` points to."""
        while "$ref" in value:
            target: Any = self.document
            for part in value["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            value = target
        return value

    def _undeclared(self, value: Any, schemas: list[Schema], path: str) -> Iterator[str]:
        members, items, free = self._declared(schemas)
        if isinstance(value, dict):
            for name, each in value.items():
                if name in members:
                    yield from self._undeclared(each, members[name], f"{path}.{name}")
                elif not free:
                    yield f"{path}.{name}"
        elif isinstance(value, list) and items:
            for index, each in enumerate(value):
                yield from self._undeclared(each, items, f"{path}[{index}]")

    def _declared(self, schemas: list[Schema]) -> tuple[dict[str, list[Schema]], list[Schema], bool]:
        """Members and items that schemas and their parts know, and whether they allow others."""
        members: dict[str, list[Schema]] = {}
        items: list[Schema] = []
        free = False
        for schema in map(self.resolved, schemas):
            for name, each in schema.get("properties", {}).items():
                members.setdefault(name, []).append(each)
            items += [schema["items"]] if "items" in schema else []
            free |= schema.get("additionalProperties") is True or not set(schema) - {"description"}
            parts = [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, [])]
            # Parts that only say what is required declare nothing, and must not open the schema.
            parts = [part for part in parts if set(part) - {"required"}]
            if parts:
                more, more_items, more_free = self._declared(parts)
                for name, subs in more.items():
                    members.setdefault(name, []).extend(subs)
                items, free = items + more_items, free or more_free
        return members, items, free


def _operation(method: str, path: str) -> tuple[Contract, Schema] | None:
    for contract in _contracts():
        if operation := contract.operation(method, path):
            return contract, operation
    return None


@cache
def _contracts() -> tuple[Contract, ...]:
    return Contract("openapi.yaml", "/v1"), Contract("partner-openapi.yaml", "")


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)))


def _rooted(schema: Any) -> Any:
    """The schema with its references leading into the registered document."""
    if isinstance(schema, dict):
        return {
            key: f"{ROOT}{value}" if key == "$ref" and value.startswith("#") else _rooted(value)
            for key, value in schema.items()
        }
    return [_rooted(each) for each in schema] if isinstance(schema, list) else schema
