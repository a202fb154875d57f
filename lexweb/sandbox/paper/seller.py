"""Who is on the paper besides the document itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Seller:
    """The organization that issues a document: its letterhead, its footer, the seller of an e-invoice."""

    name: str
    street: str
    zip: str
    city: str
    tax_number: str
    vat_id: str | None
    email: str
    phone: str
    iban: str
    bic: str
    bank_name: str
    user_name: str


@dataclass(frozen=True)
class Buyer:
    """What a document does not say about its recipient, but an e-invoice may need (tax types AE and K, BT-49)."""

    vat_id: str | None = None
    email: str | None = None


NOBODY = Buyer()
