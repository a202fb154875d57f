"""A bill in UBL 2.1. The order of elements is the schema's, see UBL-Invoice-2.1.xsd."""

from collections.abc import Iterable
from decimal import Decimal
from xml.etree.ElementTree import Element

from lexweb.sandbox.paper.bill import Bill, Line, Party, Tax
from lexweb.sandbox.paper.markup import document, e, maybe, plain

ROOT = "urn:oasis:names:specification:ubl:schema:xsd:"
SPACES = {"xmlns:cac": f"{ROOT}CommonAggregateComponents-2", "xmlns:cbc": f"{ROOT}CommonBasicComponents-2"}
DISCOUNT = "95"  # UNTDID 5189
TRANSFER = "58"  # UNTDID 4461: SEPA credit transfer


def render(bill: Bill, specification: str, process: str, terms: str | None) -> bytes:
    """The file, an ``Invoice`` or ``CreditNote``. ``terms`` is BT-20, as the specification wants it."""
    kind = "CreditNote" if bill.credit else "Invoice"
    root = e(kind, xmlns=f"{ROOT}{kind}-2", **SPACES)
    root.extend(_present(_head(bill, specification, process)))
    root.extend(_present(_body(bill, terms)))
    root.extend(_line(line, number, bill) for number, line in enumerate(bill.lines, 1))
    return document(root)


def _present(elements: Iterable[Element | None]) -> Iterable[Element]:
    return (each for each in elements if each is not None)


def _head(bill: Bill, specification: str, process: str) -> Iterable[Element | None]:
    yield e("cbc:CustomizationID", specification)
    yield e("cbc:ProfileID", process)
    yield e("cbc:ID", bill.number)
    yield e("cbc:IssueDate", f"{bill.date}")
    yield e("cbc:DueDate", f"{bill.due}") if bill.due else None
    yield e("cbc:CreditNoteTypeCode" if bill.credit else "cbc:InvoiceTypeCode", bill.type_code)
    yield from (maybe("cbc:Note", note) for note in bill.notes)
    yield e("cbc:DocumentCurrencyCode", bill.currency)
    yield maybe("cbc:BuyerReference", bill.reference)
    if bill.period:
        start, end = bill.period
        yield e("cac:InvoicePeriod", e("cbc:StartDate", f"{start}"), e("cbc:EndDate", f"{end}"))
    for number in bill.preceding:
        yield e("cac:BillingReference", e("cac:InvoiceDocumentReference", e("cbc:ID", number)))


def _body(bill: Bill, terms: str | None) -> Iterable[Element | None]:
    yield e("cac:AccountingSupplierParty", _party(bill.seller))
    yield e("cac:AccountingCustomerParty", _party(bill.buyer))
    yield _delivery(bill)
    yield _payment_means(bill)
    yield e("cac:PaymentTerms", e("cbc:Note", terms)) if terms else None
    yield from (_discount(tax, bill) for tax in bill.taxes if tax.allowance)
    yield e("cac:TaxTotal", _amount("cbc:TaxAmount", bill.tax, bill), *(_subtotal(tax, bill) for tax in bill.taxes))
    yield e(
        "cac:LegalMonetaryTotal",
        _amount("cbc:LineExtensionAmount", bill.line_total, bill),
        _amount("cbc:TaxExclusiveAmount", bill.net, bill),
        _amount("cbc:TaxInclusiveAmount", bill.gross, bill),
        _amount("cbc:AllowanceTotalAmount", bill.allowance, bill) if bill.allowance else None,
        _amount("cbc:PrepaidAmount", bill.prepaid, bill) if bill.prepaid else None,
        _amount("cbc:PayableAmount", bill.payable, bill),
    )


def _amount(tag: str, value: Decimal, bill: Bill) -> Element:
    return e(tag, f"{value:.2f}", currencyID=bill.currency)


def _party(party: Party) -> Element:
    return e(
        "cac:Party",
        e("cbc:EndpointID", party.endpoint[0], schemeID=party.endpoint[1]) if party.endpoint else None,
        e("cac:PartyIdentification", e("cbc:ID", party.identifier)) if party.identifier else None,
        e("cac:PartyName", e("cbc:Name", party.name)),
        e("cac:PostalAddress", *_address(party)),
        _registration(party.vat_id, "VAT"),
        _registration(party.tax_number, "FC"),
        e("cac:PartyLegalEntity", e("cbc:RegistrationName", party.name)),
        _contact(party),
    )


