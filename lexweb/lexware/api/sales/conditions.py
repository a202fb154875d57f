"""Under which conditions a sales document is issued: tax, payment, delivery."""

from datetime import datetime
from typing import Self

from lexweb.lexware.shapes import Moment, Money, Shape


class TaxConditions(Shape):
    """
    How the document is taxed.

    `tax_type` is net, gross, vatfree, intraCommunitySupply, constructionService13b, externalService13b,
    thirdPartyCountryService or thirdPartyCountryDelivery; those after vatfree need a contact. `tax_sub_type` is
    distanceSales or electronicServices, for private customers in other EU states, with net or gross.
    `tax_type_note` is printed on vat-free documents, the organization's own one if it is absent.
    """

    tax_type: str
    tax_sub_type: str | None = None
    tax_type_note: str | None = None


class DiscountConditions(Shape):
    """Cash discount (Skonto): percent, and for how many days."""

    discount_percentage: Money
    discount_range: int


class PaymentConditions(Shape):
    """
    When to pay: the note that is printed, and the days until it is due. Absent, those of contact or organization.

    The template with its placeholders can only be read.
    """

    payment_term_label: str | None = None
    payment_term_label_template: str | None = None
    payment_term_duration: int | None = None
    payment_discount_conditions: DiscountConditions | None = None


class ShippingConditions(Shape):
    """
    When it was delivered or done.

    `shipping_type` is service, delivery (then the date is needed), serviceperiod, deliveryperiod (both dates) or
    none. The rates of tax are those of the end of the period, of the date, or of the document without either.
    """

    shipping_type: str
    shipping_date: Moment | None = None
    shipping_end_date: Moment | None = None

    @classmethod
    def none(cls) -> Self:
        """Return conditions that name no date."""
        return cls(shipping_type="none")

    @classmethod
    def on(cls, date: datetime, *, kind: str = "delivery") -> Self:
        """Return conditions of one day; `kind` is delivery or service. `days.moment` makes a date of a day."""
        return cls(shipping_type=kind, shipping_date=date)

    @classmethod
    def during(cls, start: datetime, end: datetime, *, kind: str = "service") -> Self:
        """Return conditions of a period; `kind` is delivery or service."""
        return cls(shipping_type=f"{kind}period", shipping_date=start, shipping_end_date=end)
