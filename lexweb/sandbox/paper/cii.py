"""A bill as UN/CEFACT Cross Industry Invoice (D16B). The order of elements is the schema's."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from lexweb.sandbox.paper.bill import Bill, Line, Party, Tax
from lexweb.sandbox.paper.markup import document, e, maybe, plain
from lexweb.sandbox.paper.ubl import DISCOUNT, TRANSFER

ROOT = "urn:un:unece:uncefact:data:standard:"
SPACES = {
    "xmlns:rsm": f"{ROOT}CrossIndustryInvoice:100",
    "xmlns:ram": f"{ROOT}ReusableAggregateBusinessInformationEntity:100",
    "xmlns:udt": f"{ROOT}UnqualifiedDataType:100",
}


def render(bill: Bill, specification: str, process: str, terms: str | None) -> bytes:
    """The file. ``terms`` is BT-20, as the specification wants it."""
    root = e(
        "rsm:CrossIndustryInvoice",
        e(
            "rsm:ExchangedDocumentContext",
            e("ram:BusinessProcessSpecifiedDocumentContextParameter", e("ram:ID", process)),
            e("ram:GuidelineSpecifiedDocumentContextParameter", e("ram:ID", specification)),
        ),
        e(
            "rsm:ExchangedDocument",
            e("ram:ID", bill.number),
            e("ram:TypeCode", bill.type_code),
            _day("ram:IssueDateTime", bill.date),
            *(e("ram:IncludedNote", e("ram:Content", note)) for note in bill.notes if note.strip()),
        ),
        e(
            "rsm:SupplyChainTradeTransaction",
            *(_line(line, number) for number, line in enumerate(bill.lines, 1)),
            _agreement(bill),
            _delivery(bill),
            _settlement(bill, terms),
        ),
        **SPACES,
    )
    return document(root)


def _day(tag: str, value: date) -> Element:
    return e(tag, e("udt:DateTimeString", f"{value:%Y%m%d}", format="102"))


def _amount(tag: str, value: Decimal) -> Element:
    return e(tag, f"{value:.2f}")


def _agreement(bill: Bill) -> Element:
    return e(
        "ram:ApplicableHeaderTradeAgreement",
        maybe("ram:BuyerReference", bill.reference),
        _party("ram:SellerTradeParty", bill.seller),
        _party("ram:BuyerTradeParty", bill.buyer),
    )


def _party(tag: str, party: Party) -> Element:
    address, scheme = party.endpoint or ("", "")
    return e(
        tag,
        maybe("ram:ID", party.identifier),
        e("ram:Name", party.name),
        _contact(party),
        _address(party),
        e("ram:URIUniversalCommunication", e("ram:URIID", address, schemeID=scheme)) if address else None,
        _registration(party.vat_id, "VA"),
        _registration(party.tax_number, "FC"),
    )


def _contact(party: Party) -> Element | None:
    contact = party.contact
    if not contact:
        return None
    phone, email = maybe("ram:CompleteNumber", contact.phone), maybe("ram:URIID", contact.email)
    return e(
        "ram:DefinedTradeContact",
        e("ram:PersonName", contact.name),
        e("ram:TelephoneUniversalCommunication", phone) if phone is not None else None,
        e("ram:EmailURIUniversalCommunication", email) if email is not None else None,
    )


def _address(party: Party) -> Element:
    return e(
        "ram:PostalTradeAddress",
        maybe("ram:PostcodeCode", party.zip),
        maybe("ram:LineOne", party.street),
        maybe("ram:LineTwo", party.supplement),
        maybe("ram:CityName", party.city),
        e("ram:CountryID", party.country),
    )


def _registration(number: str | None, scheme: str) -> Element | None:
    return e("ram:SpecifiedTaxRegistration", e("ram:ID", number, schemeID=scheme)) if number else None


def _delivery(bill: Bill) -> Element:
    abroad = any(tax.category == "K" for tax in bill.taxes)  # BR-IC-12: where it went
    delivered = bill.delivered
    return e(
        "ram:ApplicableHeaderTradeDelivery",
        e("ram:ShipToTradeParty", e("ram:Name", bill.buyer.name), _address(bill.buyer)) if abroad else None,
        e("ram:ActualDeliverySupplyChainEvent", _day("ram:OccurrenceDateTime", delivered)) if delivered else None,
    )


def _settlement(bill: Bill, terms: str | None) -> Element:
    return e(
        "ram:ApplicableHeaderTradeSettlement",
        e("ram:PaymentReference", bill.number),
        e("ram:InvoiceCurrencyCode", bill.currency),
        _payment_means(bill),
        *(_tax(tax) for tax in bill.taxes),
        _period(bill),
        *(_discount(tax, bill) for tax in bill.taxes if tax.allowance),
        _terms(bill, terms),
        _totals(bill),
        *(e("ram:InvoiceReferencedDocument", e("ram:IssuerAssignedID", number)) for number in bill.preceding),
    )


def _payment_means(bill: Bill) -> Element:
    bic = maybe("ram:BICID", bill.account.bic)
    return e(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        e("ram:TypeCode", TRANSFER),
        e(
            "ram:PayeePartyCreditorFinancialAccount",
            e("ram:IBANID", bill.account.iban),
            e("ram:AccountName", bill.account.holder),
        ),
        e("ram:PayeeSpecifiedCreditorFinancialInstitution", bic) if bic is not None else None,
    )


def _tax(tax: Tax) -> Element:
    return e(
        "ram:ApplicableTradeTax",
        _amount("ram:CalculatedAmount", tax.amount),
        e("ram:TypeCode", "VAT"),
        maybe("ram:ExemptionReason", tax.reason),
        _amount("ram:BasisAmount", tax.basis),
        e("ram:CategoryCode", tax.category),
        maybe("ram:ExemptionReasonCode", tax.code),
        e("ram:RateApplicablePercent", plain(tax.rate)),
    )


def _period(bill: Bill) -> Element | None:
    if not bill.period:
        return None
    start, end = bill.period
    return e("ram:BillingSpecifiedPeriod", _day("ram:StartDateTime", start), _day("ram:EndDateTime", end))


def _terms(bill: Bill, terms: str | None) -> Element | None:
    if not terms and not bill.due:
        return None
    return e(
        "ram:SpecifiedTradePaymentTerms",
        maybe("ram:Description", terms),
        _day("ram:DueDateDateTime", bill.due) if bill.due else None,
    )


def _totals(bill: Bill) -> Element:
    return e(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        _amount("ram:LineTotalAmount", bill.line_total),
        _amount("ram:AllowanceTotalAmount", bill.allowance) if bill.allowance else None,
        _amount("ram:TaxBasisTotalAmount", bill.net),
        e("ram:TaxTotalAmount", f"{bill.tax:.2f}", currencyID=bill.currency),
        _amount("ram:GrandTotalAmount", bill.gross),
        _amount("ram:TotalPrepaidAmount", bill.prepaid) if bill.prepaid else None,
        _amount("ram:DuePayableAmount", bill.payable),
    )


def _discount(tax: Tax, bill: Bill) -> Element:
    base = tax.basis + tax.allowance
    return _allowance("Gesamtrabatt", bill.discount, base, tax.allowance, e("ram:CategoryTradeTax", *_category(tax)))


def _allowance(reason: str, percent: Decimal, base: Decimal, amount: Decimal, tax: Element | None = None) -> Element:
    return e(
        "ram:SpecifiedTradeAllowanceCharge",
        e("ram:ChargeIndicator", e("udt:Indicator", "false")),
        e("ram:CalculationPercent", plain(percent)) if percent else None,
        _amount("ram:BasisAmount", base) if percent else None,
        _amount("ram:ActualAmount", amount),
        e("ram:ReasonCode", DISCOUNT),
        e("ram:Reason", reason),
        tax,
    )


def _category(of: Tax | Line) -> Iterable[Element | None]:
    yield e("ram:TypeCode", "VAT")
    yield e("ram:CategoryCode", of.category)
    yield e("ram:RateApplicablePercent", plain(of.rate)) if of.category != "O" else None  # BR-O-05


def _line(line: Line, number: int) -> Element:
    base = line.net + line.allowance
    return e(
        "ram:IncludedSupplyChainTradeLineItem",
        e("ram:AssociatedDocumentLineDocument", e("ram:LineID", str(number))),
        e("ram:SpecifiedTradeProduct", e("ram:Name", line.name), maybe("ram:Description", line.description)),
        e(
            "ram:SpecifiedLineTradeAgreement",
            e("ram:NetPriceProductTradePrice", e("ram:ChargeAmount", plain(line.price))),
        ),
        e("ram:SpecifiedLineTradeDelivery", e("ram:BilledQuantity", plain(line.quantity), unitCode=line.unit)),
        e(
            "ram:SpecifiedLineTradeSettlement",
            e("ram:ApplicableTradeTax", *_category(line)),
            _allowance("Rabatt", line.percent, base, line.allowance) if line.allowance else None,
            e("ram:SpecifiedTradeSettlementLineMonetarySummation", _amount("ram:LineTotalAmount", line.net)),
        ),
    )
