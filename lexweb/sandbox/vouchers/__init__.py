"""
Bookkeeping vouchers (behaviour.md, chapters 5 and 12).

    api/vouchers ─┬─► shape, rules ─► sums, rates, days     what may be written
    desk (pages) ─┴─► changing ─► writing ─► paying         what happens then, and what is told to whom
    api/files ────► intake ─► recognition                   uploads: blank, seconds later unchecked
    rows                                                    the line in the voucher list
"""
