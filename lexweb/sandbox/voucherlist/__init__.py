"""
The voucher list: the one index over sales documents and bookkeeping vouchers (behaviour.md, chapter 11).

    query ─► what was asked for
    index ─► entry: rows of all kinds, kept from request to request in each order that was asked for
"""
