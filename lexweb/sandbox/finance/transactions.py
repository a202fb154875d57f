"""
Financial transactions (OAuth and the Partner API, chapter 5; schema FinancialTransactionCreate).

A fee is negative with money coming in and positive with money going out, and only payment providers take one.
"""

from collections.abc import Iterator

from lexweb.sandbox import categories, dates, findings
from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.finance import accounts
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.shaping import integer, members, number, text
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Json

KIND = "finance-transactions"
MOST = 25  # in one request
_TEXTS = (
    "additionalInfo",
    "recipientOrSenderName",
    "recipientOrSenderEmail",
    "recipientOrSenderIban",
    "recipientOrSenderBic",
    "externalReference",
    "endToEndId",
)
_DATES = ("valueDate", "bookingDate")
_FEE = ("feeAmount", "feeTaxRatePercentage", "feePostingCategoryId")
SHAPE = members(
    dict.fromkeys(("purpose", "financialAccountId", *_DATES, *_TEXTS, "feePostingCategoryId"), text)
    | dict.fromkeys(("amount", "feeAmount", "feeTaxRatePercentage"), number)
    | {"lockVersion": integer},
    keep_empty=True,
)


def wrong(organization: Organization, draft: Json, place: str) -> Iterator[Detail]:
    """What is wrong with a transaction; ``place`` stands before the members' names, such as ``[3].``."""
    for name in ("purpose", "amount", "financialAccountId"):
        if name not in draft:
            yield findings.missing(place + name)
    if not any(name in draft for name in _DATES):
        yield findings.missing(f"{place}valueDate")
    for name in _DATES:
        yield from dates.invalid(draft, name, place + name)
    if "amount" in draft:
        yield from findings.amount(draft["amount"], 2, f"{place}amount")
    if "financialAccountId" in draft:
        yield from _wrong_account(organization, draft, place)


def known(organization: Organization, draft: Json) -> Record | None:
    """The transaction of the same account that has this external reference already (per account: our choice)."""
    reference, account_id = draft.get("externalReference"), draft["financialAccountId"].lower()
    if reference is None:
        return None
    for record in organization.shelf(KIND):
        stored = record.document
        if stored["externalReference"] == reference and stored["financialAccountId"] == account_id:
            return record
    return None


def written(draft: Json) -> Json:
    """The members a client may write, and those that follow from them; nothing is assigned."""
    amount = float(draft["amount"])
    document: Json = {name: draft.get(name) for name in (*_DATES, "purpose", *_TEXTS)}
    document |= {"amount": amount, "financialAccountId": draft["financialAccountId"].lower()}
    document |= {"transactionDate": draft.get("valueDate") or draft["bookingDate"]}
    document |= {"amountAsString": f"{amount:.2f}", "ignore": False, "ignoreReason": None}
    document |= {"bookingText": None, "virtualAccountId": None}
    return document | assigned(amount, 0.0) | {name: draft[name] for name in _FEE if name in draft}


def assigned(amount: float, part: float) -> Json:
    """The members that say how much of an amount belongs to vouchers."""
    still_open = round(amount - part, 2)
    state = None if not part else "partly_assigned" if still_open else "completely_assigned"
    return {"openAmount": still_open, "openAmountAsString": f"{still_open:.2f}", "state": state}


def _wrong_account(organization: Organization, draft: Json, place: str) -> Iterator[Detail]:
    account = organization.shelf(accounts.KIND).get(draft["financialAccountId"].lower())
    if account is None:
        yield findings.wrong(f"{place}financialAccountId", "Konto existiert nicht")
    elif any(name in draft for name in _FEE) and account.document["type"] != "PAYMENT_PROVIDER":
        yield findings.wrong(f"{place}feeAmount", "Gebühren gibt es nur bei Zahlungsdienstleistern")
    elif any(name in draft for name in _FEE):
        yield from _wrong_fee(draft, place)


def _wrong_fee(draft: Json, place: str) -> Iterator[Detail]:
    if absent := [name for name in _FEE if name not in draft]:
        yield from (findings.missing(place + name) for name in absent)
        return
    yield from findings.amount(draft["feeAmount"], 2, f"{place}feeAmount")
    if draft["feeAmount"] * draft.get("amount", 0) > 0:
        yield findings.wrong(f"{place}feeAmount", "Gebühr und Betrag müssen verschiedene Vorzeichen haben")
    if draft["feePostingCategoryId"].lower() not in categories.by_id():
        yield findings.wrong(f"{place}feePostingCategoryId", "Kategorie existiert nicht")
