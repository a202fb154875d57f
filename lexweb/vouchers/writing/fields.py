"""
Every writable field of a bookkeeping voucher: its name in forms, its label, its member in the JSON of the API.

One table serves forms, merging, history and the complaints of the API (openapi.yaml, VoucherCreate; behaviour.md,
chapter 12). Values are ready for JSON: days as `2026-11-21`, amounts as `119.00`, rates as `19` or `5.5`, ids as text,
what is not there as an empty text. `lines` is a list of such values; it is one field, as its sums belong together.

Totals are no field: they follow from the lines, see sums.py.
"""

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_noop as _

from lexweb.clients.mirroring import day
from lexweb.vouchers.writing import sums

Payload = dict[str, Any]
Values = dict[str, Any]  # field name → str, bool for `collective`, list of Line for `lines`
Line = dict[str, str]  # by the names of `LINE`

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Field:
    """`label` is an untranslated message id; `kind` is text, day, flag, lines."""

    name: str
    member: str
    label: str
    kind: str = "text"


FIELDS: tuple[Field, ...] = (
    Field("type", "type", _("Kind of voucher")),
    Field("voucher_number", "voucherNumber", _("Number")),
    Field("voucher_date", "voucherDate", _("Voucher date"), "day"),
    Field("shipping_date", "shippingDate", _("Supply date"), "day"),
    Field("due_date", "dueDate", _("Due date"), "day"),
    Field("tax_type", "taxType", _("Tax")),
    Field("collective", "useCollectiveContact", _("Collective contact"), "flag"),
    Field("contact_id", "contactId", _("Contact")),
    Field("remark", "remark", _("Remark")),
    Field("lines", "voucherItems", _("Lines"), "lines"),
)
BY_NAME = {field.name: field for field in FIELDS}
LINE: dict[str, str] = {  # part of a line → its member
    "amount": "amount",
    "tax_rate": "taxRatePercent",
    "tax_amount": "taxAmount",
    "category_id": "categoryId",
}
NUMBERS = ("amount", "tax_rate", "tax_amount")
NO_LINE: Line = dict.fromkeys(LINE, "")
PURCHASES = ("purchaseinvoice", "purchasecreditnote")
KINDS = ("salesinvoice", "salescreditnote", *PURCHASES)  # that can be written


def read(payload: Payload) -> Values:
    """Return the value of every field; what the payload lacks is empty."""
    return {field.name: READERS[field.kind](payload.get(field.member)) for field in FIELDS}


def clean(values: Mapping[str, Any]) -> Values:
    """Return the values ready for JSON; days, Decimals and UUIDs may be given as such. Those not given stay so."""
    return {name: CLEANERS[BY_NAME[name].kind](value) for name, value in values.items()}


def apply(payload: Payload, values: Mapping[str, Any]) -> Payload:
    """
    Return the payload of a draft with the values put in, totals included; members that no field knows are kept.

    A line that was there before keeps its own unknown members. Totals stay as they are while there are no lines: text
    recognition finds them first.
    """
    result, before, values = copy.deepcopy(payload), read(payload), clean(values)
    for field in differing(before, values):
        _set(result, field, values[field.name])
    now = before | values
    if not now["collective"] and now["contact_id"] != before["contact_id"]:
        result.pop("contactName", None)  # the name of the one before
    if now["collective"]:
        result.pop("contactId", None)  # ignored, and misleading
    if now["type"] in PURCHASES:
        result.pop("shippingDate", None)  # for sales only
    if now["lines"]:
        found = sums.totals(now["lines"], now["tax_type"])
        result |= {"totalGrossAmount": _number(found.gross), "totalTaxAmount": _number(found.tax)}
    return result


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Field]:
    """Yield the fields of `after` whose values differ; both as `clean` and `read` return them."""
    for field in FIELDS:
        if field.name in after and before.get(field.name) != after[field.name]:
            yield field


def amount(value: Decimal | float | str | None) -> str:
    """Return an amount as values hold it, `119.00`; empty stays empty."""
    return "" if value in (None, "") else f"{Decimal(str(value)).quantize(CENT, ROUND_HALF_UP):f}"


def rate(value: Decimal | float | str | None) -> str:
    """Return a tax rate as values hold it, `19`; empty stays empty."""
    return "" if value in (None, "") else f"{Decimal(str(value)).normalize():f}"


def _read_day(text: str | None) -> str:
    return str(day(text) or "")


def _read_line(item: Payload) -> Line:
    return _clean_line({part: item.get(member) for part, member in LINE.items()})


def _read_lines(items: list[Payload] | None) -> list[Line]:
    return [_read_line(item) for item in items or ()]


def _clean_day(value: date | str | None) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _clean_line(line: Mapping[str, Any]) -> Line:
    return {
        "amount": amount(line.get("amount")),
        "tax_rate": rate(line.get("tax_rate")),
        "tax_amount": amount(line.get("tax_amount")),
        "category_id": str(line.get("category_id") or "").lower(),
    }


def _clean_lines(lines: Iterable[Mapping[str, Any]] | None) -> list[Line]:
    return [_clean_line(line) for line in lines or ()]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


READERS: dict[str, Callable[[Any], Any]] = {"text": _text, "day": _read_day, "flag": bool, "lines": _read_lines}
CLEANERS: dict[str, Callable[[Any], Any]] = READERS | {"day": _clean_day, "lines": _clean_lines}


def _set(payload: Payload, field: Field, value: Any) -> None:
    if field.kind == "lines":
        value = _items(payload.get(field.member) or [], value)
    if value in ("", []):
        payload.pop(field.member, None)
    else:
        payload[field.member] = value


def _items(before: list[Payload], lines: list[Line]) -> list[Payload]:
    """Return the lines as items; each goes on with the item it was: the one that is like it, else the next one."""
    left = list(before)
    same = [_take(left, line) for line in lines]
    return [(item or (left.pop(0) if left else {})) | _members(line) for line, item in zip(lines, same, strict=True)]


def _take(items: list[Payload], line: Line) -> Payload | None:
    found = next((item for item in items if _read_line(item) == line), None)
    if found is not None:
        items.remove(found)
    return found


def _members(line: Line) -> Payload:
    numbers = {LINE[part]: _number(Decimal(line[part])) for part in NUMBERS if line[part]}
    return numbers | ({"categoryId": line["category_id"]} if line["category_id"] else {})


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
