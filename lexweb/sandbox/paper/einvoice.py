"""Reads what an e-invoice says, in UBL and in CII. Files come from outside, so declarations are refused unread."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

from lexweb.sandbox.paper.marks import Recognised, Tax, amount

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
CII = "urn:un:unece:uncefact:data:standard:"
SPACES = {
    "cac": f"{UBL}CommonAggregateComponents-2",
    "cbc": f"{UBL}CommonBasicComponents-2",
    "rsm": f"{CII}CrossIndustryInvoice:100",
    "ram": f"{CII}ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{CII}UnqualifiedDataType:100",
}


class NotAnInvoice(ValueError):
    """The file is no XML, dangerous XML, or no XRechnung."""


@dataclass(frozen=True)
class Paths:
    """Where a syntax keeps what we want; ``net`` to ``amount`` are relative to ``tax``."""

    specification: str
    supplier: tuple[str, ...]
    number: str
    date: str
    due: str
    gross: str
    tax: str
    rate: str
    net: str
    amount: str
    day: Callable[[str], datetime.date]


UBL_PARTY = "cac:AccountingSupplierParty/cac:Party/"
CII_TRADE = "rsm:SupplyChainTradeTransaction/"
CII_SETTLEMENT = f"{CII_TRADE}ram:ApplicableHeaderTradeSettlement/"
CII_CONTEXT = "rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID"
PATHS_UBL = Paths(
    specification="cbc:CustomizationID",
    supplier=(f"{UBL_PARTY}cac:PartyLegalEntity/cbc:RegistrationName", f"{UBL_PARTY}cac:PartyName/cbc:Name"),
    number="cbc:ID",
    date="cbc:IssueDate",
    due="cbc:DueDate",
    gross="cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount",
    tax="cac:TaxTotal/cac:TaxSubtotal",
    rate="cac:TaxCategory/cbc:Percent",
    net="cbc:TaxableAmount",
    amount="cbc:TaxAmount",
    day=lambda text: datetime.date.fromisoformat(text[:10]),
)
PATHS_CII = Paths(
    specification=CII_CONTEXT,
    supplier=(f"{CII_TRADE}ram:ApplicableHeaderTradeAgreement/ram:SellerTradeParty/ram:Name",),
    number="rsm:ExchangedDocument/ram:ID",
    date="rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString",
    due=f"{CII_SETTLEMENT}ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime/udt:DateTimeString",
    gross=f"{CII_SETTLEMENT}ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:GrandTotalAmount",
    tax=f"{CII_SETTLEMENT}ram:ApplicableTradeTax",
    rate="ram:RateApplicablePercent",
    net="ram:BasisAmount",
    amount="ram:CalculatedAmount",
    day=lambda text: datetime.date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:8]}"),
)
SYNTAXES = {
    f"{{{UBL}Invoice-2}}Invoice": PATHS_UBL,
    f"{{{UBL}CreditNote-2}}CreditNote": PATHS_UBL,
    f"{{{SPACES['rsm']}}}CrossIndustryInvoice": PATHS_CII,
}


def read(content: bytes) -> Recognised:
    """
    What an XRechnung of any version says.

    :raises NotAnInvoice: it is none, or lacks seller, number, date or total
    """
    root = parsed(content)
    paths = SYNTAXES.get(root.tag)
    if not paths:
        raise NotAnInvoice("neither UBL nor CII")
    specification = _text(root, paths.specification) or ""
    if not specification.startswith("urn:cen.eu:en16931:2017") or "xrechnung" not in specification:
        raise NotAnInvoice("another specification")
    try:
        return _recognised(root, paths)
    except (ValueError, InvalidOperation) as error:
        raise NotAnInvoice("dates or amounts that are none") from error


def parsed(content: bytes) -> Element:
    """
    The root of an XML file without a document type, and so without entities of its own.

    :raises NotAnInvoice: no XML, or with a document type
    """
    guard = expat.ParserCreate()
    guard.StartDoctypeDeclHandler = _refuse
    try:
        guard.Parse(content, True)
        return fromstring(content)  # noqa: S314 (the guard has read it before)
    except NotAnInvoice:
        raise
    except (expat.ExpatError, ParseError, LookupError, ValueError) as error:
        raise NotAnInvoice("no XML we would read") from error


def _refuse(*_: object) -> None:
    raise NotAnInvoice("a document type")


def _recognised(root: Element, paths: Paths) -> Recognised:
    supplier = next(filter(None, (_text(root, path) for path in paths.supplier)), None)
    number, gross, issued = (_text(root, path) for path in (paths.number, paths.gross, paths.date))
    if not (supplier and number and gross and issued):
        raise NotAnInvoice("lacks seller, number, date or total")
    due = _text(root, paths.due)
    return Recognised(
        supplier=supplier,
        number=number,
        date=paths.day(issued),
        due=paths.day(due) if due else None,
        gross=amount(gross),
        taxes=tuple(_tax(each, paths) for each in root.iterfind(paths.tax, SPACES)),
    )


def _tax(element: Element, paths: Paths) -> Tax:
    rate, net, tax = (_number(element, path) for path in (paths.rate, paths.net, paths.amount))
    return Tax(rate, net, tax)


def _number(element: Element, path: str) -> Decimal:
    return amount(_text(element, path) or "0")


def _text(element: Element, path: str) -> str | None:
    return (element.findtext(path, None, SPACES) or "").strip() or None
