"""Between a bookkeeping voucher and the form that people fill in."""

from collections.abc import Iterator
from decimal import Decimal

from lexweb.sandbox import categories
from lexweb.sandbox.amounts import HUNDRED, ZERO, cents, decimal
from lexweb.sandbox.bodies import Issue
from lexweb.sandbox.office import figures
from lexweb.sandbox.office.mistakes import Mistake
from lexweb.sandbox.vouchers import kinds, sums
from lexweb.sandbox.web import Json

Form = dict[str, str]
RATES = (19, 7, 0)
TEXTS = {"number": "voucherNumber", "remark": "remark"}
DAYS = {"date": "voucherDate", "due": "dueDate"}
NAMES = {
    "voucherNumber": "Belegnummer",
    "voucherDate": "Belegdatum",
    "dueDate": "Fälligkeit",
    "totalGrossAmount": "Betrag",
    "totalTaxAmount": "Umsatzsteuer",
    "voucherItems": "Kategorie",
    "categoryId": "Kategorie",
    "taxRatePercent": "Steuersatz",
    "taxAmount": "Umsatzsteuer",
    "contactId": "Kontakt",
}


def fields(voucher: Json) -> Form:
    """What the form shows. Of several items none, because people change those in Lexware Office only."""
    item = voucher["voucherItems"][0] if len(voucher["voucherItems"]) == 1 else {}
    return {
        "number": voucher.get("voucherNumber", ""),
        "date": figures.day(voucher.get("voucherDate")),
        "due": figures.day(voucher.get("dueDate")),
        "gross": figures.plain(voucher.get("totalGrossAmount")),
        "rate": figures.number(item.get("taxRatePercent", _likely_rate(voucher))),
        "category": item.get("categoryId", ""),
        "remark": voucher.get("remark", ""),
    }


def changes(voucher: Json, form: Form) -> Json:
    """
    The members that the form changes; None takes one away.

    :raises Mistake: an amount or day is none
    """
    before = fields(voucher)
    typed = {name: form.get(name, value).replace("\r\n", "\n").strip() for name, value in before.items()}
    new = {name for name in typed if typed[name] != before[name].strip()}
    found: Json = {member: typed[name] or None for name, member in TEXTS.items() if name in new}
    for name, member in DAYS.items():
        if name in new:
            found[member] = figures.typed_day(typed[name]).isoformat() if typed[name] else None
    unassigned = not voucher["voucherItems"] and bool(typed["category"])
    if len(voucher["voucherItems"]) < 2 and (unassigned or new & {"gross", "rate", "category"}):
        found |= _sums(voucher["taxType"], typed)
    return found


def choices(voucher: Json) -> dict[str, list[Json]]:
    """The categories that fit, by the name of their group."""
    groups: dict[str, list[Json]] = {}
    for category in categories.every():
        if category["type"] == kinds.side(voucher["type"]):
            groups.setdefault(category["groupName"], []).append(category)
    return groups


def rates(voucher: Json) -> list[str]:
    """The usual tax rates, and the one it has."""
    usual = [figures.number(rate) for rate in RATES]
    return list(dict.fromkeys([*usual, fields(voucher)["rate"]]))


def sentences(issues: list[Issue]) -> str:
    """What the rules refuse, for people."""
    return " ".join(dict.fromkeys(_sentences(issues)))


def _sentences(issues: list[Issue]) -> Iterator[str]:
    for issue in issues:
        member = (issue.source or "").rpartition(".")[2]
        name = NAMES.get(member, member)
        yield f"{name} fehlt." if issue.key == "missing_entity" else f"{name} passt nicht."


def _sums(tax_type: str, typed: Form) -> Json:
    """Totals and the one item, of gross amount, rate and category."""
    if not typed["gross"]:
        return {"totalGrossAmount": None, "totalTaxAmount": None, "voucherItems": []}
    gross, rate = figures.amount(typed["gross"]), _rate(typed["rate"])
    tax = ZERO if tax_type == "vatfree" else sums.tax({"amount": gross, "taxRatePercent": rate}, "gross")
    item = {
        "amount": float(gross - tax if tax_type == "net" else gross),
        "taxAmount": float(tax),
        "taxRatePercent": float(rate),
        "categoryId": typed["category"],
    }
    items = [item] if typed["category"] else []
    return {"totalGrossAmount": float(gross), "totalTaxAmount": float(tax), "voucherItems": items}


def _rate(text: str) -> Decimal:
    if not text.replace(",", "", 1).isdecimal() or len(text) > 5:
        raise Mistake(f"„{text}“ ist kein Steuersatz.")
    return Decimal(text.replace(",", "."))


def _likely_rate(voucher: Json) -> Decimal:
    """Of an unchecked voucher: the rate that explains its tax, 19 % if none does."""
    gross, tax = (decimal(voucher.get(name)) for name in ("totalGrossAmount", "totalTaxAmount"))
    explained = (Decimal(rate) for rate in RATES if cents(gross * rate / (HUNDRED + rate)) == tax)
    return next(explained, Decimal(RATES[0])) if gross else Decimal(RATES[0])
