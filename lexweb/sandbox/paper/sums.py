"""The sums under the items."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from lexweb.sandbox.amounts import ZERO, day, decimal
from lexweb.sandbox.paper import taxes
from lexweb.sandbox.paper.german import day as written
from lexweb.sandbox.paper.german import money, percent
from lexweb.sandbox.paper.letter import Letter
from lexweb.sandbox.web import Json


@dataclass(frozen=True)
class Sum:
    """One line; ``main`` is a total."""

    name: str
    amount: Decimal
    main: bool = False


def write(letter: Letter, document: Json) -> None:
    """Write the block, all of it on one page."""
    found = list(sums(document))
    letter.room(len(found) * 5.4 + 7)
    letter.y += 2
    for each in found:
        if each.main:
            letter.y += 1.2
            letter.line_above_sum()
        letter.fact(each.name, money(each.amount), bold=each.main)
    letter.y += 4


def sums(document: Json) -> Iterable[Sum]:
    """Discount, tax per rate, total, and what a closing invoice deducts."""
    total = document.get("totalPrice") or {}
    if total.get("totalGrossAmount") is None:
        return
    gross = document["taxConditions"]["taxType"] == "gross"
    yield from _discount(document, total)
    if gross:
        yield Sum("Gesamtbetrag", decimal(total["totalGrossAmount"]), main=True)
        yield from (_tax(each, "enthält") for each in _taxes(document))
    elif not taxes.untaxed(document):
        yield Sum("Summe netto", decimal(total.get("totalNetAmount")))
        yield from (_tax(each, "zzgl.") for each in _taxes(document))
    if not gross:
        yield Sum("Gesamtbetrag", decimal(total["totalGrossAmount"]), main=True)
    yield from _deductions(document)


def _taxes(document: Json) -> list[Json]:
    found = document.get("taxAmounts") or []
    return sorted(found, key=lambda each: -decimal(each["taxRatePercentage"]))


def _tax(each: Json, word: str) -> Sum:
    rate, basis = percent(decimal(each["taxRatePercentage"])), money(decimal(each["netAmount"]))
    return Sum(f"{word} {rate} USt auf {basis}", decimal(each["taxAmount"]))


def _discount(document: Json, total: Json) -> Iterable[Sum]:
    share, absolute = decimal(total.get("totalDiscountPercentage")), decimal(total.get("totalDiscountAbsolute"))
    if not share and not absolute:
        return
    gross = document["taxConditions"]["taxType"] == "gross"
    counted = (item for item in document["lineItems"] if not item.get("optional") and not item.get("alternative"))
    before = sum((decimal(item.get("lineItemAmount")) for item in counted), ZERO)
    after = decimal(total["totalGrossAmount"] if gross else total.get("totalNetAmount"))
    yield Sum("Zwischensumme", before)
    yield Sum(f"abzgl. {percent(share)} Rabatt" if share else "abzgl. Rabatt", after - before)


def _deductions(document: Json) -> Iterable[Sum]:
    deductions = document.get("downPaymentDeductions") or []
    for each in deductions:
        date = day(each.get("voucherDate"))
        words = ("abzgl.", each.get("voucherNumber"), date and f"vom {written(date)}")
        yield Sum(" ".join(word for word in words if word), -decimal(each.get("receivedGrossAmount")))
    if deductions:
        yield Sum("Zahlbetrag", decimal(document.get("claimedGrossAmount")), main=True)
