"""What an electronic invoice says, beside what is booked."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from lexweb.clients.mirroring import amount, day
from lexweb.einvoice import Invoice
from lexweb.einvoice.model import Kind, Party
from lexweb.vouchers.duplicates import names, numbers

CENT = Decimal("0.01")  # of tax, which people round line by line or in total


@dataclass(frozen=True)
class Difference:
    """One value that differs; `kind` is text, day or money, and says how both are shown."""

    name: str  # type, number, voucher_date, currency, total, tax, supplier, vat_id
    label: str
    invoice: Any
    booked: Any
    kind: str = "text"


def differences(raw: dict[str, Any], invoice: Invoice, *, contact_name: str = "", vat_id: str = "") -> list[Difference]:
    """
    Return where a voucher differs from the electronic invoice it belongs to. What one of them leaves out does not.

    :param raw: the voucher as the API says it
    :param contact_name: of the contact it is booked to; "" for the collective contact
    :param vat_id: of that contact
    """
    return [
        *_of_head(raw, invoice),
        *_of_sums(raw, invoice),
        *_of_party(_party(raw, invoice), contact_name, vat_id),
    ]


def total(invoice: Invoice) -> Decimal | None:
    """Return what an invoice in euros comes to, written as in a voucher."""
    return _positive(invoice.totals.gross) if invoice.currency in ("", "EUR") else None


def is_credit(invoice: Invoice) -> bool:
    """Say whether an invoice gives money back, whichever way it says so."""
    return invoice.kind == Kind.CREDIT_NOTE or (invoice.totals.gross or 0) < 0


def _of_head(raw: dict[str, Any], invoice: Invoice) -> Iterator[Difference]:
    kind = str(raw.get("type") or "")
    credit = is_credit(invoice)
    if kind and credit != kind.endswith("creditnote"):
        words = {True: _("a credit note"), False: _("an invoice")}
        yield Difference("type", _("Kind"), words[credit], words[not credit])
    number, booked = invoice.number, str(raw.get("voucherNumber") or "")
    if number and booked and numbers.plain(number) != numbers.plain(booked):
        yield Difference("number", _("Number"), number, booked)
    issued_on, voucher_on = invoice.issued_on, day(raw.get("voucherDate"))
    if issued_on and voucher_on and issued_on != voucher_on:
        yield Difference("voucher_date", _("Date"), issued_on, voucher_on, "day")
    if _is_foreign(raw, invoice):
        yield Difference("currency", _("Currency"), invoice.currency, _currency(raw))


def _of_sums(raw: dict[str, Any], invoice: Invoice) -> Iterator[Difference]:
    if _is_foreign(raw, invoice):  # of the same amount in another currency nobody can say whether it is the same
        return
    total = amount((raw.get("totalPrice") or raw).get("totalGrossAmount"))
    gross = _positive(invoice.totals.gross)
    if gross is not None and total is not None and gross != total:
        yield Difference("total", _("Total"), gross, total, "money")
    if "voucherItems" not in raw or not raw["voucherItems"]:
        return
    ours, theirs = _taxes(raw), _invoice_taxes(invoice)
    for rate in sorted({*ours, *theirs}) if theirs else ():
        mine, said = ours.get(rate, Decimal(0)), theirs.get(rate, Decimal(0))
        if abs(mine - said) > CENT:
            percent = f"{rate.normalize():f}".replace(".", ",")
            yield Difference("tax", _("VAT %(rate)s %%") % {"rate": percent}, said, mine, "money")


def _of_party(party: Party, contact_name: str, vat_id: str) -> Iterator[Difference]:
    said = {names.fold(each) for each in (party.name, party.legal_name) if each}
    if said and contact_name and not names.is_collective(contact_name) and names.fold(contact_name) not in said:
        yield Difference("supplier", _("Contact"), party.name or party.legal_name, contact_name)
    if party.vat_id and vat_id and numbers.plain(party.vat_id) != numbers.plain(vat_id):
        yield Difference("vat_id", _("VAT ID"), party.vat_id, vat_id)


def _party(raw: dict[str, Any], invoice: Invoice) -> Party:
    """Return who is the contact: the seller of what was bought, the buyer of what was sold."""
    bought = str(raw.get("type") or "").startswith("purchase")
    return invoice.seller if bought else invoice.buyer


def _is_foreign(raw: dict[str, Any], invoice: Invoice) -> bool:
    return bool(invoice.currency) and invoice.currency != _currency(raw)


def _currency(raw: dict[str, Any]) -> str:
    return str((raw.get("totalPrice") or {}).get("currency") or "EUR")


def _taxes(raw: dict[str, Any]) -> dict[Decimal, Decimal]:
    found: dict[Decimal, Decimal] = {}
    for item in raw.get("voucherItems") or ():
        rate = Decimal(str(item.get("taxRatePercent") or 0)).normalize()
        found[rate] = found.get(rate, Decimal(0)) + (amount(item.get("taxAmount")) or 0)
    return found


def _invoice_taxes(invoice: Invoice) -> dict[Decimal, Decimal]:
    found: dict[Decimal, Decimal] = {}
    sign = -1 if (invoice.totals.gross or 0) < 0 else 1  # of the whole: of one rate there may be more given than taken
    for tax in invoice.taxes:
        rate = (tax.rate or Decimal(0)).normalize()
        found[rate] = found.get(rate, Decimal(0)) + sign * (tax.tax or 0)
    return found


def _positive(value: Decimal | None) -> Decimal | None:
    """Return the amount as vouchers have it, which say by their kind that it is a credit."""
    return None if value is None else abs(value)
