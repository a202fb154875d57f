"""
Fourteen months of books for each organization, ending today; the same for the same day.

    ledger ◄─ catalog ─► articles
           ◄─ sales ◄─ special, recurring, deals ─► documents, invoicing, closing, dunnings
           ◄─ purchases ◄─ buying ─► receipts (files are recipes), misread
           ◄─ incomes, oddities, tills, bank
    plans: how much of what; parties: with whom; settling: who pays when; trades (above): what is sold and bought
"""

from lexweb.sandbox.seed.books.writing import Books, write

__all__ = ["Books", "write"]
