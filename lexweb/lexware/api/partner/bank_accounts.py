"""Bank accounts of contacts (partner docs: "Contact Bank Accounts"; oauth-and-partner.md, chapter 5)."""

from uuid import UUID

from lexweb.lexware import paths
from lexweb.lexware.session import Session
from lexweb.lexware.shapes import ActionResult, Shape

CONTACTS = "/v1/contacts"


class BankAccountDraft(Shape):
    """
    A bank account to write.

    `version` is that of the *contact*, which moves with each change of any of its accounts; needed to update.
    """

    account_holder: str
    bank_name: str
    iban: str
    bic: str
    version: int | None = None


class BankAccount(Shape):
    """A bank account as read."""

    id: UUID | None = None
    account_holder: str = ""
    bank_name: str = ""
    iban: str = ""
    bic: str = ""
    version: int | None = None


class BankAccountsEndpoint:
    """Calls about the bank accounts of contacts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self, contact_id: UUID) -> list[BankAccount]:
        """List the accounts of a contact."""
        return self._session.get(_path(contact_id), list[BankAccount])

    def get(self, contact_id: UUID, account_id: UUID) -> BankAccount:
        """Read one account."""
        return self._session.get(_path(contact_id, account_id), BankAccount)

    def create(self, contact_id: UUID, draft: BankAccountDraft) -> ActionResult:
        """
        Add an account. The version in the answer is the contact's.

        :raises Uncertain: it may exist now; ask `find` before trying again
        """
        look = "bank_accounts.find(contact_id, draft) returns it if it was created"
        return self._session.post(_path(contact_id), draft, look=look)

    def find(self, contact_id: UUID, draft: BankAccountDraft) -> list[BankAccount]:
        """Look whether an uncertain create happened: by IBAN, blanks aside."""
        return [each for each in self.all(contact_id) if _plain(each.iban) == _plain(draft.iban)]

    def update(self, contact_id: UUID, account_id: UUID, draft: BankAccountDraft) -> ActionResult:
        """
        Replace an account.

        :raises Conflict: `version` is not the contact's newest
        """
        look = "bank_accounts.get(contact_id, id): a higher version means something was saved"
        return self._session.put(_path(contact_id, account_id), draft, look=look)

    def delete(self, contact_id: UUID, account_id: UUID) -> None:
        """Delete an account."""
        look = "bank_accounts.get(contact_id, id): NotFound means it was deleted"
        self._session.delete(_path(contact_id, account_id), look=look)


def _path(contact_id: UUID, account_id: UUID | None = None) -> str:
    accounts = paths.record(CONTACTS, contact_id, "bankaccounts")
    return paths.record(accounts, account_id) if account_id else accounts


def _plain(iban: str) -> str:
    return "".join(iban.split()).upper()
