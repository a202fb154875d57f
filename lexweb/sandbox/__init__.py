"""
A stateful stand-in for Lexware Office: the API, its authorization server, and a demo firm's worth of data.

Runs as its own process (``python -m lexweb.sandbox``) or in a test (``server.serve_in_thread``). It shares no
code with ``lexweb.lexware``, so that the two cannot be wrong together.

    wire ─► web ─► app ─┬─► api/      /v1: key or token, pace, contacts, profile, countries
                        ├─► oauth/    /oauth2: consent pages, tokens
                        ├─► control   /_sandbox: faults, request log, edits of other users
                        └─► office/   / and /o: the same records, for people
                   state ◄──┴─ seed/ (organizations and contacts), storage (a file)

Rules come from two papers, "Lexware Office public API: behaviour" (behaviour.md) and "OAuth and the Partner
API"; docstrings name the chapter. Where the papers are silent, the docstring says "our choice".
"""
