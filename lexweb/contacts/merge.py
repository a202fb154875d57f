"""
Two people changed the same record: what was, what I typed, what is there now.

A field that only one side changed is taken from that side; where both changed it differently, a person chooses.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from lexweb.contacts import fields

Values = Mapping[str, Any]


class Field(Protocol):
    """What can be merged: a name, and an untranslated label."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Difference:
    """A field in which the three versions are not all the same; `collides` if a person has to choose."""

    name: str
    label: str  # untranslated message id
    mine: Any
    theirs: Any
    before: Any
    collides: bool


@dataclass(frozen=True)
class Merge:
    """`values` holds mine where it collides; `differences` lists what to show, collisions first."""

    values: dict[str, Any]
    differences: tuple[Difference, ...]

    @property
    def collisions(self) -> tuple[Difference, ...]:
        """Return the fields a person has to decide."""
        return tuple(d for d in self.differences if d.collides)

    @property
    def taken(self) -> tuple[Difference, ...]:
        """Return the fields that were taken over from the other side."""
        return tuple(d for d in self.differences if not d.collides and self.values[d.name] == d.theirs != d.mine)


def three_way(
    *, before: Values, mine: Values, theirs: Values, among: Iterable[Field] = fields.FIELDS
) -> Merge:  # fmt: skip
    """Merge field by field. A field missing in `before` counts as changed by both sides."""
    values: dict[str, Any] = dict(theirs)
    differences: list[Difference] = []
    for field in among:
        if field.name not in mine:
            continue
        was, my, their = before.get(field.name), mine[field.name], theirs[field.name]
        i_did, they_did = my != was, their != was
        values[field.name] = my if i_did else their
        if my != their or they_did:
            collides = i_did and they_did and my != their
            differences.append(Difference(field.name, field.label, my, their, was, collides))
    differences.sort(key=lambda d: not d.collides)
    return Merge(values, tuple(differences))
