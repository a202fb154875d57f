"""
Files of documents: what is in them, their contents (kept encrypted), and their pages as pictures.

    views, invoice_views ─► services            a person looks at one: it is fetched if it is not here
                              └─► fetching ─► mirror ─► models
    pictures ─► rendering                       a page as an answer; also for uploads, which are no files yet
    originals                                   the bytes as they came in as an answer; for uploads, too
    invoices                                    an e-invoice in words

    tidying ─► store ─► sealing                 bytes at rest: put, read, drop; what goes by itself
    workshop ─► examining, drawing              a process of its own in which strangers' bytes are opened
    inspecting                                  what bytes are, and whether they can be sent; refusals: why not
    naming, wording                             safe names of files; kinds of files in a word
    signals, receivers                          what contexts above are told; a new key
"""
