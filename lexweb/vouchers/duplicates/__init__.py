"""
Documents that are perhaps there twice.

    views ─► twins ─► finding ─► likeness ─► numbers, names     candidates from indexes, then the rules
    matching                                                    what an e-invoice says, beside what is booked
"""
