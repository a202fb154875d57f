"""Daily closings of cash boxes (OAuth and the Partner API, chapter 5; schema CashBoxBalance)."""

import uuid
from collections.abc import Iterator
from datetime import date

from lexweb.sandbox import categories, dates, findings, paging
from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.shaping import items, members, number, text
from lexweb.sandbox.web import Json

KIND = "cash-box-balances"
RATES = (0, 5, 7, 16, 19)
_WORDS = {
    "paymentType": ("cash", "creditCard", "electronicCash", "valueCoupon"),
    "currency": ("EUR",),
    "taxType": ("gross",),
    "voucherType": ("revenue", "expense", "revenueReduction", "opening"),
}
_POSITION = members(
    dict.fromkeys(("paymentType", "categoryId", "note", "currency", "taxType", "voucherType"), text)
    # Requests have text with two decimals here, answers numbers.
    | {"amount": number, "taxRatePercentage": number},
    keep_empty=True,
)
SHAPE = members(
    {"voucherNumber": text, "voucherDate": text, "userName": text, "positions": items(_POSITION)}, keep_empty=True
)


def wrong(organization: Organization, cash_box_id: str, draft: Json) -> Iterator[Detail]:
    """What is wrong with a daily closing; number and day together can be sent once."""
    yield from (findings.missing(name) for name in ("voucherNumber", "voucherDate", "positions") if name not in draft)
    yield from dates.invalid(draft, "voucherDate", "voucherDate")
    for index, position in enumerate(draft.get("positions", [])):
        yield from _wrong_position(position, f"positions[{index}].")
    same = ("voucherNumber", "voucherDate")
    if any(all(each[name] == draft.get(name) for name in same) for each in of(organization, cash_box_id)):
        yield findings.wrong("voucherNumber", "dieser Tagesabschluss wurde schon übertragen")


def stored(organization: Organization, cash_box_id: str, draft: Json) -> Json:
    """The closing as it is kept and shown; each position is a voucher of its own."""
    head = {"id": str(uuid.uuid4()), "organizationId": organization.id, "cashBoxId": cash_box_id}
    head["userName"] = organization.user_name
    return head | draft | {"positions": [_stored_position(each) for each in draft["positions"]]}


def of(organization: Organization, cash_box_id: str) -> list[Json]:
    """The closings of a cash box, oldest first."""
    every = (record.document for record in organization.shelf(KIND))
    return [shown(each) for each in every if each["cashBoxId"] == cash_box_id]


def shown(document: Json) -> Json:
    """A closing as the API shows it: without an id."""
    return {name: value for name, value in document.items() if name != "id"}


def found(balances: list[Json], params: dict[str, str]) -> tuple[list[Json], list[Json]]:
    """
    Those that pass the filters, in order, and the member ``sort`` that tells the order.

    :raises ValueError: a day is no date, or there is no such order
    """
    number = params.get("voucherNumber")
    since = date.fromisoformat(params.get("dateFrom") or "0001-01-01")
    until = date.fromisoformat(params.get("dateTo") or "9999-12-31")
    member, _, direction = params.get("sort", "voucherDate,DESC").partition(",")
    if member not in {"voucherDate", "voucherNumber"} or direction.upper() not in {"", "ASC", "DESC"}:
        raise ValueError("parameter 'sort' is invalid")
    passing = [
        each
        for each in balances
        if number in {None, each["voucherNumber"]} and since <= dates.day(each["voucherDate"]) <= until
    ]
    descending = direction.upper() == "DESC"
    passing.sort(key=lambda each: str(each[member]), reverse=descending)
    return passing, paging.sorted_by(member, ascending=not descending)


def _wrong_position(position: Json, place: str) -> Iterator[Detail]:
    for name in (*_WORDS, "categoryId", "amount", "taxRatePercentage"):
        if name not in position:
            yield findings.missing(place + name)
    for name, words in _WORDS.items():
        if name in position:
            yield from findings.one_of(position[name], words, place + name)
    if "amount" in position:
        yield from findings.amount(position["amount"], 2, f"{place}amount")
    if position.get("taxRatePercentage", 0) not in RATES:
        yield findings.wrong(f"{place}taxRatePercentage", "gibt es nicht")
    if "categoryId" in position and position["categoryId"].lower() not in categories.by_id():
        yield findings.wrong(f"{place}categoryId", "Kategorie existiert nicht")


def _stored_position(position: Json) -> Json:
    return {"voucherId": str(uuid.uuid4())} | position | {"voucherStatus": "paid"}
