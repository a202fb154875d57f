"""
What Lexware Office does with sales documents: invoices, quotations, delivery notes … (behaviour.md, chapter 8).

    shape ─► draft ─► rules ─┬─► items, recipients, dates, tax_rates      what is refused
               kinds ◄───────┤
                             └─► pursuing                                 what may follow what
    writing ─► compose ─► sums, numbers, payment_conditions               the document
            └► finalizing ─► layouts, papers ─► letterhead, media         issued, and its file
    paying                                                                what people do later
    index, payments                                                       rows and payment data for others
"""
