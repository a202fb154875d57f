"""
A stateful stand-in for Lexware Office: the API, its authorization server, and a demo firm's worth of data.

Runs as its own process (``python -m lexweb.sandbox``) or in a test (``server.serve_in_thread``). It shares no
code with ``lexweb.lexware``, so that the two cannot be wrong together.

    wire ─► web ─► app ─┬─► api/       /v1: key or token, pace, faults; one file for each resource
                        ├─► oauth/     /oauth2: consent pages, tokens
                        ├─► control*   /_sandbox: faults, request log, events, edits of other users
                        └─► office/    /, /o and /permalink: the same records, for people
                              │
           contacts/ articles/ sales/ vouchers/ voucherlist/ files/ finance/    what Lexware Office does with them
                              │                                  └─ paper/      documents and receipts as files
        state: organizations, shelf ─► events ─► webhooks/       who is told
          ▲
        seed/ (companies, contacts, fourteen months of books), storage (a file)

What resources share: shaping and findings (bodies in, refusals out), dates, amounts, paging, entities.

Rules come from two papers, "Lexware Office public API: behaviour" (behaviour.md) and "OAuth and the Partner
API"; docstrings name the chapter. Where the papers are silent, the docstring says "our choice".
"""
