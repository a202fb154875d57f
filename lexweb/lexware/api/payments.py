"""
How far a document is paid; read-only (docs: "Payments Endpoint"; behaviour.md, chapter 13).

    if payment := office.payments.get(document_id):
        print(payment.open_amount, payment.payment_status)
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from lexweb.lexware import errors, paths
from lexweb.lexware.session import Session
from lexweb.lexware.shapes import Moment, Money, Shape

__all__ = ["NoPayments", "Payment", "PaymentItem", "PaymentsEndpoint"]


class PaymentItem(Shape):
    """
    One payment; `amount` is positive.

    `payment_item_type` is partPaymentFinancialTransaction, partPaymentCreditNote, partPaymentCashBox,
    manualPayment, cashDiscount, dunningCosts, currencyConversion or irrecoverableReceivable.
    """

    payment_item_type: str
    posting_date: Moment
    amount: Money
    currency: str


class Payment(Shape):
    """
    The payment state of one document.

    `open_amount` is positive whoever owes it; `payment_status` tells: openRevenue, openExpense or balanced. A
    credit note keeps the direction of its side. `paid_date` comes only with paid and paidoff.
    """

    open_amount: Money
    currency: str
    payment_status: str
    voucher_type: str
    voucher_status: str
    paid_date: Moment | None = None
    payment_items: tuple[PaymentItem, ...] = ()


@dataclass(frozen=True)
class NoPayments:
    """
    Nothing can be paid on this document, which is a fact about it and no error. Falsy.

    So for drafts, unchecked vouchers, quotations and other kinds without payment, and credit notes tied to an
    invoice. `issues` holds what Lexware says about it.
    """

    issues: tuple[errors.Issue, ...] = ()

    def __bool__(self) -> Literal[False]:
        return False


class PaymentsEndpoint:
    """Calls about payments."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, document_id: UUID) -> Payment | NoPayments:
        """
        Read the payment state of a document.

        :param document_id: of the sales document or voucher, not of a payment
        :raises NotFound: there is no such document
        """
        try:
            return self._session.get(paths.record("/v1/payments", document_id), Payment)
        except errors.Rejected as refusal:
            if refusal.status != 406:
                raise
            return NoPayments(refusal.issues)
