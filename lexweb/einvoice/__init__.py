"""
Reads electronic invoices: XRechnung as UBL or CII, and ZUGFeRD or Factur-X inside a PDF (EN 16931).

Knows no Django, and trusts nothing it reads.
"""

from lexweb.einvoice.errors import InvoiceError, NotAnInvoice, TooLarge, Unsafe
from lexweb.einvoice.model import Invoice, Profile
from lexweb.einvoice.pdf import in_pdf
from lexweb.einvoice.reading import read

__all__ = ["Invoice", "InvoiceError", "NotAnInvoice", "Profile", "TooLarge", "Unsafe", "in_pdf", "read"]
