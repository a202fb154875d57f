"""The positions of sales documents, by what a kind of document allows in them."""

from decimal import Decimal
from typing import Self
from uuid import UUID

from lexweb.lexware.shapes import Money, Shape


class UnitPrice(Shape):
    """
    The price of one unit in EUR, up to 4 decimals; the rate in percent, 0 for all vat-free tax types.

    Documents of the tax type gross are written with `gross_amount`, all others with `net_amount`. What is read
    has both.
    """

    currency: str = "EUR"
    net_amount: Money | None = None
    gross_amount: Money | None = None
    tax_rate_percentage: Money

    @classmethod
    def net(cls, amount: Decimal, tax_rate_percentage: Decimal | int) -> Self:
        """Return a price for documents of any tax type but gross."""
        return cls(net_amount=amount, tax_rate_percentage=Decimal(tax_rate_percentage))

    @classmethod
    def gross(cls, amount: Decimal, tax_rate_percentage: Decimal | int) -> Self:
        """Return a price for documents of the tax type gross."""
        return cls(gross_amount=amount, tax_rate_percentage=Decimal(tax_rate_percentage))


class DeliveredItem(Shape):
    """
    A position of a delivery note, whose price is optional; and what all positions have in common.

    `type` is service or material (then `id` is the article's, and all other members are needed all the same),
    custom (no id) or text (name and description only). Unknown units are created. Name up to 255, description
    up to 2000 characters; quantity up to 4 decimals.
    """

    id: UUID | None = None
    type: str
    name: str | None = None
    description: str | None = None
    quantity: Money | None = None
    unit_name: str | None = None
    unit_price: UnitPrice | None = None

    @classmethod
    def text(cls, name: str, description: str | None = None) -> Self:
        """Return a position without quantity and price."""
        return cls(type="text", name=name, description=description)


class CreditedItem(DeliveredItem):
    """A position of a credit note. `line_item_amount` can only be read: net or gross, as the tax type says."""

    line_item_amount: Money | None = None


class LineItem(CreditedItem):
    """A position of an invoice, order confirmation or dunning; discount in percent, up to 2 decimals."""

    discount_percentage: Money | None = None


class QuotedItem(LineItem):
    """
    A position of a quotation.

    `sub_items` are alternatives to it, each with `alternative=True`. Only positions on top may be `optional`.
    A quotation with either cannot be pursued.
    """

    sub_items: tuple["QuotedItem", ...] = ()
    optional: bool | None = None
    alternative: bool | None = None
