"""Pieces of sales documents: recipient, sums, links to other documents."""

from uuid import UUID

from lexweb.lexware.shapes import Moment, Money, Shape


class Address(Shape):
    """
    The recipient: a contact with the role customer, or a one-time address with name and country at least.

    Members beside `contact_id` replace the contact's address in this document only; a contact without an address
    needs them. `name` of a person is first and last name. `contact_person` can only be read.
    """

    contact_id: UUID | None = None
    name: str | None = None
    supplement: str | None = None
    street: str | None = None
    city: str | None = None
    zip: str | None = None
    country_code: str | None = None
    contact_person: str | None = None


class TotalPrice(Shape):
    """
    The sums in EUR. To write, only a discount counts, as an amount or in percent; Lexware computes the rest.

    Amounts are net or gross as the tax type says; up to 2 decimals.
    """

    currency: str = "EUR"
    total_net_amount: Money | None = None
    total_gross_amount: Money | None = None
    total_tax_amount: Money | None = None
    total_discount_absolute: Money | None = None
    total_discount_percentage: Money | None = None


class TaxAmount(Shape):
    """The sums of one tax rate."""

    tax_rate_percentage: Money
    tax_amount: Money
    net_amount: Money


class RelatedVoucher(Shape):
    """A document that comes before or after this one; `voucher_type` as in the voucher list."""

    id: UUID
    voucher_type: str
    voucher_number: str | None = None


class DocumentFiles(Shape):
    """Deprecated by Lexware: `file()` of the endpoint needs no id. Absent while nothing is rendered."""

    document_file_id: UUID | None = None


class XRechnung(Shape):
    """
    The Leitweg-ID of one invoice, instead of the contact's; "" makes a plain invoice for an XRechnung contact.

    For contacts with Leitweg-ID and vendor number only.
    """

    buyer_reference: str


class DownPaymentDeduction(Shape):
    """A down payment invoice that a closing invoice takes off. Amounts are what was received, in EUR."""

    id: UUID
    voucher_type: str
    title: str | None = None
    voucher_number: str | None = None
    voucher_date: Moment | None = None
    received_gross_amount: Money | None = None
    received_net_amount: Money | None = None
    received_tax_amount: Money | None = None
    tax_rate_percentage: Money | None = None
