"""What all shapes of the API have in common: frozen, camelCase outside, nothing Lexware sends gets lost."""

import functools
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    TypeAdapter,
    ValidationError,
    model_serializer,
    model_validator,
)
from pydantic.alias_generators import to_camel

from lexweb.lexware import errors

T = TypeVar("T")
S = TypeVar("S", bound="Flat")


def _written(moment: datetime) -> str:
    written = moment.isoformat(timespec="milliseconds")
    return written.removesuffix("+00:00") + "Z" if written.endswith("+00:00") else written


Moment = Annotated[AwareDatetime, PlainSerializer(_written, return_type=str)]
"""A moment as Lexware writes it: exactly three digits of milliseconds, offset `Z` or with a colon."""


def _number(amount: Decimal) -> int | float:
    """JSON has one kind of number; up to 15 digits survive the way through float, and no amount has more."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


Money = Annotated[Decimal, PlainSerializer(_number, return_type=int | float)]
"""An amount, price, quantity or rate: calculated as Decimal, sent as a JSON number with trimmed zeros."""


class Flat(BaseModel):
    """
    A record without lists or shapes inside, such as a row of the voucher list: all that is quick about `Shape`.

    A page holds 250 of them, so no Python runs per record: null stays None without being looked for.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="allow",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        hide_input_in_errors=True,  # pydantic would quote names and addresses
        defer_build=True,  # most processes use few of the shapes; building all takes longer than importing them
    )

    def payload(self) -> dict[str, Any]:
        """Return the record as Lexware writes it: JSON-ready, camelCase, no None."""
        return self.model_dump(mode="json")

    @model_serializer(mode="wrap")
    def _lean(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields, given = type(self).model_fields, self.model_fields_set
        silent = {field.serialization_alias or name for name, field in fields.items() if name not in given}
        return {
            name: value
            for name, value in handler(self).items()
            if value is not None and not (name in silent and value in ([], {}))
        }


class Shape(Flat):
    """
    A record or a part of one.

    Unknown members are kept at every level and sent back, because a PUT empties what it does not mention
    (behaviour.md, chapter 3). A member Lexware left out is None, or empty where it is a list or a shape of
    its own, so that `contact.addresses.billing` always works; `payload()` leaves it out again.
    """

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, given: Any) -> Any:
        """Some resources send empty members as null, most leave them out (behaviour.md, chapter 3)."""
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value is not None}


class ActionResult(Shape):
    """
    The short answer of every write (docs: "Resource URI"/"Optimistic Locking"; behaviour.md, chapter 3).

    Trust `id`, not the one inside `resource_uri`.
    """

    id: UUID
    resource_uri: str
    created_date: Moment
    updated_date: Moment
    version: int


def rewritten(kind: type[S], read: Flat, *, read_only: Collection[str]) -> S:
    """
    Return a draft that holds everything that was read, unknown members included: a PUT empties what it lacks.

    :param read_only: members that only Lexware writes, by their names in the API
    """
    kept = {name: value for name, value in read.payload().items() if name not in read_only}
    return kind.model_validate(kept)


def decode(kind: type[T], document: object, *, method: str, path: str) -> T:
    """
    Read a parsed answer as the given shape.

    :raises Unexpected: it does not fit; the text names the first member at fault, never its value
    """
    anything: Any = kind  # the stubs of functools.cache doubt that types are hashable
    adapter: TypeAdapter[T] = _adapter(anything)
    try:
        return adapter.validate_python(document)
    except ValidationError as misfit:
        first = misfit.errors(include_input=False, include_context=False, include_url=False)[0]
    where = ".".join(map(str, first["loc"])) or "the answer"
    raise errors.Unexpected(f"{where} does not fit ({first['type']})", method=method, path=path)


@functools.cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
