"""The bytes of stored files. Those of the demo data are made when they are asked for: hundreds of megabytes else."""

import base64
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lexweb.sandbox.amounts import ZERO, cents, decimal
from lexweb.sandbox.paper import receipts, recognition
from lexweb.sandbox.paper.marks import Recognised
from lexweb.sandbox.paper.receipts import Line, Receipt
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Json

MAKERS = {"pdf": receipts.pdf, "jpg": receipts.jpeg, "png": receipts.png, "xml": receipts.xrechnung_file}
KEPT = 200  # made files kept in memory, about 50 KB each


def content(record: Record) -> bytes:
    """The file as it was uploaded."""
    if "content" in record.hidden:
        return base64.b64decode(record.hidden["content"])
    described = record.hidden["receipt"]
    return _made(described["format"], receipt(described))


def preview(record: Record) -> bytes:
    """An e-invoice as PDF, for people."""
    if "receipt" in record.hidden:
        return _made("pdf", receipt(record.hidden["receipt"]))
    return receipts.pdf(_readable(recognition.read(content(record))))


def receipt(described: Json) -> Receipt:
    """The receipt that JSON values describe: the members of ``Receipt``, days as text, amounts as numbers or text."""
    values: dict[str, Any] = {name: value for name, value in described.items() if name != "format"}
    values["date"] = date.fromisoformat(values["date"])
    values["due"] = date.fromisoformat(values["due"]) if values.get("due") else None
    values["lines"] = tuple(_line(line) for line in values["lines"])
    return Receipt(**values)


def _line(line: Json) -> Line:
    numbers = {name: decimal(line[name]) for name in ("quantity", "price", "rate")}
    return Line(text=line["text"], unit=line["unit"], **numbers)


@lru_cache(maxsize=KEPT)
def _made(format: str, described: Receipt) -> bytes:
    return MAKERS[format](described)


def _readable(found: Recognised) -> Receipt:
    lines = [_sum(f"Summe mit {tax.rate.normalize():f} % Umsatzsteuer", tax.net, tax.rate) for tax in found.taxes]
    return Receipt(
        supplier=found.supplier or "Unbekannt",
        street="",
        zip="",
        city="",
        vat_id=None,
        buyer="",
        buyer_street="",
        buyer_zip="",
        buyer_city="",
        number=found.number or "",
        date=found.date or date(1970, 1, 1),
        due=found.due,
        lines=tuple(lines) or (_sum("Summe", found.gross or ZERO, ZERO),),
    )


def _sum(text: str, net: Decimal, rate: Decimal) -> Line:
    return Line(text, Decimal(1), "Stück", cents(net), rate)
