"""
Receipts on their way in: from the browser to Lexware Office, each sent once, and ours until it is seen there.

    receiving_views ─► receiving                bytes come over the line, into files.store
            └───────► services                  looked into, compared, decided about, put into the outbox
    views ─► selectors, presenting              what waits for whom
    comparing                                   what is perhaps there twice, when it comes in and before it goes
    acts                                        how the outbox sends one, and proves that it has arrived
    receivers                                   the connection belongs to another organization now
"""
