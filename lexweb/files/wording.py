"""What a file is, in a word."""

from lexweb.einvoice.model import Profile
from lexweb.files import examining

TYPES = {examining.PDF: "PDF", examining.JPEG: "JPEG", examining.PNG: "PNG", examining.XML: "XML"}
PROFILES: dict[str, str] = {  # of e-invoices; any other is "other"
    Profile.XRECHNUNG: "XRechnung",
    Profile.EN16931: "EN 16931",
    Profile.MINIMUM: "MINIMUM",
    Profile.BASIC_WL: "BASIC WL",
    Profile.BASIC: "BASIC",
    Profile.EXTENDED: "EXTENDED",
}
