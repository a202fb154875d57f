"""What a wish means for each record that was chosen, shown to a person, and then exactly that put into the outbox."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid5

from django.core import signing
from django.db import transaction
from django.utils.functional import Promise

from lexweb.clients.models import Connection
from lexweb.firm.models import Staff
from lexweb.outbox import services
from lexweb.outbox.models import Batch

SALT = "lexweb.outbox.plans"
SHOWN = 50
NAMED = 10  # of those left out for one reason
SECONDS_EACH = 1.1  # two requests: to change it, and to read it back

Row = TypeVar("Row")
"""One record of the preview, as its page shows it."""


class Changed(Exception):
    """What would be changed is not what the person has seen."""


@dataclass
class LeftOut:
    """Records that stay as they are, for one reason; the first ones by name."""

    words: str | Promise
    count: int = 0
    names: list[str] = field(default_factory=list)


@dataclass
class Plan(Generic[Row]):
    """`act` and `wish` as the outbox stores them; `found` is how many records are chosen now."""

    act: str
    wish: Any
    found: int = 0
    previews: list[Row] = field(default_factory=list)
    targets: dict[Connection, list[services.Wanted]] = field(default_factory=dict)
    left_out: dict[str, LeftOut] = field(default_factory=dict)

    def add(self, connection: Connection, wanted: services.Wanted, row: Row) -> None:
        """Let a record be changed."""
        self.targets.setdefault(connection, []).append(wanted)
        if len(self.previews) < SHOWN:
            self.previews.append(row)

    def leave_out(self, reason: str, words: str | Promise, name: str) -> None:
        """Let a record stay as it is."""
        group = self.left_out.setdefault(reason, LeftOut(words))
        group.count += 1
        if len(group.names) < NAMED:
            group.names.append(name)

    @property
    def count(self) -> int:
        """Return how many records will be changed."""
        return sum(len(wanted) for wanted in self.targets.values())

    @property
    def more(self) -> int:
        """Return how many of them are not shown."""
        return self.count - len(self.previews)

    @property
    def skipped(self) -> int:
        """Return how many stay as they are."""
        return self.found - self.count

    @property
    def minutes(self) -> int:
        """Return how long sending takes at least: each client has a pace of its own."""
        most = max((len(wanted) for wanted in self.targets.values()), default=0)
        return round(most * SECONDS_EACH / 60)

    @property
    def stays(self) -> list[LeftOut]:
        """Return what is left out, the largest group first."""
        return sorted(self.left_out.values(), key=lambda group: -group.count)

    @property
    def digest(self) -> str:
        """Return a text that differs when anything else would be done."""
        seal = hashlib.sha256(repr((self.act, self.wish)).encode())
        for line in sorted((connection.pk, each.target) for connection, many in self.targets.items() for each in many):
            seal.update(repr(line).encode())
        return seal.hexdigest()

    def signed(self, number: UUID) -> str:
        """Return what the person agrees to with the button, and the number of what it makes."""
        return signing.dumps([str(number), self.digest], salt=SALT)


def start(plan: Plan[Any], *, agreed: str, by: Staff) -> Batch:
    """
    Put the changes into the outbox, a batch for each client, once however often the button is pressed.

    :param agreed: the text of `Plan.signed` that the person has seen
    :return: the batch, or the first of several; they have the same `group`
    :raises Changed: it does not belong to this plan
    """
    number = check(plan, agreed)
    grouped = len(plan.targets) > 1
    with transaction.atomic():
        made = [
            services.put(
                connection, plan.act, wanted, wish=plan.wish, by=by, group=number if grouped else None,
                batch_id=uuid5(number, str(connection.pk)) if grouped else number,
            )
            for connection, wanted in plan.targets.items()
        ]  # fmt: skip
    return made[0]


def check(plan: Plan[Any], agreed: str) -> UUID:
    """
    Return the number of what the person agreed to.

    :raises Changed: it does not belong to this plan, or would change nothing
    """
    try:
        number, digest = signing.loads(agreed, salt=SALT)
    except signing.BadSignature:
        raise Changed from None
    if digest != plan.digest or not plan.targets:
        raise Changed
    return UUID(number)


def started(agreed: str, *, by: Staff) -> Batch | None:
    """Return what the button has made already when it is pressed twice: by then, its records are under way."""
    try:
        number, _digest = signing.loads(agreed, salt=SALT)
    except signing.BadSignature:
        return None
    mine: Mapping[str, Any] = {"staff": by}
    return Batch.objects.filter(**mine, pk=number).first() or Batch.objects.filter(**mine, group=number).first()
