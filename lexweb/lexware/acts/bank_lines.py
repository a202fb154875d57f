"""Bring the movements of a bank account to Lexware Office (oauth-and-partner.md, chapter 5)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from lexweb.lexware import errors
from lexweb.lexware.acts import bank_account
from lexweb.lexware.acts.once import Doubtful
from lexweb.lexware.acts.unfinished import Unfinished, forget
from lexweb.lexware.acts.waiting import USUAL, Waiting
from lexweb.lexware.api.partner.assignment_hints import Hint, HintsEndpoint
from lexweb.lexware.api.partner.finance import (
    MOST,
    AccountDraft,
    AccountsEndpoint,
    Transaction,
    TransactionDraft,
    TransactionsEndpoint,
)


class Banking(Protocol):
    """What an office has to offer here."""

    finance_accounts: AccountsEndpoint
    finance_transactions: TransactionsEndpoint
    assignment_hints: HintsEndpoint


@dataclass(frozen=True)
class BankLinesProgress:
    """
    What is there: the account, and the transactions stored so far.

    :ivar asked_at: when the account was asked for, if nobody knows whether it came into being
    """

    account_id: UUID | None = None
    asked_at: datetime | None = None
    transactions: tuple[Transaction, ...] = ()
    balance_set: bool = False


@dataclass(frozen=True)
class Pushed:
    """
    All is there.

    `refused` are hints that Lexware did not take: mostly because the voucher has one already, which is what a
    second push meets.
    """

    account_id: UUID
    transactions: tuple[Transaction, ...]
    refused: tuple[tuple[Hint, tuple[errors.Issue, ...]], ...] = field(default=())


def push_bank_lines(
    office: Banking,
    account: AccountDraft,
    lines: Callable[[UUID], Sequence[TransactionDraft]],
    *,
    balance: Decimal,
    hints: Sequence[Hint] = (),
    done: BankLinesProgress = BankLinesProgress(),
    note: Callable[[BankLinesProgress], None] = forget,
    waiting: Waiting = USUAL,
) -> Pushed:
    """
    Make sure of the account, send its transactions, set its balance, give the hints. Again does no harm.

    :param account: is looked for by its reference, else its IBAN, and created if there is none
    :param lines: makes the transactions for the account with this id, any number; each with an external reference
    :param balance: of the account after these transactions, in EUR: Lexware never computes it
    :param done: what an earlier `Unfinished` said, to go on from there with the same
    :param note: is told the progress before and after each step
    :raises ValueError: the account has neither reference nor IBAN, or a transaction has no reference, so that
        sending it again would double it; none of the transactions was sent
    :raises Rejected: Lexware Office refuses the account; nothing exists
    :raises Unfinished: a part is there or may be, see `done`
    """
    if not (account.external_reference or account.iban):
        raise ValueError("an account without reference and IBAN could not be found again")
    return _Pushing(office, waiting, done, note).run(account, lines, balance, hints)


class _Pushing:
    def __init__(
        self, office: Banking, waiting: Waiting, done: BankLinesProgress, note: Callable[[BankLinesProgress], None]
    ) -> None:
        self._office = office
        self._waiting = waiting
        self._done = BankLinesProgress(done.account_id, done.asked_at)  # the rest is sent again, which does no harm
        self._note = note

    def run(
        self,
        draft: AccountDraft,
        lines: Callable[[UUID], Sequence[TransactionDraft]],
        balance: Decimal,
        hints: Sequence[Hint],
    ) -> Pushed:
        account_id = self._done.account_id or self._account(draft)
        self._progress(BankLinesProgress(account_id))
        step = "transactions"
        try:
            for batch in _batches(lines(account_id)):
                self._progress(replace(self._done, transactions=self._done.transactions + self._sent(batch)))
            step = "balance"
            bank_account.balanced(self._office.finance_accounts, account_id, balance)
            step = "hints"
            self._progress(replace(self._done, balance_set=True))
            refused = tuple(filter(None, map(self._hint, hints)))
        except errors.LexwareError as trouble:
            raise Unfinished(self._done, step, trouble) from trouble
        return Pushed(account_id, self._done.transactions, refused)

    def _progress(self, done: BankLinesProgress) -> None:
        self._done = done
        self._note(done)

    def _account(self, draft: AccountDraft) -> UUID:
        def asking(moment: datetime) -> None:
            self._note(BankLinesProgress(asked_at=moment))

        accounts = self._office.finance_accounts
        try:
            return bank_account.ensured(accounts, draft, self._waiting, self._done.asked_at, asking)
        except Doubtful as doubt:
            done = BankLinesProgress(asked_at=doubt.asked_at)
            raise Unfinished(done, "account", doubt.cause) from doubt.cause

    def _sent(self, batch: Sequence[TransactionDraft]) -> tuple[Transaction, ...]:
        try:
            return tuple(self._office.finance_transactions.create(batch))
        except errors.Uncertain:
            self._waiting.sleep(1)
            return tuple(self._office.finance_transactions.create(batch))  # known references are skipped

    def _hint(self, hint: Hint) -> tuple[Hint, tuple[errors.Issue, ...]] | None:
        try:
            try:
                self._office.assignment_hints.create(hint)
            except errors.Uncertain:
                self._office.assignment_hints.create(hint)  # a second one is refused, if the first arrived
        except errors.Rejected as refusal:
            return hint, refusal.issues
        return None


def _batches(drafts: Sequence[TransactionDraft]) -> Iterator[Sequence[TransactionDraft]]:
    if not all(draft.external_reference for draft in drafts):
        raise ValueError("a transaction without reference would be doubled by a second push")
    return iter([drafts[start : start + MOST] for start in range(0, len(drafts), MOST)])
