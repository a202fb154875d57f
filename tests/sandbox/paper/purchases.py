"""A purchase to make files of."""

import datetime
from decimal import Decimal

from lexweb.sandbox.paper.receipts import Line, Receipt


def line(text: str, quantity: str, unit: str, price: str, rate: str) -> Line:
    return Line(text, Decimal(quantity), unit, Decimal(price), Decimal(rate))


RECEIPT = Receipt(
    supplier="Bürobedarf Müßig & Söhne GmbH",
    street="Größenweg 5",
    zip="10115",
    city="Berlin",
    vat_id="DE136695976",
    buyer="Tischlerei Brandt GmbH & Co. KG",
    buyer_street="Ahornweg 12",
    buyer_zip="24103",
    buyer_city="Kiel",
    number="2026-4711",
    date=datetime.date(2026, 3, 5),
    lines=(
        line("Kopierpapier A4, 500 Blatt", "10", "Paket", "4.19", "19"),
        line("Bleistifte HB", "3", "Stück", "1.25", "19"),
        line("Fachbuch „Holz“", "1", "Stück", "27.94", "7"),
    ),
    due=datetime.date(2026, 4, 4),
    seed=7,
)
