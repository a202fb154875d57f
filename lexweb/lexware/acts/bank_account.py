"""The account that bank lines go to: there once, and with the right balance."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from lexweb.lexware import errors
from lexweb.lexware.acts.once import Once
from lexweb.lexware.acts.waiting import Waiting
from lexweb.lexware.api.partner.finance import Account, AccountDraft, AccountsEndpoint


def ensured(
    accounts: AccountsEndpoint,
    draft: AccountDraft,
    waiting: Waiting,
    asked_at: datetime | None,
    asking: Callable[[datetime], None],
) -> UUID:
    """
    Return the account with the reference of the draft, else with its IBAN; create it if there is none.

    :param asked_at: when it was asked for before, if the outcome of that is unknown
    :param asking: told the moment right before it is asked for
    :raises Doubtful: it may exist, and cannot be found
    :raises LexwareError: it surely does not exist
    """

    def look() -> UUID | None:
        return next((each.financial_account_id for each in accounts.find(draft)), None)

    if not asked_at and (found := look()):
        return found
    return Once(lambda: accounts.create(draft).id, lambda _: waiting.until(look), waiting, asking).run(asked_at)


def balanced(accounts: AccountsEndpoint, account_id: UUID, balance: Decimal) -> None:
    """Set the balance; who saved in between knew nothing of these transactions, so once more then."""
    try:
        _set(accounts, accounts.get(account_id), balance)
    except (errors.Conflict, errors.Uncertain):
        _set(accounts, accounts.get(account_id), balance)


def _set(accounts: AccountsEndpoint, account: Account, balance: Decimal) -> None:
    if account.balance != balance:
        draft = accounts.draft(account).model_copy(update={"balance": balance})
        accounts.update(account.financial_account_id, draft)
