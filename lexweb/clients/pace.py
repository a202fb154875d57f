"""
Two requests a second for one account, shared by web and worker (behaviour.md, chapter 2).

One SQL statement hands out the slots (GCRA with burst 1), so it holds for any number of processes and machines. A
person reserves the next slot and waits for it. Background work takes a slot only when it is free at once, and
otherwise asks again later: so a person waits for one slot at most, however much syncs are under way.
"""

import time

from django.conf import settings
from django.db import connection as database
from django.db import transaction

from lexweb.lexware import errors

LATE = 0.03  # seconds a waiter may oversleep without losing them

# PostgreSQL's clock is shared by all machines; now() would be the start of the transaction.
CLOCK = {"postgresql": "extract(epoch from clock_timestamp())", "sqlite": "%(clock)s"}
GREATEST = {"postgresql": "greatest", "sqlite": "max"}
RESERVE = """
    INSERT INTO clients_pace (account, next_at) VALUES (%(account)s, {now} + %(spacing)s)
    ON CONFLICT (account) DO UPDATE SET next_at = {greatest}(clients_pace.next_at, {now} - %(late)s) + %(spacing)s
    {condition}
    RETURNING next_at - %(spacing)s - {now}
"""
IF_SOON = "WHERE clients_pace.next_at <= {now} + %(seconds)s"
IF_FREE = "WHERE clients_pace.next_at <= {now}"
LOOK = "SELECT next_at - {now} FROM clients_pace WHERE account = %(account)s"
PENALIZE = """
    INSERT INTO clients_pace (account, next_at) VALUES (%(account)s, {now} + %(seconds)s)
    ON CONFLICT (account) DO UPDATE SET next_at = {greatest}(clients_pace.next_at, {now} + %(seconds)s)
"""


class Slots:
    """The pace of one account, as `lexware.Office` wants it."""

    def __init__(
        self, account: str, *, background: bool = False, patience: float = 20.0, spacing: float | None = None
    ) -> None:
        """
        :param patience: seconds to wait at most; a thread that waits serves nobody else
        :param spacing: seconds between two requests, if it is not an account of the API
        """
        self.account = account
        self.background = background
        self.patience = patience
        self.spacing = settings.LEXWARE_SPACING if spacing is None else spacing
        self._taken = False

    def take(self) -> float:
        """Take a slot for the next request if one is free now, and return 0; or how many seconds until it is."""
        if not self._taken:
            wait = take_if_free(self.account, spacing=self.spacing)
            self._taken = wait <= 0
            return wait
        return 0.0

    def wait(self) -> None:
        """
        Return when the request may go out.

        :raises RateLimited: it may not within the patience; nothing was sent
        """
        if self._taken:
            self._taken = False
            return
        if not self.background:
            wait = reserve(self.account, within=self.patience, spacing=self.spacing)
            if wait is None:
                raise errors.RateLimited("the account is held back")
            time.sleep(max(0.0, wait))
            return
        deadline = time.monotonic() + self.patience
        while (wait := take_if_free(self.account, spacing=self.spacing)) > 0:
            if time.monotonic() + wait > deadline:
                raise errors.RateLimited("the account is held back")
            time.sleep(wait)

    def penalize(self, seconds: float) -> None:
        """Hold back every process: the account is over its limit."""
        _ask(PENALIZE, self.account, seconds=seconds)


def reserve(account: str, *, within: float = 3600.0, spacing: float | None = None) -> float | None:
    """Reserve the next slot; return how many seconds to wait for it (at or below 0: none), or None if too many."""
    rows = _ask(RESERVE, account, condition=IF_SOON, seconds=within, spacing=spacing)
    return float(rows[0][0]) if rows else None


def take_if_free(account: str, *, spacing: float | None = None) -> float:
    """Take a slot that is free right now and return 0, or return how many seconds until it is worth asking again."""
    if _ask(RESERVE, account, condition=IF_FREE, spacing=spacing):
        return 0.0
    return max(0.002, _number(_ask(LOOK, account)))


def free_in(account: str) -> float:
    """Return in how many seconds a slot is free, 0 for now; takes none."""
    return max(0.0, _number(_ask(LOOK, account)))


def _ask(
    sql: str, account: str, *, condition: str = "", seconds: float = 0.0, spacing: float | None = None
) -> list[tuple[float, ...]]:
    vendor = database.vendor
    words = {"now": CLOCK[vendor], "greatest": GREATEST[vendor]}
    sql = sql.format(**words, condition=condition.format(**words)) if "{condition}" in sql else sql.format(**words)
    values: dict[str, str | float] = {
        "account": account,
        "spacing": settings.LEXWARE_SPACING if spacing is None else spacing,
        "late": LATE,
        "seconds": seconds,
        "clock": time.time(),
    }
    with transaction.atomic(), database.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


def _number(rows: list[tuple[float, ...]]) -> float:
    return float(rows[0][0]) if rows else 0.0
