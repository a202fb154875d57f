"""
Financial accounts (OAuth and the Partner API, chapter 5; schema FinancialAccountCreate).

Lexware never computes a balance: it is what the partner sent last.
"""

from collections.abc import Iterator

from lexweb.sandbox import findings
from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.finance import banking
from lexweb.sandbox.shaping import integer, members, number, text
from lexweb.sandbox.web import Json

KIND = "finance-accounts"
TYPES = ("GIRO", "SAVINGS", "FIXEDTERM", "SECURITIES", "LOAN", "CREDITCARD", "CASH", "PAYMENT_PROVIDER")
AT_A_BANK = ("GIRO", "SAVINGS", "FIXEDTERM")  # which types need IBAN and BIC is only said for GIRO: our choice
PROVIDERS = ("VISA", "MASTERCARD", "AMEX", "DINERSCLUB")
_OPTIONAL = ("bankName", "accountHolder", "externalReference", "iban", "bic", "provider", "creditCardNumber")
_FIXED = ("accountSystem", "creditCardNumber")  # cannot change
SHAPE = members(
    dict.fromkeys(("type", "accountSystem", "name", *_OPTIONAL), text) | {"balance": number, "lockVersion": integer},
    keep_empty=True,
)


def wrong_in_new(draft: Json) -> Iterator[Detail]:
    """What is wrong with an account to be created."""
    if "accountSystem" not in draft:
        yield findings.missing("accountSystem")
    yield from _wrong(draft)
    if draft.get("type") == "CREDITCARD":
        yield from _needed(draft, "provider", "creditCardNumber")


def wrong_in_changed(draft: Json) -> Iterator[Detail]:
    """What is wrong with an account to be replaced; ``lockVersion`` is only looked for."""
    if "lockVersion" not in draft:
        yield findings.missing("lockVersion")
    yield from _wrong(draft)


def new(draft: Json) -> Json:
    """The members of a new account; what is not given is null."""
    empty: Json = {"deactivated": False, "state": None, "initialSyncDate": None}
    return _written(draft) | {"accountSystem": draft["accountSystem"]} | empty


def changed(document: Json, draft: Json) -> Json:
    """The members of a replaced account: what is not sent is emptied, what cannot change stays."""
    return _written(draft) | {name: document[name] for name in _FIXED}


def _written(draft: Json) -> Json:
    head = {"type": draft["type"], "name": draft["name"], "balance": float(draft["balance"])}
    return head | banking.stored({name: draft.get(name) for name in _OPTIONAL})


def _wrong(draft: Json) -> Iterator[Detail]:
    yield from _needed(draft, "type", "name", "balance")
    if "type" in draft:
        yield from findings.one_of(draft["type"], TYPES, "type")
    if "balance" in draft:
        yield from findings.amount(draft["balance"], 2, "balance")
    if "provider" in draft:
        yield from findings.one_of(draft["provider"], PROVIDERS, "provider")
    if draft.get("type") in AT_A_BANK:
        yield from _needed(draft, "bankName", "iban", "bic")
    yield from banking.findings(draft)


def _needed(draft: Json, *names: str) -> Iterator[Detail]:
    return (findings.missing(name) for name in names if name not in draft)
