"""
What is wrong with a voucher's values, in sentences and at the right field: found by us, or said by the API.

Both are a code and the member at fault as the API names it (`voucherItems[0].taxAmount`), so that both can be kept and
explained later; the API's own texts are not meant for people (behaviour.md, chapter 4).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lexweb.lexware.errors import Issue
from lexweb.vouchers.writing import categories, fields, sums
from lexweb.vouchers.writing.categories import Category

Values = Mapping[str, Any]

IMAGE = "image"
TEXTS: dict[str, Promise] = {
    "missing_entity": gettext_lazy("Lexware Office needs a value here."),
    "invalid_value": gettext_lazy("Lexware Office does not accept this value."),
    "invalid_taxamount": gettext_lazy("The tax does not match amount and rate; one cent more or less is allowed."),
    "invalid_total_amount": gettext_lazy("The lines do not add up to the total."),
    "contact_required": gettext_lazy("This category needs a contact of its own, not the collective contact."),
    "split": gettext_lazy("This category does not allow lines with different tax rates."),
    "other_side": gettext_lazy("This category does not fit the kind of voucher."),
    "unknown_category": gettext_lazy("Lexware Office does not have this category."),
    "net_unchecked": gettext_lazy("Net amounts are possible only when it is booked. Book it, or enter gross amounts."),
    "negative": gettext_lazy("The total is negative. Choose a credit note instead."),
    "rate_vatfree": gettext_lazy("A voucher free of VAT has lines with 0 % only."),
    "paid_sum": gettext_lazy("It is paid. Take the payment back in Lexware Office before you change its total."),
    "inacceptable_file_extension": gettext_lazy("Lexware Office takes PDF, JPEG, PNG and XRechnung only."),
    "max_file_size_exceeded": gettext_lazy("The file is larger than 5 MB."),
    "image_conversion_error": gettext_lazy("Lexware Office cannot read this file; it may be damaged."),
    "voucher_upload_toxic_pdf": gettext_lazy("Lexware Office refuses this PDF: it has scripts or other active parts."),
    "lost": gettext_lazy("The file is no longer here, or was altered. Choose it once more."),
    "invalid_xrechnung": gettext_lazy("Lexware Office does not accept this XML as an XRechnung."),
}
AT: dict[tuple[str, str], Promise] = {  # sentences for a single member
    ("missing_entity", "contactId"): gettext_lazy("Choose a contact, or the collective contact."),
    ("invalid_value", "contactId"): gettext_lazy("Lexware Office does not have this contact any more."),
    ("missing_entity", "voucherItems"): gettext_lazy("At least one line is needed."),
    ("missing_entity", "categoryId"): gettext_lazy("Choose a category."),
    ("missing_entity", "amount"): gettext_lazy("Enter an amount."),
    ("missing_entity", "taxRatePercent"): gettext_lazy("Choose a tax rate."),
    ("missing_entity", "voucherNumber"): gettext_lazy("Enter the number that stands on it."),
    ("missing_entity", "voucherDate"): gettext_lazy("Enter the date that stands on it."),
    ("invalid_value", "categoryId"): gettext_lazy("Lexware Office does not allow this category here."),
    ("invalid_value", "taxRatePercent"): gettext_lazy("Lexware Office does not allow this rate for the category."),
    ("invalid_value", "voucherStatus"): gettext_lazy("Its state in Lexware Office does not allow it."),
}
PLACES = {field.member: field.name for field in fields.FIELDS} | {
    "totalGrossAmount": "lines", "totalTaxAmount": "lines", "file": IMAGE,
}  # fmt: skip
PARTS = {member: part for part, member in fields.LINE.items()}


@dataclass(frozen=True)
class Complaint:
    """
    One complaint.

    :ivar source: the member at fault, as the API names it
    """

    code: str
    source: str = ""

    @property
    def text(self) -> str:
        """Return the complaint as a sentence."""
        return explain(self.code, self.source)

    @property
    def field(self) -> str:
        """Return a name of `fields.BY_NAME`, or "image"; "" if it concerns the voucher as a whole."""
        return PLACES.get(_members(self.source)[0], "")

    @property
    def line(self) -> int | None:
        """Return the line at fault, from 0, where `field` is "lines"; None: the lines as a whole."""
        found = re.match(r"voucherItems\[(\d+)\]", self.source)
        return int(found[1]) if found else None

    @property
    def part(self) -> str:
        """Return the part of the line at fault, a key of `fields.LINE`; "": the line as a whole."""
        return PARTS.get(_members(self.source)[-1], "") if self.line is not None else ""


def explain(code: str, source: str) -> str:
    """Return a sentence for a complaint, ours or the API's."""
    found = AT.get((code, _members(source)[-1])) or TEXTS.get(code)
    if found is not None:
        return str(found)
    return _("Lexware Office refuses this value (%(code)s %(source)s).") % {"code": code, "source": source}


