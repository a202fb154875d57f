"""Stored records of one kind, such as the invoices of one organization."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """``document`` as the API shows it, and ``hidden``: what only the sandbox knows, as JSON values, too."""

    document: Json
    hidden: Json = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The record's id."""
        return str(self.document["id"])

    def with_hidden(self, **values: Any) -> "Record":
        """The record with some of its hidden values set."""
        return replace(self, hidden=self.hidden | values)

    def changed(self, changes: Json, now: str) -> "Record":
        """The record's next version: members set, ``version`` counted up, ``updatedDate`` moved."""
        head = {"version": self.document["version"] + 1, "updatedDate": now}
        return replace(self, document=self.document | changes | head)


class Shelf:
    """
    Records by id, in the order they came. They are replaced, never changed in place: the seed's are shared.

    ``revision`` counts the writes, for those who keep something computed; ``written_since`` says what they missed.
    """

    def __init__(self, seeded: Mapping[str, Record]) -> None:
        self._seeded = seeded
        self._records = dict(seeded)
        self._written: list[str] = []

    @property
    def revision(self) -> int:
        """How many writes there were."""
        return len(self._written)

    def written_since(self, revision: int) -> set[str]:
        """The ids of what has been put or removed after a revision."""
        return set(self._written[revision:])

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def get(self, record_id: str) -> Record | None:
        """The record with this id."""
        return self._records.get(record_id)

    def put(self, record: Record) -> Record:
        """Add a record, or replace the one with its id."""
        self._records[record.id] = record
        self._written.append(record.id)
        return record

    def remove(self, record_id: str) -> None:
        """Take a record away."""
        self._records.pop(record_id, None)
        self._written.append(record_id)

    def dumped(self) -> Json:
        """What differs from the seed, as JSON values."""
        ours = [record for record in self if self._seeded.get(record.id) is not record]
        return {
            "records": [[record.document, record.hidden] for record in ours],
            "removed": [record_id for record_id in self._seeded if record_id not in self._records],
        }

    def load(self, dumped: Json) -> None:
        """Take over what ``dumped`` returned."""
        for document, hidden in dumped["records"]:
            self.put(Record(document, hidden))
        for record_id in dumped["removed"]:
            self.remove(record_id)
