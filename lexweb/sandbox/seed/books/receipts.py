"""Files of receipts. Nothing of them is stored but what has to be known to make them (``sandbox/files``)."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date

from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.web import Json

MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "xml": "application/xml"}
SIZES = {"pdf": 31_000, "jpg": 96_000, "png": 64_000, "xml": 9_000}  # bytes, about
PLACES = (("20457", "Hamburg"), ("10969", "Berlin"), ("50667", "Köln"), ("80331", "München"), ("04109", "Leipzig"))


@dataclass(frozen=True, slots=True)
class Line:
    """One thing bought: ``cents`` net for one unit, ``rate`` in percent."""

    text: str
    quantity: int
    unit: str
    cents: int
    rate: int


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who sold it; ``contact_id`` if it is in the contact book."""

    name: str
    street: str
    zip: str
    city: str
    vat_id: str | None
    contact_id: str | None = None
    country: str = "DE"


def shop(name: str) -> Supplier:
    """A supplier that is in no contact book."""
    digest = hashlib.sha256(name.encode()).digest()
    zip_code, city = PLACES[digest[0] % len(PLACES)]
    return Supplier(name, f"Marktstraße {1 + digest[1] % 90}", zip_code, city, None)


def recipe(
    ledger: Ledger, supplier: Supplier, number: str, day: date, due: date | None, lines: list[Line], form: str
) -> Json:
    """The arguments of ``sandbox.paper.receipts.Receipt`` as JSON values, and the format."""
    seller = ledger.seller
    return {
        "supplier": supplier.name,
        "street": supplier.street,
        "zip": supplier.zip,
        "city": supplier.city,
        "vat_id": supplier.vat_id,
        "buyer": seller.name,
        "buyer_street": seller.street,
        "buyer_zip": seller.zip,
        "buyer_city": seller.city,
        "number": number,
        "date": day.isoformat(),
        "due": due.isoformat() if due else None,
        "lines": [
            {
                "text": line.text,
                "quantity": line.quantity,
                "unit": line.unit,
                "price": f"{line.cents // 100}.{line.cents % 100:02d}",
                "rate": line.rate,
            }
            for line in lines
        ],
        "seed": sum(map(ord, number)),
        "format": form,
    }


def file(ledger: Ledger, file_id: str, voucher_id: str, described: Json) -> None:
    """
    Keep a file for a voucher.

    Its hash is the recipe's, for the bytes do not exist yet: same recipe, same file.
    """
    digest = hashlib.sha256(json.dumps(described, ensure_ascii=False).encode()).hexdigest()
    form = described["format"]
    document = {
        "id": file_id,
        "name": _name(described, form, digest),
        "mediaType": MEDIA_TYPES[form],
        "voucherId": voucher_id,
        "sha256": digest,
        "size": SIZES[form] + int(digest[:3], 16),
    }
    ledger.put("files", document, {"receipt": described})


def _name(described: Json, form: str, digest: str) -> str:
    if form == "jpg":
        return f"IMG_{described['date'].replace('-', '')}_{int(digest[:4], 16) % 10_000:04d}.jpg"
    if form == "png":
        return f"Scan_{int(digest[:4], 16):05d}.png"
    plain = re.sub(r"[^\w.-]+", "_", described["number"])
    return f"Rechnung_{plain}.{form}"
