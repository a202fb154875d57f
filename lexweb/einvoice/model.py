"""An electronic invoice, whatever it was written in. What it does not say is "", None or empty."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Profile(StrEnum):
    """How much of EN 16931 an invoice promises to say; `File.profile` keeps the value."""

    XRECHNUNG = "xrechnung"
    EN16931 = "en16931"  # also "Comfort"
    MINIMUM = "minimum"
    BASIC_WL = "basicwl"
    BASIC = "basic"
    EXTENDED = "extended"
    OTHER = "other"

    @property
    def is_whole(self) -> bool:
        """Say whether it is an invoice in the sense of the law: the two smallest have no lines."""
        return self not in {Profile.MINIMUM, Profile.BASIC_WL}


class Syntax(StrEnum):
    """What it is written in."""

    UBL = "UBL"
    CII = "CII"
    ZUGFERD_1 = "ZUGFeRD 1.0"


class Kind(StrEnum):
    """What it is, from its type code (UNTDID 1001)."""

    INVOICE = "invoice"
    CREDIT_NOTE = "creditnote"
    CORRECTION = "correction"
    PREPAYMENT = "prepayment"
    SELF_BILLED = "selfbilled"


@dataclass(frozen=True)
class Address:
    """Where somebody lives."""

    lines: tuple[str, ...] = ()
    postcode: str = ""
    city: str = ""
    country: str = ""  # two letters


@dataclass(frozen=True)
class Party:
    """The seller, buyer or payee."""

    name: str = ""
    legal_name: str = ""
    vat_id: str = ""
    tax_number: str = ""
    register_number: str = ""
    identifiers: tuple[str, ...] = ()  # as the other side knows it: customer or supplier number, GLN
    address: Address = Address()
    contact: str = ""
    phone: str = ""
    email: str = ""
    electronic_address: str = ""


@dataclass(frozen=True)
class Change:
    """An allowance (negative) or charge (positive) on the whole invoice or on a line."""

    amount: Decimal
    reason: str = ""
    percent: Decimal | None = None
    tax_rate: Decimal | None = None


@dataclass(frozen=True)
class Line:
    """One line; `net` is its amount without VAT."""

    number: str = ""
    name: str = ""
    description: str = ""
    note: str = ""
    article_number: str = ""  # the seller's
    quantity: Decimal | None = None
    unit: str = ""  # code of UN/ECE Rec. 20
    price: Decimal | None = None  # net, for `price_quantity` units
    price_quantity: Decimal | None = None
    net: Decimal | None = None
    tax_category: str = ""
    tax_rate: Decimal | None = None
    changes: tuple[Change, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Tax:
    """VAT of one rate and category (UNTDID 5305)."""

    category: str = ""
    rate: Decimal | None = None
    net: Decimal | None = None
    tax: Decimal | None = None
    exemption: str = ""


@dataclass(frozen=True)
class Totals:
    """The sums of the whole invoice."""

    lines: Decimal | None = None
    allowances: Decimal | None = None
    charges: Decimal | None = None
    net: Decimal | None = None
    tax: Decimal | None = None
    gross: Decimal | None = None
    prepaid: Decimal | None = None
    rounding: Decimal | None = None
    payable: Decimal | None = None


@dataclass(frozen=True)
class Skonto:
    """So many percent off if paid within so many days; `base` is what they are of, if not of the whole."""

    days: int
    percent: Decimal
    base: Decimal | None = None


@dataclass(frozen=True)
class Payment:
    """How it is to be paid."""

    code: str = ""  # of UNTDID 4461
    means: str = ""  # in the seller's words
    iban: str = ""
    bic: str = ""
    holder: str = ""
    reference: str = ""
    mandate: str = ""  # of a direct debit, which takes the money from `debited_iban`
    debited_iban: str = ""
    creditor: str = ""
    terms: str = ""
    skonto: tuple[Skonto, ...] = ()


@dataclass(frozen=True)
class Invoice:
    """An electronic invoice. Amounts are as they are written: in credit notes mostly positive, too."""

    profile: Profile
    syntax: Syntax
    kind: Kind = Kind.INVOICE
    type_code: str = ""
    specification: str = ""  # as it names its profile itself
    number: str = ""
    issued_on: date | None = None
    due_on: date | None = None
    delivered_on: date | None = None
    starts_on: date | None = None  # of the period it is for
    ends_on: date | None = None
    currency: str = ""
    seller: Party = Party()
    buyer: Party = Party()
    payee: Party | None = None
    buyer_reference: str = ""  # to authorities their Leitweg-ID
    order_reference: str = ""
    contract: str = ""
    project: str = ""
    preceding: tuple[str, ...] = ()  # numbers of the invoices that it corrects
    lines: tuple[Line, ...] = ()
    changes: tuple[Change, ...] = ()  # allowances and charges on the whole
    taxes: tuple[Tax, ...] = ()
    totals: Totals = Totals()
    payment: Payment = Payment()
    notes: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()  # names only
