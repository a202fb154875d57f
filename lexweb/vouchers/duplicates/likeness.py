"""
When two documents look like the same.

Few false alarms count for more than the last true one, as people stop looking at a warning that is mostly wrong:

- Only documents of one side are compared, purchases or sales, and what Lexware Office itself has issued and numbered
  only with what was booked by hand. A file that is the same bit by bit is one on any side.
- The same number needs the same supplier; or the same amount, as text recognition may take one supplier for another.
- Numbers that are nearly the same need the same supplier and amount. If just one sign differs, their days are near,
  too: a subscription has the same amount each month, and numbers that follow each other.
- The same amount within three days needs suppliers that may be the same: equal, or one of them is not known.
- What a supplier has several times besides (parking tickets, a customer number read as the number of the invoice) is
  usual there, and says nothing by itself.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from lexweb.vouchers.duplicates import names, numbers
from lexweb.vouchers.kinds import RESOURCES
from lexweb.vouchers.models import Voucher

Kind = Voucher.Kind
PURCHASES = frozenset({Kind.PURCHASE_INVOICE, Kind.PURCHASE_CREDIT_NOTE})
SALES = frozenset(
    {Kind.SALES_INVOICE, Kind.SALES_CREDIT_NOTE, Kind.INVOICE, Kind.CREDIT_NOTE, Kind.DOWN_PAYMENT_INVOICE}
)
CREDITS = frozenset({Kind.PURCHASE_CREDIT_NOTE, Kind.SALES_CREDIT_NOTE, Kind.CREDIT_NOTE})
ISSUED = frozenset(RESOURCES)
SAME_DAYS = timedelta(days=3)
NEAR_DAYS = timedelta(days=14)  # shorter than the month of a subscription
USUAL = 4  # so many others make it usual


class Reason(StrEnum):
    """Why two documents look like the same, the strongest first."""

    HASH = "hash"  # one of their files is the same, bit by bit
    NUMBER = "number"  # same supplier and number
    NEAR = "near"  # same supplier and amount, and a number that differs by what is easily misread or mistyped
    AMOUNT = "amount"  # same amount within three days


@dataclass(frozen=True)
class Facts:
    """What is compared. A supplier is unknown without contact and name, as with the collective contact."""

    kinds: frozenset[str]  # to compare with
    number: str = ""
    amount: Decimal | None = None
    currency: str = ""
    on: date | None = None
    contact_id: UUID | None = None
    supplier: str = ""  # folded
    credit: bool = False
    hashes: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class Usual:
    """What a supplier has so often that it says nothing by itself."""

    number: bool
    amount: bool


def usual_at(facts: Facts, others: Collection[Voucher]) -> Usual:
    """Look for what is told apart by all else: one number on many bills, or one amount under many numbers."""
    alike = [other for other in others if _may_be_same_supplier(facts, other)]
    bills = {(v.total_amount, v.voucher_on) for v in alike if _same_number(facts, v) and not _same_bill(facts, v)}
    singles = {numbers.plain(v.number) for v in alike if _same_amount(facts, v)} - {"", numbers.plain(facts.number)}
    return Usual(number=len(bills) >= USUAL, amount=len(singles) >= USUAL)


def reasons(facts: Facts, other: Voucher, usual: Usual) -> Iterator[Reason]:
    """Yield why they look like the same, the strongest reason first."""
    supplier, amount = _same_supplier(facts, other), _same_amount(facts, other)
    if _same_number(facts, other):
        if amount or (supplier and not usual.number):
            yield Reason.NUMBER
    elif supplier and (amount or None in {facts.amount, other.total_amount}) and _near_number(facts, other, usual):
        yield Reason.NEAR
    if amount and facts.credit == (other.kind in CREDITS) and _within(facts, other, SAME_DAYS):
        told_apart = bool(facts.number and other.number) and not _same_number(facts, other)
        if _may_be_same_supplier(facts, other) and not (usual.amount and told_apart):
            yield Reason.AMOUNT


def _near_number(facts: Facts, other: Voucher, usual: Usual) -> bool:
    if not facts.number or not other.number:
        return False
    if numbers.near(facts.number, other.number):
        return True
    return not usual.amount and numbers.one_sign_apart(facts.number, other.number) and _within(facts, other, NEAR_DAYS)


def _same_number(facts: Facts, other: Voucher) -> bool:
    return bool(numbers.plain(facts.number)) and numbers.plain(facts.number) == numbers.plain(other.number)


def _same_amount(facts: Facts, other: Voucher) -> bool:
    return bool(facts.amount) and facts.amount == other.total_amount and facts.currency == other.currency


def _same_bill(facts: Facts, other: Voucher) -> bool:
    return _same_amount(facts, other) and _within(facts, other, SAME_DAYS)


def _same_supplier(facts: Facts, other: Voucher) -> bool:
    if facts.contact_id and facts.contact_id == other.contact_id:
        return True
    return bool(facts.supplier) and facts.supplier == supplier_of(other)


def _may_be_same_supplier(facts: Facts, other: Voucher) -> bool:
    unknown = not facts.supplier or not supplier_of(other)
    return unknown or _same_supplier(facts, other)


def _within(facts: Facts, other: Voucher, days: timedelta) -> bool:
    return facts.on is not None and other.voucher_on is not None and abs(facts.on - other.voucher_on) <= days


def supplier_of(voucher: Voucher) -> str:
    """Return the folded name, "" if it names nobody."""
    return "" if names.is_collective(voucher.contact_name) else names.fold(voucher.contact_name)
