"""Any JSON that a schema of the contract allows, for property tests."""

from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from tests.contract.schema import Contract, Schema


def _moment(milliseconds: int, hours: int) -> str:
    moment = datetime(2020, 1, 1, tzinfo=timezone(timedelta(hours=hours))) + timedelta(milliseconds=milliseconds)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


MOMENTS = st.builds(_moment, st.integers(0, 200_000_000_000), st.sampled_from([1, 2, 0]))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
FORMATS: dict[str, st.SearchStrategy[Any]] = {
    "uuid": st.uuids().map(str),
    "date": st.dates().map(lambda day: day.isoformat()),
    "date-time": MOMENTS,
    "uri": st.just("https://api.lexware.io/v1/anything"),
    "email": st.just("jemand@example.com"),
}
UNKNOWN = st.dictionaries(st.sampled_from(["newMember", "anotherOne"]), st.integers() | TEXTS, max_size=1)


def of(contract: Contract, schema: Schema) -> st.SearchStrategy[Any]:
    """Values of a schema. Objects may hold members nobody knows yet."""
    schema = _whole(contract, schema)
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if not set(schema) - {"description", "properties", "required"} and not schema.get("properties"):
        return TEXTS
    types = schema.get("type", "object" if "properties" in schema else "string")
    if {"number", "string"} <= set(types):
        schema = schema | {"pattern": r"[1-9][0-9]{0,5}\.[0-9]{2}"}  # an amount as text
    return st.one_of([_typed(contract, schema, each) for each in ([types] if isinstance(types, str) else types)])


def _typed(contract: Contract, schema: Schema, name: str) -> st.SearchStrategy[Any]:
    if name == "object":
        return _object(contract, schema)
    if name == "array":
        entries = st.deferred(lambda: of(contract, schema.get("items", {})))  # sub items of quotations are items again
        return st.lists(entries, min_size=schema.get("minItems", 0), max_size=2)
    if name == "string":
        return _string(schema)
    if name == "integer":
        return st.integers(schema.get("minimum", 0), min(schema.get("maximum", 10**6), 10**6))
    if name == "number":
        return st.decimals(-(10**8), 10**8, places=2).map(float)
    return st.booleans() if name == "boolean" else st.none()


def _string(schema: Schema) -> st.SearchStrategy[Any]:
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    if "T00:00:00" in schema.get("description", "") or "millisecond" in schema.get("description", ""):
        return MOMENTS  # the partner contract describes its time stamps in words
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True)
    return TEXTS


def _object(contract: Contract, schema: Schema) -> st.SearchStrategy[Any]:
    members = {name: of(contract, each) for name, each in schema.get("properties", {}).items()}
    required = {name: each for name, each in members.items() if name in schema.get("required", ())}
    optional = {name: each for name, each in members.items() if name not in required}
    known = st.fixed_dictionaries(required, optional=optional)
    return st.builds(lambda some, more: some | more, known, UNKNOWN)


def _whole(contract: Contract, schema: Schema) -> Schema:
    """One schema out of references and the parts of an allOf; of alternatives the first."""
    schema = contract.resolved(schema)
    whole = {key: value for key, value in schema.items() if key not in {"allOf", "anyOf", "oneOf"}}
    parts = [*schema.get("allOf", []), *schema.get("oneOf", [])[:1], *schema.get("anyOf", [])[:1]]
    for part in (_whole(contract, each) for each in parts):
        whole["properties"] = whole.get("properties", {}) | part.get("properties", {})
        whole["required"] = [*whole.get("required", []), *part.get("required", [])]
        whole = part | whole
    return whole
