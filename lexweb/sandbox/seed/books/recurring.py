"""Recurring templates, and the invoices that were made of them."""

from datetime import date

from lexweb.sandbox.seed.books import days, deals, documents, lines, taxing
from lexweb.sandbox.seed.books.catalog import Ware
from lexweb.sandbox.seed.books.deals import Deal, Step
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.seed.books.parties import Party
from lexweb.sandbox.web import Json

INTERVALS = ("MONTHLY", "MONTHLY", "MONTHLY", "QUARTERLY")
MONTHS = {"MONTHLY": 1, "QUARTERLY": 3}


def every(ledger: Ledger, wares: list[Ware]) -> list[Deal]:
    """Write the templates; the deals are their invoices."""
    monthly = [each for each in wares if each.good.unit == "Monat"] or [each for each in wares if each.good.service]
    found: list[Deal] = []
    for index in range(ledger.plan.recurring):
        found += _template(ledger, monthly, index)
    return found


def _template(ledger: Ledger, wares: list[Ware], index: int) -> list[Deal]:
    random, interval = ledger.random, INTERVALS[index % len(INTERVALS)]
    start = days.some(random, ledger.first, days.after(ledger.today, -60)).replace(day=1 + index % 28)
    party = ledger.customers.at(random, start)
    tax = taxing.of(ledger, party)
    items = [lines.item(ledger, random.choice(wares), tax) | {"discountPercentage": 0} for _ in range(1 + index % 2)]
    run = _days(start, MONTHS[interval], ledger.today)
    template_id = ledger.id(f"template-{index}")
    made = [_deal(ledger, party, tax, items, template_id, day) for day in run[:-1] if day >= ledger.first]
    ledger.put("recurring-templates", _document(ledger, made[0], run, interval, index))
    return made


def _days(start: date, months: int, today: date) -> list[date]:
    """The days of execution, from the first to the one that comes next."""
    found = [start]
    while found[-1] <= today:
        month = found[-1].month - 1 + months
        found.append(start.replace(year=found[-1].year + month // 12, month=month % 12 + 1))
    return found


def _deal(ledger: Ledger, party: Party, tax: taxing.Tax, items: list[Json], template_id: str, day: date) -> Deal:
    step = Step("I", ledger.id(f"{template_id}-{day.year}-{day.month}"), day)
    deal = deals.priced(party, tax, items, [step], {"currency": "EUR"})
    deal.template_id = template_id
    deal.shipped = [day.replace(day=1), days.after((day.replace(day=28)), 0)]
    return deal


def _document(ledger: Ledger, deal: Deal, run: list[date], interval: str, index: int) -> Json:
    head = ledger.head(str(deal.template_id), run[0], run[-2], len(run))
    return head | {
        "language": "de",
        "archived": False,
        "address": deal.party.address,
        "lineItems": deal.items,
        "totalPrice": deal.total,
        "taxAmounts": deal.taxes,
        "taxConditions": deal.tax.conditions,
        "paymentConditions": documents.terms(ledger, deal),
        "title": "Rechnung",
        "introduction": "Für den laufenden Zeitraum berechnen wir:",
        "remark": "",
        "recurringTemplateSettings": _settings(ledger, deal, run, interval, index),
    }


def _settings(ledger: Ledger, deal: Deal, run: list[date], interval: str, index: int) -> Json:
    return {
        "id": ledger.id(f"settings-{deal.template_id}"),
        "startDate": run[0].isoformat(),
        "endDate": None,
        "finalize": index % 3 != 0,
        "shippingType": "serviceperiod",
        "retroactiveInvoice": False,
        "executionInterval": interval,
        "nextExecutionDate": run[-1].isoformat(),
        "lastExecutionDate": run[-2].isoformat(),
        "lastExecutionFailed": False,
        "lastExecutionErrorMessage": None,
        "executionStatus": "ACTIVE",
    }
