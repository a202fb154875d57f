"""Invoices and credit notes in UBL 2.1."""

from collections.abc import Iterator

from lexweb.einvoice import codes
from lexweb.einvoice.markup import NOTHING, Node
from lexweb.einvoice.model import (
    Address,
    Change,
    Invoice,
    Kind,
    Line,
    Party,
    Payment,
    Syntax,
    Tax,
    Totals,
)

ROOTS = {
    "Invoice": "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    "CreditNote": "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
}


def read(root: Node) -> Invoice:
    """Return the invoice."""
    specification, type_code = root.text("CustomizationID"), root.text("InvoiceTypeCode|CreditNoteTypeCode")
    credit = root.name == "CreditNote"
    currency, period = root.text("DocumentCurrencyCode")[:3], root.first("InvoicePeriod")
    payee = root.first("PayeeParty")
    return Invoice(
        profile=codes.profile(specification),
        syntax=Syntax.UBL,
        kind=Kind.CREDIT_NOTE if credit else codes.kind(type_code),
        type_code=type_code,
        specification=specification,
        number=root.text("ID"),
        issued_on=root.day("IssueDate"),
        due_on=root.day("DueDate") or root.day("PaymentMeans/PaymentDueDate"),
        delivered_on=root.day("Delivery/ActualDeliveryDate"),
        starts_on=period.day("StartDate"),
        ends_on=period.day("EndDate"),
        currency=currency,
        seller=_party(root.first("AccountingSupplierParty/Party")),
        buyer=_party(root.first("AccountingCustomerParty/Party")),
        payee=_party(payee) if payee.text("PartyName/Name") else None,
        buyer_reference=root.text("BuyerReference"),
        order_reference=root.text("OrderReference/ID"),
        contract=root.text("ContractDocumentReference/ID"),
        project=root.text("ProjectReference/ID"),
        preceding=root.texts("BillingReference/InvoiceDocumentReference/ID"),
        lines=tuple(map(_line, root.each("InvoiceLine|CreditNoteLine"))),
        changes=_changes(root),
        taxes=tuple(map(_tax, _tax_total(root, currency).each("TaxSubtotal"))),
        totals=_totals(root, currency),
        payment=_payment(root),
        notes=root.texts("Note"),
        attachments=tuple(filter(None, map(_attachment, root.each("AdditionalDocumentReference")))),
    )


def _party(node: Node) -> Party:
    taxes = [(tax.text("CompanyID"), tax.text("TaxScheme/ID").upper()) for tax in node.each("PartyTaxScheme")]
    legal, contact = node.first("PartyLegalEntity"), node.first("Contact")
    legal_name = legal.text("RegistrationName")
    return Party(
        name=node.text("PartyName/Name") or legal_name,
        legal_name=legal_name,
        vat_id=next((number for number, scheme in taxes if scheme == "VAT"), ""),
        tax_number=next((number for number, scheme in taxes if scheme != "VAT"), ""),
        register_number=legal.text("CompanyID"),
        identifiers=node.texts("PartyIdentification/ID"),
        address=_address(node.first("PostalAddress")),
        contact=contact.text("Name"),
        phone=contact.text("Telephone"),
        email=contact.text("ElectronicMail"),
        electronic_address=node.text("EndpointID"),
    )


def _address(node: Node) -> Address:
    lines = node.text("StreetName"), node.text("AdditionalStreetName"), node.text("AddressLine/Line")
    return Address(
        lines=tuple(filter(None, lines)),
        postcode=node.text("PostalZone"),
        city=node.text("CityName"),
        country=node.text("Country/IdentificationCode"),
    )


