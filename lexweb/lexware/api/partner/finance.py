"""
Financial accounts and their transactions (partner docs: "Finance"; oauth-and-partner.md, chapter 5).

There is no list of all transactions, and nothing marks a voucher as paid but an assignment made by a person.
"""

from collections.abc import Sequence
from uuid import UUID

from lexweb.lexware import errors, paths
from lexweb.lexware.api.partner.finance_shapes import (
    Account,
    AccountDraft,
    AccountUpdate,
    Assignment,
    Transaction,
    TransactionDraft,
)
from lexweb.lexware.session import Session
from lexweb.lexware.shapes import ActionResult, rewritten

__all__ = [
    "Account",
    "AccountDraft",
    "AccountUpdate",
    "AccountsEndpoint",
    "Assignment",
    "Transaction",
    "TransactionDraft",
    "TransactionsEndpoint",
]

ACCOUNTS, TRANSACTIONS = "/v1/finance/accounts", "/v1/finance/transactions"
MOST = 25  # transactions in one request
FIXED = {"financialAccountId", "accountSystem", "creditCardNumber", "createdDate", "lastModifiedDate", "deactivated"}
FIXED |= {"state", "initialSyncDate"}


class AccountsEndpoint:
    """Calls about financial accounts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self, *, iban: str | None = None, external_reference: str | None = None) -> list[Account]:
        """
        List the accounts, all or those with exactly this IBAN or reference.

        :raises ValueError: both filters at once, which Lexware cannot combine
        """
        if iban is not None and external_reference is not None:
            raise ValueError("either by IBAN or by reference")
        filters = {"iban": iban, "externalReference": external_reference}
        query = {name: value for name, value in filters.items() if value is not None}
        return self._session.get(ACCOUNTS, list[Account], query)

    def get(self, account_id: UUID) -> Account:
        """Read one account."""
        return self._session.get(paths.record(ACCOUNTS, account_id), Account)

    def create(self, draft: AccountDraft) -> ActionResult:
        """
        Add an account.

        :raises Uncertain: it may exist now; ask `find(error.sent)` before trying again
        """
        return self._session.post(ACCOUNTS, draft, look="finance_accounts.find(draft) returns it if it was created")

    def update(self, account_id: UUID, draft: AccountUpdate) -> ActionResult:
        """
        Replace what can be changed of an account.

        :raises Conflict: `lock_version` is not the newest
        :raises Uncertain: it may be saved; `get` it and compare
        """
        look = "finance_accounts.get(id): a higher lock version means it was saved"
        return self._session.put(paths.record(ACCOUNTS, account_id), draft, look=look)

    def draft(self, account: Account) -> AccountUpdate:
        """Return what was read as something to write, unknown members included."""
        return rewritten(AccountUpdate, account, read_only=FIXED)

    def delete(self, account_id: UUID) -> None:
        """
        Delete an account and its transactions.

        :raises Rejected: transactions are assigned to vouchers
        :raises Uncertain: it may be gone; `get` says NotFound then
        """
        look = "finance_accounts.get(id): NotFound means it was deleted"
        self._session.delete(paths.record(ACCOUNTS, account_id), look=look)

    def find(self, draft: AccountDraft) -> list[Account]:
        """
        Look whether an uncertain create happened: by reference, else by IBAN, else by name and type.

        :raises LexwareError: it cannot be found out now
        """
        if draft.external_reference:
            return self.all(external_reference=draft.external_reference)
        if draft.iban:
            return self.all(iban=draft.iban)
        return [account for account in self.all() if (account.name, account.type) == (draft.name, draft.type)]


class TransactionsEndpoint:
    """Calls about financial transactions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def create(self, drafts: Sequence[TransactionDraft]) -> list[Transaction]:
        """
        Send 1 to 25 transactions, all or none. Those whose reference is known come back as they are stored.

        :raises ValueError: none, or more than 25
        :raises Uncertain: they may be stored; with references, sending them again does no harm
        """
        if not 1 <= len(drafts) <= MOST:
            raise ValueError(f"1 to {MOST} transactions at once")
        look = "send them again: a known externalReference is skipped; without one, compare `latest`"
        return self._session.post(TRANSACTIONS, list(drafts), look=look, kind=list[Transaction])

    def get(self, transaction_id: UUID) -> Transaction:
        """Read one transaction."""
        return self._session.get(paths.record(TRANSACTIONS, transaction_id), Transaction)

    def latest(self, account_id: UUID) -> Transaction | None:
        """Read the newest transaction of an account by its date, None if there is none."""
        query = {"financialAccountId": str(UUID(str(account_id)))}
        try:
            return self._session.get(f"{TRANSACTIONS}/latest-transaction", Transaction, query)
        except errors.NotFound:
            return None

    def update(self, transaction: Transaction) -> ActionResult:
        """
        Replace a transaction. Seen with one client only, not in the documents (oauth-and-partner.md, chapter 5).

        :raises Conflict: `lock_version` is not the newest
        """
        path = paths.record(TRANSACTIONS, transaction.financial_transaction_id)
        look = "finance_transactions.get(id): a higher lock version means it was saved"
        return self._session.put(path, transaction, look=look)

    def delete(self, transaction_id: UUID) -> None:
        """Delete a transaction."""
        look = "finance_transactions.get(id): NotFound means it was deleted"
        self._session.delete(paths.record(TRANSACTIONS, transaction_id), look=look)

    def assignments(self, transaction_id: UUID) -> list[Assignment]:
        """List what the transaction is assigned to."""
        return self._session.get(paths.record(TRANSACTIONS, transaction_id, "assignments"), list[Assignment])
