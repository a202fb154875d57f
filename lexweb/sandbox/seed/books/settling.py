"""How and when customers pay, and we."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from lexweb.sandbox.web import Json

BY_BANK, BY_HAND, DISCOUNT = "partPaymentFinancialTransaction", "manualPayment", "cashDiscount"


@dataclass(frozen=True)
class Bill:
    """What has to be paid: ``cents`` until ``due``; less ``percent`` of them until ``early``, if there is one."""

    cents: int
    day: date
    due: date
    early: date | None = None
    percent: int = 2


def payments(random: Random, bill: Bill, today: date, late: float = 0.035) -> list[Json]:
    """What was paid until today; ``late`` is the part of those who never do. A bill of nothing needs no payment."""
    if not bill.cents:
        return []
    chance = random.random()
    by = BY_BANK if random.random() < 0.6 else BY_HAND
    if bill.early and chance < 0.4:
        off = bill.cents * bill.percent // 100
        on = bill.day + timedelta(1 + int(random.random() * (bill.early - bill.day).days))
        return _until(today, (bill.cents - off, on, by), (off, on, DISCOUNT))
    if chance > 1 - late:
        return []
    spread = int(random.random() * 18) - 11
    on = max(bill.day + timedelta(1), bill.due + timedelta(spread if chance < 0.88 - late else spread + 38))
    if chance > 0.955 - late:
        part = bill.cents * 4 // 10
        return _until(today, (part, on, by), (bill.cents - part, on + timedelta(45), by))
    return _until(today, (bill.cents, on, by))


def paid(cents: int, day: date, by: str = BY_HAND) -> list[Json]:
    """One payment of everything."""
    return [{"amount": cents / 100, "date": day.isoformat(), "type": by}]


def settled(payments: list[Json], cents: int) -> bool:
    """Is everything paid?"""
    paid: int = sum(round(each["amount"] * 100) for each in payments)
    return paid >= cents


def last_day(payments: list[Json], otherwise: date) -> date:
    """The day of the last payment."""
    return max((date.fromisoformat(each["date"]) for each in payments), default=otherwise)


def _until(today: date, *parts: tuple[int, date, str]) -> list[Json]:
    """Payments until today; parts of nothing are none."""
    return [payment for cents, day, by in parts if cents and day <= today for payment in paid(cents, day, by)]
