"""Why something could not be read as an electronic invoice."""


class InvoiceError(Exception):
    """No invoice could be read."""


class NotAnInvoice(InvoiceError):
    """It is no XML, or XML of something else."""


class Unsafe(InvoiceError):
    """It declares a document type or entities, which no electronic invoice needs; nothing of it was read."""


class TooLarge(InvoiceError):
    """It is larger or deeper than any invoice; nothing of it was read."""
