"""
The same for many vouchers, of one client or of several.

    views ─► page ─► form ─► planning          choose what, see what it means for each, confirm
    choosing                                   what the list needs so that one can choose in it
"""