def of_issues(issues: Iterable[Issue]) -> list[Complaint]:
    """Return the complaints of the API."""
    return [Complaint(issue.code, issue.source) for issue in issues]


def check(values: Values, known: Mapping[str, Category], *, booked: bool) -> list[Complaint]:
    """
    Return what Lexware Office would refuse; empty if all is well.

    :param values: of every field, as `fields.read` and `fields.clean` return them
    :param known: `categories.every`; empty if they are not here yet: then nothing is said about them
    :param booked: it is to be booked, or is already: then number, date and lines have to be there
    """
    found = [*_head(values, booked=booked), *_lines(values)]
    if known:
        found += _categories(values, known)
    return found


def _head(values: Values, *, booked: bool) -> Iterator[Complaint]:
    for name, allowed in (("type", fields.KINDS), ("tax_type", sums.TAX_TYPES)):
        if values[name] not in allowed:
            yield Complaint("invalid_value" if values[name] else "missing_entity", fields.BY_NAME[name].member)
    if not values["collective"] and not values["contact_id"]:
        yield Complaint("missing_entity", "contactId")
    if booked:
        for name in ("voucher_number", "voucher_date", "lines"):
            if not values[name]:
                yield Complaint("missing_entity", fields.BY_NAME[name].member)
    elif values["tax_type"] == "net":
        yield Complaint("net_unchecked", "taxType")


def _lines(values: Values) -> Iterator[Complaint]:
    for index, line in enumerate(values["lines"]):
        missing = [fields.LINE[part] for part in fields.LINE if not line[part]]
        yield from (_at(index, "missing_entity", member) for member in missing)
        if all(line[part] for part in fields.NUMBERS):
            yield from _sums_of(index, line, values["tax_type"])
    if sums.totals(values["lines"], values["tax_type"]).gross < 0:
        yield Complaint("negative", "totalGrossAmount")


def _sums_of(index: int, line: fields.Line, tax_type: str) -> Iterator[Complaint]:
    amount, rate, tax = (Decimal(line[part]) for part in fields.NUMBERS)
    if tax_type == "vatfree" and rate:
        yield _at(index, "rate_vatfree", "taxRatePercent")
    # No tax in spite of a rate is right where the buyer owes it; the API knows those categories.
    elif tax and not sums.fits(amount, rate, tax_type, tax):
        yield _at(index, "invalid_taxamount", "taxAmount")


def _categories(values: Values, known: Mapping[str, Category]) -> Iterator[Complaint]:
    mixed = len({line["tax_rate"] for line in values["lines"]}) > 1
    needing = False
    for index, line in enumerate(values["lines"]):
        category = known.get(line["category_id"])
        if category is None:
            if line["category_id"]:
                yield _at(index, "unknown_category", "categoryId")
            continue
        if values["type"] in fields.KINDS and category.side != categories.side(values["type"]):
            yield _at(index, "other_side", "categoryId")
        elif mixed and not category.split_allowed:
            yield _at(index, "split", "categoryId")
        needing = needing or category.contact_required
    if needing and values["collective"]:
        yield Complaint("contact_required", "contactId")


def _at(line: int, code: str, member: str) -> Complaint:
    return Complaint(code, f"voucherItems[{line}].{member}")


def _members(source: str) -> list[str]:
    """Return the names in a path, without indexes; at least one."""
    return re.findall(r"[^.\[\]\d]+", source) or [""]
