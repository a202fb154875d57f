"""Receipts that somebody has to think about: duplicates of four sorts, one without a file, one never recognised."""

from dataclasses import replace

from lexweb.sandbox.seed.books import buying, days, misread, purchases, receipts, vouchers
from lexweb.sandbox.seed.books.buying import Purchase
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.seed.books.receipts import Line, Supplier

COUNT = 10  # vouchers written here
NEVER = 4_102_444_800.0  # 2100: this recognition hangs


def write(ledger: Ledger) -> None:
    """Write them all. In each pair the first is booked and the second waits."""
    party = ledger.vendors.trading(ledger.random, "Haustechnik", "Bürobedarf", "GmbH")
    seller = buying.supplier(party)
    _same_file(ledger, _purchase(ledger, seller, 17, 4310))
    _same_number(ledger, _purchase(ledger, seller, 12, 9850))
    _same_amount(ledger, _purchase(ledger, seller, 9, 23_970))
    _near_number(ledger, _purchase(ledger, seller, 15, 6120))
    _without_file(ledger, _purchase(ledger, seller, 6, 1880))
    _blank(ledger)


def _purchase(ledger: Ledger, seller: Supplier, ago: int, cents: int) -> Purchase:
    day = days.workday(days.after(ledger.today, -ago))
    line = Line("Verbrauchsmaterial laut Lieferschein", 1, "Lieferung", cents, 19)
    return Purchase(day, seller, [line], "Material/Waren", False)


def _same_file(ledger: Ledger, purchase: Purchase) -> None:
    purchases.voucher(ledger, "same-file-1", purchase, "2026/0815", "pdf")
    again = replace(purchase, fresh=True)
    purchases.voucher(ledger, "same-file-2", again, "2026/0815", "pdf")


def _same_number(ledger: Ledger, purchase: Purchase) -> None:
    purchases.voucher(ledger, "same-number-1", purchase, "4711", "pdf")
    line = replace(purchase.lines[0], cents=purchase.lines[0].cents + 500)
    purchases.voucher(ledger, "same-number-2", replace(purchase, lines=[line], fresh=True), "4711", "jpg")


def _same_amount(ledger: Ledger, purchase: Purchase) -> None:
    purchases.voucher(ledger, "same-amount-1", purchase, "90812", "pdf")
    later = replace(purchase, day=days.after(purchase.day, 2), fresh=True)
    purchases.voucher(ledger, "same-amount-2", later, "A-77", "png")


def _near_number(ledger: Ledger, purchase: Purchase) -> None:
    purchases.voucher(ledger, "near-number-1", purchase, "RG-100583", "pdf")
    near = replace(purchase, fresh=True)
    purchases.voucher(ledger, "near-number-2", near, misread.swapped("RG-100583"), "jpg")


def _without_file(ledger: Ledger, purchase: Purchase) -> None:
    record = purchases.voucher(ledger, "without-file", replace(purchase, fresh=True), "2044", "pdf")
    for file_id in record.document["files"]:
        del ledger.shelves["files"][file_id]
    ledger.put("vouchers", record.document | {"files": []}, record.hidden)


def _blank(ledger: Ledger) -> None:
    """An upload whose recognition does not end."""
    voucher_id, file_id = ledger.id("blank"), ledger.id("blank-file")
    day = days.after(ledger.today, -1)
    lines = [Line("Diesel", 41, "Liter", 134, 19)]
    described = receipts.recipe(ledger, receipts.shop("Tankstelle Nordring"), "B 0042", day, None, lines, "jpg")
    receipts.file(ledger, file_id, voucher_id, described)
    members = {
        "type": "purchaseinvoice",
        "voucherStatus": "blank",
        "taxType": "gross",
        **vouchers.contact(None, purchases.COLLECTIVE),
        "voucherItems": [],
        "files": [file_id],
    }
    document = vouchers.document(ledger, voucher_id, ledger.today, ledger.today, members)
    ledger.put("vouchers", document, {"recognized_at": NEVER})
