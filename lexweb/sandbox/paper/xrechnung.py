"""XRechnung 3.0, in both syntaxes, and the EN 16931 invoice that ZUGFeRD puts into a PDF."""

from lexweb.sandbox.paper import billing, cii, ubl
from lexweb.sandbox.paper.bill import Bill
from lexweb.sandbox.paper.seller import NOBODY, Buyer, Seller
from lexweb.sandbox.web import Json

EN16931 = "urn:cen.eu:en16931:2017"
XRECHNUNG = f"{EN16931}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"


def render(document: Json, seller: Seller, *, credit: bool = False, buyer: Buyer = NOBODY) -> bytes:
    """
    The invoice, down payment invoice or (``credit``) credit note as XRechnung in UBL.

    The reference of the buyer is ``xRechnung.buyerReference`` of the document. For tax types of category AE and K
    the buyer's VAT id is mandatory, and only ``buyer`` can tell it.
    """
    bill = billing.bill(document, seller, credit=credit, buyer=buyer)
    return ubl.render(bill, XRECHNUNG, PROCESS, _terms(bill))


def render_cii(document: Json, seller: Seller, *, credit: bool = False, buyer: Buyer = NOBODY) -> bytes:
    """The same as ``render`` in the syntax of UN/CEFACT."""
    bill = billing.bill(document, seller, credit=credit, buyer=buyer)
    return cii.render(bill, XRECHNUNG, PROCESS, _terms(bill))


def render_en16931(document: Json, seller: Seller, *, credit: bool = False, buyer: Buyer = NOBODY) -> bytes:
    """The same in CII without the German rules: no buyer reference needed, Skonto in words only."""
    bill = billing.bill(document, seller, credit=credit, buyer=buyer)
    return cii.render(bill, EN16931, PROCESS, bill.terms)


def _terms(bill: Bill) -> str | None:
    """Payment terms, with Skonto in the one form XRechnung allows (BR-DE-18: a line of its own, ended by a break)."""
    if not bill.skonto:
        return bill.terms
    days, percent = bill.skonto
    return f"{bill.terms or ''}\n#SKONTO#TAGE={days}#PROZENT={percent:.2f}#\n".lstrip("\n")
