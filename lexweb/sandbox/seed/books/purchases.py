"""The vouchers of what was bought, booked or waiting to be, with their files."""

from datetime import date

from lexweb.sandbox.seed.books import buying, days, misread, receipts, settling, vouchers
from lexweb.sandbox.seed.books.buying import Purchase
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.seed.books.receipts import Supplier
from lexweb.sandbox.seed.books.settling import Bill
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Json

COLLECTIVE = "Sammellieferant"
SHELL_OUT = 14  # days until a vendor wants its money
STYLES = ("{year}-{number:04d}", "RE{number:05d}", "{number:07d}", "R/{year}/{number:03d}", "{year}{number:05d}")


def write(ledger: Ledger, count: int) -> None:
    """Write so many vouchers."""
    counters: dict[str, int] = {}
    for index, purchase in enumerate(buying.purchases(ledger, count)):
        number = _number(purchase, counters)
        voucher(ledger, f"purchase-{index}", purchase, number)


def voucher(ledger: Ledger, name: str, purchase: Purchase, number: str, form: str = "") -> Record:
    """
    Write the voucher of a purchase, with its files.

    :param name: what its ids are made of
    :param form: format of its file; by chance if empty, and then there may be none
    """
    voucher_id, due = ledger.id(name), _due(purchase)
    described = _recipes(ledger, purchase, number, due, form)
    files = [ledger.id(f"{name}-file-{index}") for index in range(len(described))]
    for file_id, each in zip(files, described, strict=True):
        receipts.file(ledger, file_id, voucher_id, each)
    made = min(ledger.today, days.after(purchase.day, int(ledger.random.random() * 6)))
    write_one = _unchecked if purchase.fresh else _booked
    return write_one(ledger, purchase, voucher_id, made, {"voucherNumber": number, "files": files})


def parts(ledger: Ledger, purchase: Purchase) -> list[vouchers.Part]:
    """What is booked, one part for each tax rate."""
    nets: dict[int, int] = {}
    for line in purchase.lines:
        nets[line.rate] = nets.get(line.rate, 0) + line.cents * line.quantity
    category_id = vouchers.category("outgo", purchase.category)
    return [vouchers.taxed(category_id, rate, net) for rate, net in sorted(nets.items())]


def _booked(ledger: Ledger, purchase: Purchase, voucher_id: str, made: date, given: Json) -> Record:
    found = parts(ledger, purchase)
    cents, due = vouchers.gross(found), _due(purchase)
    kind = "purchasecreditnote" if not purchase.over_the_counter and ledger.chance(0.03) else "purchaseinvoice"
    payments = _payments(ledger, purchase, cents, due)
    status = vouchers.status(kind, payments, cents)
    if status == "open" and not payments and ledger.chance(0.1):
        status = "voided"
    tax_type = "gross" if purchase.over_the_counter or ledger.company.tax_type == "gross" else "net"
    members: Json = {
        "type": kind,
        "voucherStatus": status,
        "voucherNumber": given["voucherNumber"],
        **vouchers.dates(purchase.day, due),
        **vouchers.money(ledger, found, tax_type),
        **vouchers.contact(purchase.supplier, COLLECTIVE),
        **({"remark": purchase.lines[0].text} if ledger.chance(0.5) else {}),
        "files": given["files"],
    }
    document = vouchers.document(ledger, voucher_id, made, settling.last_day(payments, made), members)
    old = (ledger.today - purchase.day).days > 330 and ledger.chance(0.2)
    return ledger.put("vouchers", document, vouchers.hidden(payments, archived=old))


def _unchecked(ledger: Ledger, purchase: Purchase, voucher_id: str, made: date, given: Json) -> Record:
    """As text recognition leaves it: no items, no category, and what it read may be wrong."""
    found = parts(ledger, purchase)
    dates = vouchers.dates(purchase.day, _due(purchase))
    if purchase.over_the_counter:
        del dates["dueDate"]  # none stands on the receipt
    read: Json = {
        "voucherNumber": given["voucherNumber"],
        **dates,
        "totalGrossAmount": vouchers.gross(found) / 100,
        "totalTaxAmount": sum(tax for _, _, _, tax in found) / 100,
    }
    members = {
        "type": "purchaseinvoice",
        "voucherStatus": "unchecked",
        **misread.read(ledger.random, read),
        "taxType": "gross",
        **vouchers.contact(purchase.supplier, purchase.supplier.name),
        "voucherItems": [],
        "files": given["files"],
    }
    return ledger.put("vouchers", vouchers.document(ledger, voucher_id, made, made, members))


def _due(purchase: Purchase) -> date:
    return purchase.day if purchase.over_the_counter else days.after(purchase.day, SHELL_OUT)


def _payments(ledger: Ledger, purchase: Purchase, cents: int, due: date) -> list[Json]:
    if purchase.over_the_counter:
        return settling.paid(cents, purchase.day, settling.BY_HAND)
    return settling.payments(ledger.random, Bill(cents, purchase.day, due), ledger.today, late=0.012)


def _number(purchase: Purchase, counters: dict[str, int]) -> str:
    """The next number of a supplier; each has its own way of counting."""
    name = purchase.supplier.name
    start = sum(map(ord, name))
    counters[name] = counters.get(name, start % 900 + 20) + 1 + start % 7
    return STYLES[start % len(STYLES)].format(year=purchase.day.year, number=counters[name])


def _recipes(ledger: Ledger, purchase: Purchase, number: str, due: date, form: str) -> list[Json]:
    """Most vouchers have a file, some two, a few none."""
    chance = ledger.random.random()
    if not form and chance < (0.03 if purchase.fresh else 0.09):
        return []
    first = _recipe(ledger, purchase, number, due, form or _form(ledger, purchase.supplier, purchase.over_the_counter))
    other = {"format": "pdf" if first["format"] == "png" else "png"}
    return [first, first | other] if not form and chance > 0.97 else [first]


def _recipe(ledger: Ledger, purchase: Purchase, number: str, due: date, form: str) -> Json:
    until = None if purchase.over_the_counter else due
    return receipts.recipe(ledger, purchase.supplier, number, purchase.day, until, purchase.lines, form)


def _form(ledger: Ledger, supplier: Supplier, over_the_counter: bool) -> str:
    chance = ledger.random.random()
    if over_the_counter:
        return "jpg" if chance < 0.8 else "png"
    return "xml" if supplier.vat_id and chance < 0.3 else "pdf" if chance < 0.92 else "png"