def _line(node: Node) -> Line:
    item, price, period = node.first("Item"), node.first("Price"), node.first("InvoicePeriod")
    category = item.first("ClassifiedTaxCategory")
    return Line(
        number=node.text("ID"),
        name=item.text("Name"),
        description=item.text("Description"),
        note=node.text("Note"),
        article_number=item.text("SellersItemIdentification/ID"),
        quantity=node.number("InvoicedQuantity|CreditedQuantity"),
        unit=node.text("InvoicedQuantity|CreditedQuantity@unitCode"),
        price=price.number("PriceAmount"),
        price_quantity=price.number("BaseQuantity"),
        net=node.number("LineExtensionAmount"),
        tax_category=category.text("ID"),
        tax_rate=category.number("Percent"),
        changes=_changes(node),
        starts_on=period.day("StartDate"),
        ends_on=period.day("EndDate"),
    )


def _changes(node: Node) -> tuple[Change, ...]:
    return tuple(filter(None, map(_change, node.each("AllowanceCharge"))))


def _change(node: Node) -> Change | None:
    amount = node.number("Amount")
    if amount is None:
        return None
    return Change(
        amount=amount if node.text("ChargeIndicator") in {"true", "1"} else -amount,
        reason=node.text("AllowanceChargeReason"),
        percent=node.number("MultiplierFactorNumeric"),
        tax_rate=node.number("TaxCategory/Percent"),
    )


def _tax_total(root: Node, currency: str) -> Node:
    """Return the tax in the currency of the invoice; a second one may be there in the currency of accounting."""
    found = [*root.each("TaxTotal")]
    ours = [node for node in found if node.text("TaxAmount@currencyID") == currency]
    return (ours or found or [NOTHING])[0]


def _tax(node: Node) -> Tax:
    category = node.first("TaxCategory")
    return Tax(
        category=category.text("ID"),
        rate=category.number("Percent"),
        net=node.number("TaxableAmount"),
        tax=node.number("TaxAmount"),
        exemption=category.text("TaxExemptionReason"),
    )


def _totals(root: Node, currency: str) -> Totals:
    total = root.first("LegalMonetaryTotal")
    return Totals(
        lines=total.number("LineExtensionAmount"),
        allowances=total.number("AllowanceTotalAmount"),
        charges=total.number("ChargeTotalAmount"),
        net=total.number("TaxExclusiveAmount"),
        tax=_tax_total(root, currency).number("TaxAmount"),
        gross=total.number("TaxInclusiveAmount"),
        prepaid=total.number("PrepaidAmount"),
        rounding=total.number("PayableRoundingAmount"),
        payable=total.number("PayableAmount"),
    )


def _payment(root: Node) -> Payment:
    terms, skonto = codes.skonto("\n".join(root.texts("PaymentTerms/Note")))
    means = root.first("PaymentMeans")
    account, mandate = root.first("PaymentMeans/PayeeFinancialAccount"), root.first("PaymentMeans/PaymentMandate")
    return Payment(
        code=means.text("PaymentMeansCode"),
        means=means.text("PaymentMeansCode@name") or means.text("InstructionNote"),
        iban=account.text("ID"),
        bic=account.text("FinancialInstitutionBranch/ID"),
        holder=account.text("Name"),
        reference=means.text("PaymentID"),
        mandate=mandate.text("ID"),
        debited_iban=mandate.text("PayerFinancialAccount/ID"),
        creditor=next(_creditors(root), ""),
        terms=terms,
        skonto=skonto,
    )


def _creditors(root: Node) -> Iterator[str]:
    """Yield the creditor's SEPA identifiers."""
    for party in ("PayeeParty", "AccountingSupplierParty/Party"):
        for node in root.each(f"{party}/PartyIdentification/ID"):
            if node.text("@schemeID") == "SEPA":
                yield node.text()


def _attachment(node: Node) -> str:
    """Return the name of what is attached, "" if it is only a reference."""
    content = node.first("Attachment/EmbeddedDocumentBinaryObject")
    link = node.text("Attachment/ExternalReference/URI")
    attached = content.text("@filename") or content.text("@mimeCode") or link
    return attached and (content.text("@filename") or node.text("ID") or link)
