"""From bytes to an invoice."""

from lexweb.einvoice import cii, ubl
from lexweb.einvoice.errors import NotAnInvoice
from lexweb.einvoice.markup import parse
from lexweb.einvoice.model import Invoice


def read(xml: bytes) -> Invoice:
    """
    Read an invoice, leniently: a value that makes no sense is left out.

    :raises NotAnInvoice: it is something else
    :raises Unsafe: it has a document type declaration
    :raises TooLarge: it is larger than any invoice
    """
    root = parse(xml)
    if ubl.ROOTS.get(root.name) == root.namespace:
        return ubl.read(root)
    if cii.ROOTS.get(root.name) == root.namespace:
        return cii.read(root)
    raise NotAnInvoice
