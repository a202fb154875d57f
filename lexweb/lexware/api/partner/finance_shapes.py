"""
The shapes of financial accounts and transactions (partner docs: "Finance"; oauth-and-partner.md, chapter 5).

Amounts are in EUR. Their lock is called `lockVersion`, unlike that of all other resources.
"""

from typing import Any
from uuid import UUID

from lexweb.lexware.shapes import Moment, Money, Shape


class AccountBody(Shape):
    """
    A bank, card or payment provider account.

    `type` is GIRO, SAVINGS, FIXEDTERM, SECURITIES, LOAN, CREDITCARD, CASH or PAYMENT_PROVIDER. Lexware never computes
    the `balance`: whoever sends transactions has to send it afterwards.
    """

    type: str
    name: str
    bank_name: str | None = None
    account_holder: str | None = None
    balance: Money | None = None
    external_reference: str | None = None
    iban: str | None = None
    bic: str | None = None
    provider: str | None = None


class AccountDraft(AccountBody):
    """An account to create. `account_system` is given by Lexware per partner and cannot be changed."""

    account_system: str
    credit_card_number: str | None = None

    def payload(self) -> dict[str, Any]:
        """Return it as Lexware writes it; a bank name has to be there, be it null."""
        return {"bankName": None} | super().payload()


class AccountUpdate(AccountBody):
    """An account to change: `lock_version` as last read."""

    lock_version: int


class Account(AccountBody):
    """An account as read."""

    financial_account_id: UUID
    account_system: str
    credit_card_number: str | None = None
    lock_version: int | None = None
    created_date: Moment | None = None
    last_modified_date: Moment | None = None
    deactivated: bool | None = None
    initial_sync_date: str | None = None


class TransactionBody(Shape):
    """
    A movement on an account: a positive `amount` came in, a negative one went out.

    Always set `external_reference`: a known one is skipped in silence, so a second send does no harm. Fees are for
    PAYMENT_PROVIDER accounts only, and their sign is the opposite of the amount's.
    """

    financial_account_id: UUID
    amount: Money
    purpose: str = ""
    value_date: Moment | None = None
    booking_date: Moment | None = None
    fee_amount: Money | None = None
    fee_tax_rate_percentage: Money | None = None
    fee_posting_category_id: UUID | None = None
    additional_info: str | None = None
    recipient_or_sender_name: str | None = None
    recipient_or_sender_email: str | None = None
    recipient_or_sender_iban: str | None = None
    recipient_or_sender_bic: str | None = None
    external_reference: str | None = None
    end_to_end_id: str | None = None


class TransactionDraft(TransactionBody):
    """A transaction to send."""

    purpose: str


class Transaction(TransactionBody):
    """A transaction as read. `state` is completely_assigned, partly_assigned, invisible, or absent."""

    financial_transaction_id: UUID
    transaction_date: Moment | None = None
    open_amount: Money | None = None
    state: str | None = None
    lock_version: int | None = None
    created_date: Moment | None = None
    last_modified_date: Moment | None = None
    booking_text: str | None = None
    ignore: bool | None = None
    ignore_reason: str | None = None


class Assignment(Shape):
    """What a transaction pays: `type` invoice is read at invoices, voucher at vouchers."""

    id: UUID
    type: str
