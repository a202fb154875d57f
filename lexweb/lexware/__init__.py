"""
The Lexware Office API in plain Python: no Django, no database.

    acts/                              several calls as one: record a receipt, issue and fetch, push bank lines …
      │
    office.Office ─► api/              what can be asked: one file per endpoint family, its shapes and calls;
      │               │                api/sales/ (seven kinds of documents), api/partner/ (connections by OAuth only)
      │            session             one call: token, tier, pace, retries, what an answer means; files up and down
      │          │    │    │
      │      retry  answers  _http     when to repeat · what came back · the only httpx import
      │               │
      │            issues              every error body Lexware sends, as `Issue`s
      │
    credentials, pacing                what the caller brings along
    capabilities, needs                what a connection may do, and what a call needs
    shapes, paging, search, paths      what the families share; lookup: did an uncertain create happen?
    days                               days in Germany, and the moments that stand for them
    transfers                          files on their way; webhooks: what Lexware tells us
    oauth.AuthorizationServer          connect, refresh, revoke; the same `_http`
    errors                             the one tree of everything that can go wrong

Facts about the service cite `behaviour.md` and `oauth-and-partner.md`, our notes on its public documentation
(https://developers.lexware.io/docs and https://developers.lexware.io/partner/docs).
"""
