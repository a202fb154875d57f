"""The form with which people note that money has moved."""

from datetime import date
from decimal import Decimal

from lexweb.sandbox.amounts import decimal
from lexweb.sandbox.office import figures
from lexweb.sandbox.office.mistakes import Mistake


def read(form: dict[str, str], left: float | None) -> tuple[Decimal, date]:
    """
    Amount in euros and day of a payment.

    :param left: what is open
    :raises Mistake: nothing is open, more would be paid than is, or the form is not filled in
    """
    if not left:
        raise Mistake("Hier ist nichts offen.")
    amount, on = figures.amount(form.get("amount", "")), figures.typed_day(form.get("date", ""))
    if not 0 < amount <= decimal(left):
        raise Mistake(f"Möglich sind 0,01 € bis {figures.money(left)}.")
    return amount, on
