"""Accounts at the bank and what moved there lately, for two organizations (OAuth and the Partner API, chapter 5)."""

from lexweb.sandbox.finance import transactions
from lexweb.sandbox.sales import letterhead
from lexweb.sandbox.seed.books import days, settling
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Json

OWNERS = ("softwareschmiede", "lesezeichen")
KEPT = 60  # days of which there are transactions
SYSTEM = "LEXWEB"
PAYABLE = {"invoices": 1, "down-payment-invoices": 1, "vouchers": -1}  # which way the money flows


def write(ledger: Ledger) -> None:
    """Write the accounts, and a transaction for each payment by bank."""
    if ledger.company.slug not in OWNERS:
        return
    account_id = _account(ledger, "GIRO", "Geschäftskonto", 48_211.37)
    _account(ledger, "PAYMENT_PROVIDER", "Zahlungsdienst Onlineshop", 1_904.2)
    since = days.after(ledger.today, -KEPT).isoformat()
    for kind, sign in PAYABLE.items():
        for record in ledger.shelves.get(kind, {}).values():
            for index, payment in enumerate(record.hidden.get("payments", ())):
                if payment["type"] == settling.BY_BANK and payment["date"] >= since:
                    _transaction(ledger, account_id, record, sign, payment, index)


def _account(ledger: Ledger, kind: str, name: str, balance: float) -> str:
    seller = ledger.seller
    account_id = ledger.id(f"account-{kind}")
    bank = {"bankName": seller.bank_name, "iban": seller.iban, "bic": seller.bic}
    created = ledger.moment(ledger.first)
    document = {
        "id": account_id,
        "financialAccountId": account_id,
        "createdDate": created,
        "lastModifiedDate": created,
        "lockVersion": 1,
        "type": kind,
        "name": name,
        "balance": balance,
        **(bank if kind == "GIRO" else dict.fromkeys(bank)),
        "accountHolder": seller.name,
        "externalReference": f"{kind}-1",
        "provider": None,
        "creditCardNumber": None,
        "accountSystem": SYSTEM,
        "deactivated": False,
        "state": None,
        "initialSyncDate": None,
    }
    ledger.put("finance-accounts", document)
    return account_id


def _transaction(ledger: Ledger, account_id: str, record: Record, sign: int, payment: Json, index: int) -> None:
    document, day = record.document, f"{payment['date']}T00:00:00.000+01:00"
    amount = sign * payment["amount"]
    name = document.get("contactName") or document["address"]["name"]
    draft = {
        "valueDate": day,
        "bookingDate": day,
        "purpose": f"{document.get('voucherNumber', '')} {name}".strip(),
        "amount": amount,
        "recipientOrSenderName": name,
        "recipientOrSenderIban": letterhead.iban("20099900", f"{int(record.id[:7], 16):010d}"),
        "financialAccountId": account_id,
        "externalReference": f"TX-{record.id[:8]}-{index}",
        "endToEndId": None,
    }
    head = {"id": ledger.id(f"transaction-{record.id}-{index}")}
    head |= {"financialTransactionId": head["id"], "createdDate": day, "lastModifiedDate": day}
    kind = "voucher" if sign < 0 else "invoice"
    found = head | transactions.written(draft) | transactions.assigned(amount, amount) | {"lockVersion": 1}
    ledger.put("finance-transactions", found, {"assignments": [{"id": record.id, "type": kind}]})
