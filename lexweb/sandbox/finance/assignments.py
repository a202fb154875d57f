"""
Which transaction pays for which voucher (OAuth and the Partner API, chapter 5).

Nobody can assign by API; a hint is the only influence. Here a hint assigns the whole of a transaction as soon as
both are known, whichever came first (our choice: Lexware may leave it at a proposal).
"""

from collections.abc import Iterator

from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.finance import transactions
from lexweb.sandbox.findings import wrong
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.shaping import members, text
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Json

KIND = "assignment-hints"
IDENTIFIERS = ("externalReference", "endToEndId")
SHAPE = members(dict.fromkeys(("voucherId", *IDENTIFIERS), text), keep_empty=True)
PAID = {"invoices": "invoice", "down-payment-invoices": "invoice", "credit-notes": "invoice", "vouchers": "voucher"}


def findings(organization: Organization, draft: Json) -> Iterator[Detail]:
    """What is wrong with a hint: one identifier, one hint for each voucher, and the voucher has to be there."""
    voucher_id = draft.get("voucherId", "").lower()
    if sum(name in draft for name in IDENTIFIERS) != 1:
        yield wrong("externalReference", "genau eine der Angaben externalReference und endToEndId ist nötig")
    if not _types(organization, voucher_id):
        yield wrong("voucherId", "Beleg existiert nicht")
    elif organization.shelf(KIND).get(voucher_id):
        yield wrong("voucherId", "zu diesem Beleg gibt es bereits einen Hinweis")


def note(organization: Organization, draft: Json) -> None:
    """Keep a hint, and assign what it names."""
    hint = organization.shelf(KIND).put(Record({"id": draft["voucherId"].lower(), **draft}))
    for record in list(organization.shelf(transactions.KIND)):
        _meet(organization, hint, record)


def look_for_hints(organization: Organization, transaction: Record) -> Record:
    """The transaction, assigned if a hint names it."""
    for hint in organization.shelf(KIND):
        transaction = _meet(organization, hint, transaction)
    return transaction


def of(transaction: Record) -> list[Json]:
    """The vouchers of a transaction: id, and whether to look under invoices or vouchers."""
    return list(transaction.hidden.get("assignments", []))


def _meet(organization: Organization, hint: Record, transaction: Record) -> Record:
    document = transaction.document
    if of(transaction) or not any(
        name in hint.document and hint.document[name] == document[name] for name in IDENTIFIERS
    ):
        return transaction
    assignments = [{"id": hint.id, "type": _types(organization, hint.id)[0]}]
    found = Record(document | transactions.assigned(document["amount"], document["amount"]), transaction.hidden)
    return organization.shelf(transactions.KIND).put(found.with_hidden(assignments=assignments))


def _types(organization: Organization, voucher_id: str) -> list[str]:
    return [type for kind, type in PAID.items() if organization.shelf(kind).get(voucher_id)]
