"""
Invoices in the Cross Industry Invoice syntax: XRechnung, ZUGFeRD 2 and Factur-X; and ZUGFeRD 1.0, its predecessor.

Where ZUGFeRD 1.0 has other names, both are given: "new|old".
"""

from lexweb.einvoice import codes
from lexweb.einvoice.markup import Node
from lexweb.einvoice.model import Address, Change, Invoice, Line, Party, Payment, Skonto, Syntax, Tax, Totals

ROOTS = {
    "CrossIndustryInvoice": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "CrossIndustryDocument": "urn:ferd:CrossIndustryDocument:invoice:1p0",
}
CONTEXT = "ExchangedDocumentContext|SpecifiedExchangedDocumentContext"
HEADER = "ExchangedDocument|HeaderExchangedDocument"
TRADE = "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction"
AGREEMENT = "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
DELIVERY = "ApplicableHeaderTradeDelivery|ApplicableSupplyChainTradeDelivery"
SETTLEMENT = "ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
LINE_AGREEMENT = "SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement"
LINE_DELIVERY = "SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery"
LINE_SETTLEMENT = "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement"
SUMS = "SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
LINE_SUMS = "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
RATE = "RateApplicablePercent|ApplicablePercent"
DAY = "DateTimeString|DateString"


def read(root: Node) -> Invoice:
    """Return the invoice."""
    header, trade = root.first(HEADER), root.first(TRADE)
    agreement, settlement = trade.first(AGREEMENT), trade.first(SETTLEMENT)
    specification, type_code = (
        root.text(f"{CONTEXT}/GuidelineSpecifiedDocumentContextParameter/ID"),
        header.text("TypeCode"),
    )
    period, payee = settlement.first("BillingSpecifiedPeriod"), settlement.first("PayeeTradeParty")
    return Invoice(
        profile=codes.profile(specification),
        syntax=Syntax.CII if root.name == "CrossIndustryInvoice" else Syntax.ZUGFERD_1,
        kind=codes.kind(type_code),
        type_code=type_code,
        specification=specification,
        number=header.text("ID"),
        issued_on=header.day(f"IssueDateTime/{DAY}"),
        due_on=settlement.day(f"SpecifiedTradePaymentTerms/DueDateDateTime/{DAY}"),
        delivered_on=trade.day(f"{DELIVERY}/ActualDeliverySupplyChainEvent/OccurrenceDateTime/{DAY}"),
        starts_on=period.day(f"StartDateTime/{DAY}"),
        ends_on=period.day(f"EndDateTime/{DAY}"),
        currency=settlement.text("InvoiceCurrencyCode")[:3],
        seller=_party(agreement.first("SellerTradeParty")),
        buyer=_party(agreement.first("BuyerTradeParty")),
        payee=_party(payee) if payee.text("Name") else None,
        buyer_reference=agreement.text("BuyerReference"),
        order_reference=agreement.text("BuyerOrderReferencedDocument/IssuerAssignedID|ID"),
        contract=agreement.text("ContractReferencedDocument/IssuerAssignedID|ID"),
        project=agreement.text("SpecifiedProcuringProject/ID"),
        preceding=settlement.texts("InvoiceReferencedDocument/IssuerAssignedID|ID"),
        lines=tuple(map(_line, trade.each("IncludedSupplyChainTradeLineItem"))),
        changes=_changes(settlement),
        taxes=tuple(map(_tax, settlement.each("ApplicableTradeTax"))),
        totals=_totals(settlement),
        payment=_payment(settlement),
        notes=tuple("\n".join(note.texts("Content")) for note in header.each("IncludedNote") if note.texts("Content")),
        attachments=tuple(filter(None, map(_attachment, agreement.each("AdditionalReferencedDocument")))),
    )


def _party(node: Node) -> Party:
    taxes = [(tax.text("ID"), tax.text("ID@schemeID").upper()) for tax in node.each("SpecifiedTaxRegistration")]
    legal, contact = node.first("SpecifiedLegalOrganization"), node.first("DefinedTradeContact")
    name, trading_name = node.text("Name"), legal.text("TradingBusinessName")
    return Party(
        name=trading_name or name,
        legal_name=name,
        vat_id=next((number for number, scheme in taxes if scheme == "VA"), ""),
        tax_number=next((number for number, scheme in taxes if scheme != "VA"), ""),
        register_number=legal.text("ID"),
        identifiers=node.texts("ID|GlobalID"),
        address=_address(node.first("PostalTradeAddress")),
        contact=contact.text("PersonName") or contact.text("DepartmentName"),
        phone=contact.text("TelephoneUniversalCommunication/CompleteNumber"),
        email=contact.text("EmailURIUniversalCommunication/URIID"),
        electronic_address=node.text("URIUniversalCommunication/URIID"),
    )


def _address(node: Node) -> Address:
    lines = node.text("LineOne"), node.text("LineTwo"), node.text("LineThree")
    return Address(
        lines=tuple(filter(None, lines)),
        postcode=node.text("PostcodeCode"),
        city=node.text("CityName"),
        country=node.text("CountryID"),
    )


