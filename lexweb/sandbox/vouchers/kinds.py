"""The four kinds of bookkeeping vouchers."""

SALES = ("salesinvoice", "salescreditnote")
PURCHASES = ("purchaseinvoice", "purchasecreditnote")
EVERY = (*SALES, *PURCHASES)
CREDIT_NOTES = ("salescreditnote", "purchasecreditnote")
TAX_TYPES = ("net", "gross", "vatfree")  # the last one is not in the reference, but in use
COLLECTIVE = {"income": "Sammelkunde", "outgo": "Sammellieferant"}


def side(kind: str) -> str:
    """Which categories fit: "income" or "outgo"."""
    return "income" if kind in SALES else "outgo"


def collective_contact(kind: str) -> str:
    """The name of the contact that stands for all small ones."""
    return COLLECTIVE[side(kind)]
