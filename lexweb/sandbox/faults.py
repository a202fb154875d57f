"""Which faults are waiting, and for which requests."""

import itertools
import random
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

BEFORE = {
    "429",
    "500",
    "502",
    "503",
    "504",
    "plan_402",
    "forbidden_403",
    "timeout",
    "expired_token",
    "revoked",
}
AFTER = {"500_after", "504_after", "timeout_after", "reset", "garbage", "empty"}
ON_THE_WAY = BEFORE | AFTER | {"slow"}
IN_A_PUT = {"foreign_edit", "conflict_409"}
IN_A_POST = {"no_unchecked"}  # vouchers cannot be created unchecked, as seen live at times
COPIES = {"webhooks_lost": 0, "webhooks_twice": 2}  # how often each subscriber is told of an event
KINDS = ON_THE_WAY | IN_A_PUT | IN_A_POST | set(COPIES)
TYPES = {
    "path": str,
    "method": str | None,
    "organization_id": str | None,
    "count": int | None,
    "probability": int | float,
    "seconds": int | float,
    "changes": dict,
}


@dataclass(kw_only=True)
class Fault:
    """
    A misbehavior waiting for its requests.

    ``path`` is an fnmatch pattern; kinds about webhooks hold it against the event type ("voucher.*"). ``count`` is
    how many requests (or events) it still takes (None: all), each with the given ``probability``. ``seconds`` is how
    long "slow" and the timeouts hold on. ``changes`` belong to foreign_edit.
    """

    kind: str
    path: str = "*"
    method: str | None = None
    organization_id: str | None = None
    count: int | None = 1
    probability: float = 1.0
    seconds: float = 1.0
    changes: dict[str, Any] = field(default_factory=dict)
    id: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of fault {self.kind!r}; known: {', '.join(sorted(KINDS))}")
        for name, types in TYPES.items():
            if not isinstance(getattr(self, name), types):
                raise ValueError(f"{name} has the wrong type")

    def fits(self, method: str, path: str, organization_id: str | None) -> bool:
        """Is this request one of those the fault waits for?"""
        return (
            (self.method is None or self.method.upper() == method)
            and (self.organization_id is None or self.organization_id == organization_id)
            and fnmatchcase(path, self.path)
        )

    def shown(self) -> dict[str, Any]:
        """The fault as the control plane shows it."""
        shown = {name: value for name, value in vars(self).items() if name != "organization_id"}
        return shown | {"organizationId": self.organization_id}


class Faults:
    """The waiting faults, oldest first; a request meets at most one of each group of kinds."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._ids = itertools.count(1)

    def add(self, fault: Fault) -> Fault:
        """Let a fault wait, under a new id."""
        fault.id = str(next(self._ids))
        self._waiting.append(fault)
        return fault

    def take(self, kinds: set[str], method: str, path: str, organization_id: str | None) -> Fault | None:
        """The first fault of these kinds that fits and whose probability strikes; its count goes down."""
        for fault in self._waiting:
            if fault.kind not in kinds or not fault.fits(method, path, organization_id):
                continue
            if fault.probability < 1 and random.random() >= fault.probability:  # noqa: S311
                continue
            self._use(fault)
            return fault
        return None

    def _use(self, fault: Fault) -> None:
        if fault.count is not None:
            fault.count -= 1
            if fault.count <= 0:
                self._waiting.remove(fault)

    def shown(self) -> list[dict[str, Any]]:
        """The waiting faults."""
        return [fault.shown() for fault in self._waiting]

    def clear(self) -> None:
        """Misbehave no more."""
        self._waiting.clear()
