"""A bill as EN 16931 sees it, before it becomes UBL or CII. "BT" and "BG" are the standard's own numbers."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from lexweb.sandbox.amounts import ZERO

Endpoint = tuple[str, str]


@dataclass(frozen=True)
class Contact:
    """Whom to ask at the seller's (BG-6)."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class Party:
    """Seller (BG-4) or buyer (BG-7). ``endpoint``: electronic address and the code of its kind (EM is e-mail)."""

    name: str
    street: str
    zip: str
    city: str
    country: str
    supplement: str = ""
    identifier: str | None = None
    vat_id: str | None = None
    tax_number: str | None = None
    endpoint: Endpoint | None = None
    contact: Contact | None = None


@dataclass(frozen=True)
class Account:
    """Where the money goes (BG-17)."""

    iban: str
    bic: str
    holder: str


@dataclass(frozen=True)
class Line:
    """One item (BG-25). ``price`` is net for one unit; ``net`` = quantity · price - ``allowance``, in cents."""

    name: str
    description: str
    quantity: Decimal
    unit: str
    price: Decimal
    percent: Decimal
    allowance: Decimal
    net: Decimal
    category: str
    rate: Decimal


@dataclass(frozen=True)
class Tax:
    """The sum for one category and rate (BG-23). ``allowance`` is its share of the discount on the whole (BG-20)."""

    category: str
    rate: Decimal
    basis: Decimal
    amount: Decimal
    allowance: Decimal = ZERO
    reason: str | None = None
    code: str | None = None


@dataclass(frozen=True)
class Bill:
    """Invoice or credit note. ``skonto`` is days and percent; ``preceding`` are numbers of corrected invoices."""

    credit: bool
    number: str
    date: datetime.date
    due: datetime.date | None
    currency: str
    reference: str | None
    notes: tuple[str, ...]
    seller: Party
    buyer: Party
    account: Account
    terms: str | None
    skonto: tuple[int, Decimal] | None
    delivered: datetime.date | None
    period: tuple[datetime.date, datetime.date] | None
    preceding: tuple[str, ...]
    lines: tuple[Line, ...]
    taxes: tuple[Tax, ...]
    discount: Decimal = ZERO
    prepaid: Decimal = ZERO

    @property
    def line_total(self) -> Decimal:
        """BT-106."""
        return sum((line.net for line in self.lines), ZERO)

    @property
    def allowance(self) -> Decimal:
        """BT-107."""
        return sum((tax.allowance for tax in self.taxes), ZERO)

    @property
    def net(self) -> Decimal:
        """BT-109."""
        return self.line_total - self.allowance

    @property
    def tax(self) -> Decimal:
        """BT-110."""
        return sum((tax.amount for tax in self.taxes), ZERO)

    @property
    def gross(self) -> Decimal:
        """BT-112."""
        return self.net + self.tax

    @property
    def payable(self) -> Decimal:
        """BT-115."""
        return self.gross - self.prepaid

    @property
    def type_code(self) -> str:
        """BT-3 (UNTDID 1001): commercial invoice or credit note."""
        return "381" if self.credit else "380"
