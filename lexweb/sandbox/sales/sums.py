"""
Prices, sums and taxes of a sales document (behaviour.md, chapter 8: computed, whatever was sent).

Amounts come and go as JSON numbers and are decimals in between: unit prices up to four places, sums two, half up.
Net documents (and those without tax) are summed by net amounts and taxed per rate; gross ones are summed by gross
amounts and the tax is taken out per rate. A total discount is spread over the rates in proportion (our choice).
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from lexweb.sandbox.amounts import HUNDRED, ZERO, cents, decimal
from lexweb.sandbox.web import Json

PRICE_UNIT = Decimal("0.0001")
DISCOUNTS = ("totalDiscountAbsolute", "totalDiscountPercentage")


def priced(line_items: list[Json], tax_type: str, total_price: Json) -> tuple[list[Json], Json, list[Json]]:
    """
    Line items, ``totalPrice`` and ``taxAmounts`` of a document, with everything that Lexware computes.

    Line items of the type text, and those without a price, stay as they are. Optional and alternative items have
    amounts of their own and do not count in the sums. What is given is not changed.
    """
    gross = tax_type == "gross"
    by_rate: dict[Decimal, Decimal] = {}
    lines = [_line(item, gross, by_rate) for item in line_items]
    _discount(by_rate, total_price)
    net = tax = ZERO
    taxes = []
    for rate in sorted(by_rate):
        rate_net, rate_tax = _taxed(by_rate[rate], rate, gross)
        net += rate_net
        tax += rate_tax
        taxes.append({"taxRatePercentage": _rate(rate), "taxAmount": float(rate_tax), "netAmount": float(rate_net)})
    sums = {"totalNetAmount": float(net), "totalGrossAmount": float(net + tax), "totalTaxAmount": float(tax)}
    kept = {name: total_price[name] for name in DISCOUNTS if total_price.get(name)}
    return lines, {"currency": total_price.get("currency", "EUR"), **sums, **kept}, taxes


def priced_item(item: Json, tax_type: str) -> Json:
    """One line item with both its prices and its amount."""
    return _line(item, tax_type == "gross", {})


def other_price(price: Decimal, rate: Decimal, gross: bool) -> Decimal:
    """The net amount to a gross one, or the gross amount to a net one, to four places."""
    factor = 1 + rate / HUNDRED
    return (price / factor if gross else price * factor).quantize(PRICE_UNIT, ROUND_HALF_UP)


def _line(item: Json, gross: bool, by_rate: dict[Decimal, Decimal]) -> Json:
    unit_price = item.get("unitPrice")
    if item["type"] == "text" or not unit_price:
        return item
    given, other = ("grossAmount", "netAmount") if gross else ("netAmount", "grossAmount")
    price, rate = decimal(unit_price[given]), decimal(unit_price["taxRatePercentage"])
    amount = price * decimal(item["quantity"])
    if percent := item.get("discountPercentage"):
        amount *= 1 - decimal(percent) / HUNDRED
    amount = cents(amount)
    if not (item.get("optional") or item.get("alternative")):
        by_rate[rate] = by_rate.get(rate, ZERO) + amount
    counterpart = other_price(price, rate, gross) if rate else price
    line = {**item, "unitPrice": {**unit_price, other: float(counterpart)}, "lineItemAmount": float(amount)}
    if subs := item.get("subItems"):
        line["subItems"] = [_line(sub, gross, {}) for sub in subs]
    return line


def _discount(by_rate: dict[Decimal, Decimal], total_price: Json) -> None:
    """Take the total discount off, in proportion; the last rate bears what rounding leaves."""
    total = sum(by_rate.values(), ZERO)
    off = _off(total, total_price)
    if not (off and total):
        return
    for rate, share in zip(by_rate, _shares(off, list(by_rate.values()), total), strict=True):
        by_rate[rate] -= share


def _off(total: Decimal, total_price: Json) -> Decimal:
    if absolute := total_price.get("totalDiscountAbsolute"):
        return cents(decimal(absolute))
    if percent := total_price.get("totalDiscountPercentage"):
        return cents(total * decimal(percent) / HUNDRED)
    return ZERO


def _shares(off: Decimal, amounts: list[Decimal], total: Decimal) -> Iterator[Decimal]:
    rest = off
    for amount in amounts[:-1]:
        share = cents(off * amount / total)
        rest -= share
        yield share
    yield rest


def _taxed(amount: Decimal, rate: Decimal, gross: bool) -> tuple[Decimal, Decimal]:
    """Net amount and tax in the sum for one rate."""
    if not rate:
        return amount, ZERO
    if gross:
        tax = cents(amount * rate / (HUNDRED + rate))
        return amount - tax, tax
    return amount, cents(amount * rate / HUNDRED)


def _rate(rate: Decimal) -> int | float:
    return int(rate) if rate == rate.to_integral_value() else float(rate)
