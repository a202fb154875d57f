"""The payment conditions an organization has set up, unpaged (docs: "Payment Conditions Endpoint")."""

from uuid import UUID

from lexweb.lexware.api.sales.conditions import DiscountConditions
from lexweb.lexware.session import Session
from lexweb.lexware.shapes import Shape


class PaymentCondition(Shape):
    """
    One of the conditions to choose from; exactly one is the default. The duration is in days.

    The template may hold {paymentRange}, {discountRange} and {discount}.
    """

    id: UUID
    organization_default: bool
    payment_term_label_template: str
    payment_term_duration: int
    payment_discount_conditions: DiscountConditions | None = None


class PaymentConditionsEndpoint:
    """Calls about payment conditions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self) -> list[PaymentCondition]:
        """List all payment conditions."""
        return self._session.get("/v1/payment-conditions", list[PaymentCondition])
