"""
The Lexware Office API in plain Python: no Django, no database.

    office.Office ─► contacts, profile, countries   what can be asked (shapes and calls)
                          │
                       session                      one call: token, pace, retries, what an answer means
                     │    │    │
                 retry  answers  _http              when to repeat · what came back · the only httpx import
                          │
                       issues                       every error body Lexware sends, as `Issue`s

    contacts is four files: calls, contact_shapes, contact_lookup (did a create happen?), search (filters)
    credentials.Credentials, pacing.Pace            what the caller brings along
    oauth.AuthorizationServer                       connect, refresh, revoke; the same `_http`
    errors                                          the one tree of everything that can go wrong

Facts about the service cite `behaviour.md` and `oauth-and-partner.md`, our notes on its public documentation
(https://developers.lexware.io/docs and https://developers.lexware.io/partner/docs).
"""
