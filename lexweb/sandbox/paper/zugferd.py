"""
An EN 16931 invoice that people and programs can read: the PDF with its CII XML attached as ``factur-x.xml``.

Programs find and read the XML as in any ZUGFeRD file. It is no PDF/A-3, because that demands embedded fonts and we
ship none (see ``german.latin``).
"""

from lexweb.sandbox.paper import sales_pdf, xrechnung
from lexweb.sandbox.paper.seller import NOBODY, Buyer, Seller
from lexweb.sandbox.web import Json

NAME = "factur-x.xml"
XMP = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
   <fx:DocumentType>INVOICE</fx:DocumentType>
   <fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>
   <fx:Version>1.0</fx:Version>
   <fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""


def render(kind: str, document: Json, seller: Seller, *, buyer: Buyer = NOBODY) -> bytes:
    """
    The PDF with its XML.

    :param kind: ``invoice``, ``downpaymentinvoice`` or ``creditnote``
    """
    letter = sales_pdf.write(kind, document, seller)
    xml = xrechnung.render_en16931(document, seller, credit=kind == "creditnote", buyer=buyer)
    letter.embed_file(
        bytes=xml,
        basename=NAME,
        desc="Factur-X invoice",
        mime_type="text/xml",
        modification_date=sales_pdf.moment(document),
        associated_file_relationship="Alternative",
        compress=True,
    )
    letter.set_xmp_metadata(XMP)
    return bytes(letter.output())
