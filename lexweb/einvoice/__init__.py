"""
Reads electronic invoices: XRechnung as UBL or CII, and ZUGFeRD or Factur-X inside a PDF (EN 16931).

Knows no Django, and trusts nothing it reads.
"""
