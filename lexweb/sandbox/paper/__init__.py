"""
Documents as files, and a look at uploaded files. Pure functions: no state, no HTTP.

    sales_pdf ─► letter, items, sums ─► flow ─► canvas (fpdf2)      what a recipient reads
    xrechnung ─► billing ─► bill ─► ubl | cii ─► markup             what a recipient's program reads
    zugferd   ─► both in one PDF
    receipts  ─► all of these, and till (Pillow)                    what suppliers send
    checks    ─► toxic, einvoice                                    what Lexware Office refuses (behaviour.md, ch. 10)
    recognition ─► einvoice, marks                                  what its text recognition finds

The paper speaks German, the code English. The same input makes the same bytes.
"""
