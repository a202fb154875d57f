"""Income without an invoice of one's own: the till, the shop on the internet, membership fees."""

from collections.abc import Iterator
from datetime import date

from lexweb.sandbox.seed.books import days, settling, tills, vouchers
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.seed.books.plans import Takings
from lexweb.sandbox.web import Json

FOOD_AT_7_SINCE = date(2026, 1, 1)  # on the plate; 19 % before
MOST = 0.55  # part of the vouchers that may be income
RETURNED = 0.02
REST_DAY = 0  # Monday


def write(ledger: Ledger, room: int) -> int:
    """Write at most so many vouchers, the latest days first to go missing; returns how many."""
    limit = int(room * MOST)
    planned = sorted(
        (day, index, time, takings)
        for index, takings in enumerate(ledger.plan.takings)
        for day in _days(ledger, takings)
        for time in range(takings.times)
    )
    kept = planned[-limit:] if limit else []
    numbers: dict[str, int] = {}
    for day, _, _, takings in kept:
        numbers[takings.prefix] = numbers.get(takings.prefix, 0) + 1
        _voucher(ledger, takings, day, numbers[takings.prefix])
    return len(kept)


def _days(ledger: Ledger, takings: Takings) -> Iterator[date]:
    for offset in range(0, days.SPAN + 1, takings.every):
        day = days.after(ledger.first, offset)
        if takings.every > 1 or takings.times > 1 or day.weekday() != REST_DAY:
            yield day


def _voucher(ledger: Ledger, takings: Takings, day: date, number: int) -> None:
    random = ledger.random
    back = takings.by != tills.CASH and random.random() < RETURNED
    parts = [
        vouchers.from_gross(vouchers.category("income", name), _rate(ledger, rate, day), random.randint(low, high))
        for name, rate, low, high in takings.parts
    ]
    voucher_id = ledger.id(f"{takings.prefix}-{day}-{number}")
    cents = vouchers.gross(parts)
    kind = "salescreditnote" if back else "salesinvoice"
    payments = _payments(ledger, takings, day, cents)
    members: Json = {
        "type": kind,
        "voucherStatus": vouchers.status(kind, payments, cents),
        "voucherNumber": f"{takings.prefix}-{day.year}-{number:05d}",
        **vouchers.dates(day, days.after(day, 14) if takings.by != tills.CASH else day, shipped=True),
        **vouchers.money(ledger, parts, "gross"),
        **vouchers.contact(None, takings.contact),
        "remark": f"Retoure: {takings.remark}" if back else takings.remark,
        "files": [],
    }
    changed = settling.last_day(payments, day)
    document = vouchers.document(ledger, voucher_id, day, changed, members)
    ledger.put("vouchers", document, vouchers.hidden(payments, archived=False))
    if takings.by == tills.CASH:
        tills.close(ledger, document)


def _rate(ledger: Ledger, rate: int, day: date) -> int:
    inn = ledger.company.trade == "Gastronomie"
    return 19 if inn and day < FOOD_AT_7_SINCE else rate


def _payments(ledger: Ledger, takings: Takings, day: date, cents: int) -> list[Json]:
    if takings.by == tills.CASH:
        return settling.paid(cents, day, takings.by)
    on = days.after(day, 1 + int(ledger.random.random() * 6))
    if on > ledger.today or ledger.chance(0.01):
        return []
    return settling.paid(cents, on, takings.by)
