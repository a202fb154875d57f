"""The sandbox's text recognition: e-invoices are read, of pictures and PDFs it knows those that we made ourselves."""

from lexweb.sandbox.paper import einvoice, marks
from lexweb.sandbox.paper.marks import NOTHING, Recognised


def read(content: bytes) -> Recognised:
    """What is in a receipt; an empty result when nothing was recognised."""
    if content[:256].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        try:
            return einvoice.read(content)
        except einvoice.NotAnInvoice:
            return NOTHING
    return marks.read(content)
