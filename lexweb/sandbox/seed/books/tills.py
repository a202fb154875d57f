"""The cash box of those who keep one, and its daily closings (OAuth and the Partner API, chapter 5)."""

from lexweb.sandbox.seed.books import days
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.web import Json

CASH = "partPaymentCashBox"
BOXES = {"goldener-hirsch": ("Kasse Gaststube", "HIRSCH-01"), "lesezeichen": ("Ladenkasse", "LESE-KASSE-1")}
KEPT = 90  # days of which there are closings


def write(ledger: Ledger) -> None:
    """Write the cash box."""
    if ledger.company.slug not in BOXES:
        return
    name, identifier = BOXES[ledger.company.slug]
    head = ledger.head(_id(ledger), ledger.first, ledger.first, 0)
    box = {
        "cashBoxId": head["id"],
        "cashBoxName": name,
        "openingDate": days.midnight(ledger.first),
        "openingAmount": 250.0,
        "currency": "EUR",
        "externalReference": f"{identifier}-EXT",
        "identifier": identifier,
    }
    ledger.put("cash-boxes", head | box)


def close(ledger: Ledger, voucher: Json) -> None:
    """Write the daily closing behind the takings of a day."""
    since = days.midnight(days.after(ledger.today, -KEPT))
    if ledger.company.slug not in BOXES or voucher["voucherDate"] < since:
        return
    ledger.put(
        "cash-box-balances",
        {
            "id": ledger.id(f"closing-{voucher['id']}"),
            "organizationId": ledger.company.id,
            "cashBoxId": _id(ledger),
            "userName": ledger.company.user,
            "voucherNumber": voucher["voucherNumber"],
            "voucherDate": voucher["voucherDate"],
            "positions": [_position(voucher, item) for item in voucher["voucherItems"]],
        },
    )


def _id(ledger: Ledger) -> str:
    return ledger.id("cash-box")


def _position(voucher: Json, item: Json) -> Json:
    return {
        "voucherId": voucher["id"],
        "paymentType": "cash",
        "categoryId": item["categoryId"],
        "amount": item["amount"],
        "taxRatePercentage": float(item["taxRatePercent"]),
        "note": voucher["remark"],
        "currency": "EUR",
        "taxType": "gross",
        "voucherType": "revenue",
        "voucherStatus": "paid",
    }