def _line(node: Node) -> Line:
    document, product = node.first("AssociatedDocumentLineDocument"), node.first("SpecifiedTradeProduct")
    price = node.first(f"{LINE_AGREEMENT}/NetPriceProductTradePrice")
    delivery, settlement = node.first(LINE_DELIVERY), node.first(LINE_SETTLEMENT)
    tax, period = settlement.first("ApplicableTradeTax"), settlement.first("BillingSpecifiedPeriod")
    return Line(
        number=document.text("LineID"),
        name=product.text("Name"),
        description=product.text("Description"),
        note=document.text("IncludedNote/Content"),
        article_number=product.text("SellerAssignedID"),
        quantity=delivery.number("BilledQuantity"),
        unit=delivery.text("BilledQuantity@unitCode"),
        price=price.number("ChargeAmount"),
        price_quantity=price.number("BasisQuantity"),
        net=settlement.number(f"{LINE_SUMS}/LineTotalAmount"),
        tax_category=tax.text("CategoryCode"),
        tax_rate=tax.number(RATE),
        changes=_changes(settlement),
        starts_on=period.day(f"StartDateTime/{DAY}"),
        ends_on=period.day(f"EndDateTime/{DAY}"),
    )


def _changes(settlement: Node) -> tuple[Change, ...]:
    return tuple(filter(None, map(_change, settlement.each("SpecifiedTradeAllowanceCharge"))))


def _change(node: Node) -> Change | None:
    amount = node.number("ActualAmount")
    if amount is None:
        return None
    charge = node.text("ChargeIndicator/Indicator") or node.text("ChargeIndicator")
    return Change(
        amount=amount if charge in {"true", "1"} else -amount,
        reason=node.text("Reason"),
        percent=node.number("CalculationPercent"),
        tax_rate=node.number(f"CategoryTradeTax/{RATE}"),
    )


def _tax(node: Node) -> Tax:
    return Tax(
        category=node.text("CategoryCode"),
        rate=node.number(RATE),
        net=node.number("BasisAmount"),
        tax=node.number("CalculatedAmount"),
        exemption=node.text("ExemptionReason"),
    )


def _totals(settlement: Node) -> Totals:
    total, currency = settlement.first(SUMS), settlement.text("InvoiceCurrencyCode")
    taxes = [*total.each("TaxTotalAmount")]  # a second one may be there in the currency of accounting
    ours = [node for node in taxes if node.text("@currencyID") == currency] or taxes
    return Totals(
        lines=total.number("LineTotalAmount"),
        allowances=total.number("AllowanceTotalAmount"),
        charges=total.number("ChargeTotalAmount"),
        net=total.number("TaxBasisTotalAmount"),
        tax=ours[0].number() if ours else None,
        gross=total.number("GrandTotalAmount"),
        prepaid=total.number("TotalPrepaidAmount"),
        rounding=total.number("RoundingAmount"),
        payable=total.number("DuePayableAmount"),
    )


def _payment(settlement: Node) -> Payment:
    terms, skonto = codes.skonto("\n".join(settlement.texts("SpecifiedTradePaymentTerms/Description")))
    means = "SpecifiedTradeSettlementPaymentMeans"
    account = settlement.first(f"{means}/PayeePartyCreditorFinancialAccount")
    return Payment(
        code=settlement.text(f"{means}/TypeCode"),
        means=settlement.text(f"{means}/Information"),
        iban=account.text("IBANID") or account.text("ProprietaryID"),
        bic=settlement.text(f"{means}/PayeeSpecifiedCreditorFinancialInstitution/BICID"),
        holder=account.text("AccountName"),
        reference=settlement.text("PaymentReference"),
        mandate=settlement.text("SpecifiedTradePaymentTerms/DirectDebitMandateID"),
        debited_iban=settlement.text(f"{means}/PayerPartyDebtorFinancialAccount/IBANID"),
        creditor=settlement.text("CreditorReferenceID"),
        terms=terms,
        skonto=skonto + tuple(filter(None, map(_skonto, settlement.each("SpecifiedTradePaymentTerms")))),
    )


def _skonto(terms: Node) -> Skonto | None:
    """Return the discount as the profile Extended writes it."""
    discount = terms.first("ApplicableTradePaymentDiscountTerms")
    days, percent = discount.number("BasisPeriodMeasure"), discount.number("CalculationPercent")
    if days is None or percent is None or discount.text("BasisPeriodMeasure@unitCode") not in {"DAY", ""}:
        return None
    return Skonto(int(days), percent, discount.number("BasisAmount"))


def _attachment(node: Node) -> str:
    """Return the name of what is attached, "" if it is only a reference."""
    content, link = node.first("AttachmentBinaryObject"), node.text("URIID")
    attached = content.text("@filename") or content.text("@mimeCode") or link
    return attached and (content.text("@filename") or node.text("Name") or node.text("IssuerAssignedID|ID") or link)
