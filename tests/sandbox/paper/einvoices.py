"""Reads sums out of UBL and CII with paths of its own, and recomputes the rules BR-CO-10 to BR-CO-17 of EN 16931."""

from decimal import ROUND_HALF_UP, Decimal
from xml.etree import ElementTree

CENT = Decimal("0.01")
SPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
}


class Read:
    """A file under test."""

    def __init__(self, content: bytes) -> None:
        self.root = _root(content)

    def texts(self, path: str) -> list[str]:
        return [each.text or "" for each in self.root.iterfind(path, SPACES)]

    def text(self, path: str) -> str:
        (found,) = self.texts(path)
        return found


def assert_ubl_adds_up(content: bytes) -> None:
    root = _root(content)
    kind = "CreditNote" if root.tag.endswith("CreditNote") else "Invoice"
    quantity = "Credited" if kind == "CreditNote" else "Invoiced"
    lines = root.findall(f"cac:{kind}Line", SPACES)
    for line in lines:
        allowance = _sum(line, "cac:AllowanceCharge/cbc:Amount")
        price = _one(line, "cac:Price/cbc:PriceAmount") * _one(line, f"cbc:{quantity}Quantity")
        assert abs(price - allowance - _one(line, "cbc:LineExtensionAmount")) <= 2 * CENT  # PEPPOL-EN16931-R120
        assert _one(line, "cac:Price/cbc:PriceAmount") >= 0  # BR-27
    total = root.find("cac:LegalMonetaryTotal", SPACES)
    assert total is not None
    net, gross = _one(total, "cbc:TaxExclusiveAmount"), _one(total, "cbc:TaxInclusiveAmount")
    line_sum = sum((_one(line, "cbc:LineExtensionAmount") for line in lines), Decimal(0))
    assert _one(total, "cbc:LineExtensionAmount") == line_sum  # BR-CO-10
    assert _sum(total, "cbc:AllowanceTotalAmount") == _sum(root, "cac:AllowanceCharge/cbc:Amount")  # BR-CO-11
    assert net == line_sum - _sum(total, "cbc:AllowanceTotalAmount")  # BR-CO-13
    taxes = root.findall("cac:TaxTotal/cac:TaxSubtotal", SPACES)
    assert _one(root, "cac:TaxTotal/cbc:TaxAmount") == _sum(root, "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount")
    assert gross == net + _one(root, "cac:TaxTotal/cbc:TaxAmount")  # BR-CO-15
    assert _one(total, "cbc:PayableAmount") == gross - _sum(total, "cbc:PrepaidAmount")  # BR-CO-16
    for tax in taxes:
        basis, rate = _one(tax, "cbc:TaxableAmount"), _one(tax, "cac:TaxCategory/cbc:Percent")
        _assert_tax(basis, rate, _one(tax, "cbc:TaxAmount"))
        parts = [line for line in lines if _rate(line) == rate]
        reduced = [
            _one(each, "cbc:Amount")
            for each in root.findall("cac:AllowanceCharge", SPACES)
            if _sum(each, "cac:TaxCategory/cbc:Percent") == rate
        ]
        assert basis == sum((_one(each, "cbc:LineExtensionAmount") for each in parts), -sum(reduced, Decimal(0)))


def assert_cii_adds_up(content: bytes) -> None:
    root = _root(content)
    trade = "rsm:SupplyChainTradeTransaction/"
    settlement = root.find(f"{trade}ram:ApplicableHeaderTradeSettlement", SPACES)
    assert settlement is not None
    total = settlement.find("ram:SpecifiedTradeSettlementHeaderMonetarySummation", SPACES)
    assert total is not None
    line_net = "ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount"
    line_sum = _sum(root, f"{trade}ram:IncludedSupplyChainTradeLineItem/ram:SpecifiedLineTradeSettlement/{line_net}")
    net, tax = _one(total, "ram:TaxBasisTotalAmount"), _one(total, "ram:TaxTotalAmount")
    assert _one(total, "ram:LineTotalAmount") == line_sum
    assert _sum(total, "ram:AllowanceTotalAmount") == _sum(
        settlement, "ram:SpecifiedTradeAllowanceCharge/ram:ActualAmount"
    )
    assert net == line_sum - _sum(total, "ram:AllowanceTotalAmount")
    assert net == _sum(settlement, "ram:ApplicableTradeTax/ram:BasisAmount")
    assert tax == _sum(settlement, "ram:ApplicableTradeTax/ram:CalculatedAmount")
    assert _one(total, "ram:GrandTotalAmount") == net + tax
    payable = _one(total, "ram:GrandTotalAmount") - _sum(total, "ram:TotalPrepaidAmount")
    assert _one(total, "ram:DuePayableAmount") == payable
    for each in settlement.findall("ram:ApplicableTradeTax", SPACES):
        basis, rate = _one(each, "ram:BasisAmount"), _one(each, "ram:RateApplicablePercent")
        _assert_tax(basis, rate, _one(each, "ram:CalculatedAmount"))


def _root(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 (we wrote it)


def _assert_tax(basis: Decimal, rate: Decimal, tax: Decimal) -> None:
    """BR-CO-17; a cent more or less is what the tax inside a gross price may need."""
    assert abs((basis * rate / 100).quantize(CENT, ROUND_HALF_UP) - tax) <= CENT


def _rate(line: ElementTree.Element) -> Decimal:
    return _sum(line, "cac:Item/cac:ClassifiedTaxCategory/cbc:Percent")


def _one(element: ElementTree.Element, path: str) -> Decimal:
    (found,) = element.findall(path, SPACES)
    return Decimal(found.text or "")


def _sum(element: ElementTree.Element, path: str) -> Decimal:
    return sum((Decimal(each.text or "") for each in element.findall(path, SPACES)), Decimal(0))