def _address(party: Party) -> Iterable[Element | None]:
    yield maybe("cbc:StreetName", party.street)
    yield maybe("cbc:AdditionalStreetName", party.supplement)
    yield maybe("cbc:CityName", party.city)
    yield maybe("cbc:PostalZone", party.zip)
    yield e("cac:Country", e("cbc:IdentificationCode", party.country))


def _registration(number: str | None, scheme: str) -> Element | None:
    if not number:
        return None
    return e("cac:PartyTaxScheme", e("cbc:CompanyID", number), e("cac:TaxScheme", e("cbc:ID", scheme)))


def _contact(party: Party) -> Element | None:
    if not party.contact:
        return None
    return e(
        "cac:Contact",
        maybe("cbc:Name", party.contact.name),
        maybe("cbc:Telephone", party.contact.phone),
        maybe("cbc:ElectronicMail", party.contact.email),
    )


def _delivery(bill: Bill) -> Element | None:
    abroad = any(tax.category == "K" for tax in bill.taxes)  # BR-IC-12: where it went
    if not bill.delivered and not abroad:
        return None
    return e(
        "cac:Delivery",
        e("cbc:ActualDeliveryDate", f"{bill.delivered}") if bill.delivered else None,
        e("cac:DeliveryLocation", e("cac:Address", *_address(bill.buyer))) if abroad else None,
    )


def _payment_means(bill: Bill) -> Element:
    account = e(
        "cac:PayeeFinancialAccount",
        e("cbc:ID", bill.account.iban),
        e("cbc:Name", bill.account.holder),
        e("cac:FinancialInstitutionBranch", e("cbc:ID", bill.account.bic)) if bill.account.bic else None,
    )
    return e("cac:PaymentMeans", e("cbc:PaymentMeansCode", TRANSFER), e("cbc:PaymentID", bill.number), account)


def _discount(tax: Tax, bill: Bill) -> Element:
    return e(
        "cac:AllowanceCharge",
        e("cbc:ChargeIndicator", "false"),
        e("cbc:AllowanceChargeReasonCode", DISCOUNT),
        e("cbc:AllowanceChargeReason", "Gesamtrabatt"),
        e("cbc:MultiplierFactorNumeric", plain(bill.discount)) if bill.discount else None,
        _amount("cbc:Amount", tax.allowance, bill),
        _amount("cbc:BaseAmount", tax.basis + tax.allowance, bill) if bill.discount else None,
        e("cac:TaxCategory", *_category(tax)),
    )


def _subtotal(tax: Tax, bill: Bill) -> Element:
    return e(
        "cac:TaxSubtotal",
        _amount("cbc:TaxableAmount", tax.basis, bill),
        _amount("cbc:TaxAmount", tax.amount, bill),
        e(
            "cac:TaxCategory",
            e("cbc:ID", tax.category),
            e("cbc:Percent", plain(tax.rate)),  # also for O: BR-DE-14
            maybe("cbc:TaxExemptionReasonCode", tax.code),
            maybe("cbc:TaxExemptionReason", tax.reason),
            e("cac:TaxScheme", e("cbc:ID", "VAT")),
        ),
    )


def _category(of: Tax | Line) -> Iterable[Element | None]:
    yield e("cbc:ID", of.category)
    yield e("cbc:Percent", plain(of.rate)) if of.category != "O" else None  # BR-O-05
    yield e("cac:TaxScheme", e("cbc:ID", "VAT"))


def _line(line: Line, number: int, bill: Bill) -> Element:
    quantity = "cbc:CreditedQuantity" if bill.credit else "cbc:InvoicedQuantity"
    return e(
        "cac:CreditNoteLine" if bill.credit else "cac:InvoiceLine",
        e("cbc:ID", str(number)),
        e(quantity, plain(line.quantity), unitCode=line.unit),
        _amount("cbc:LineExtensionAmount", line.net, bill),
        _line_discount(line, bill),
        e(
            "cac:Item",
            maybe("cbc:Description", line.description),
            e("cbc:Name", line.name),
            e("cac:ClassifiedTaxCategory", *_category(line)),
        ),
        e("cac:Price", e("cbc:PriceAmount", plain(line.price), currencyID=bill.currency)),
    )


def _line_discount(line: Line, bill: Bill) -> Element | None:
    if not line.allowance:
        return None
    return e(
        "cac:AllowanceCharge",
        e("cbc:ChargeIndicator", "false"),
        e("cbc:AllowanceChargeReasonCode", DISCOUNT),
        e("cbc:AllowanceChargeReason", "Rabatt"),
        e("cbc:MultiplierFactorNumeric", plain(line.percent)),
        _amount("cbc:Amount", line.allowance, bill),
        _amount("cbc:BaseAmount", line.net + line.allowance, bill),
    )
