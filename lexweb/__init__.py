"""
All Lexware Office accounts of an accounting firm's clients in one dashboard.

    browser ─► urls ─► view ─► service ─► gateway ─► lexware (httpx) ─► Lexware Office
       ▲                 │        │                                          │
       └──── template ◄──┴─ selector ◄─ models (mirror) ◄─ mirror.store ◄────┘
                                              ▲
                          sync (worker, huey; told by webhooks)

Lexware Office holds the truth; our tables mirror it. Reading asks the mirror. Writing asks Lexware Office first,
then stores its answer; what may wait stands in the outbox until a worker sends it. Losing the mirror costs a resync.

Who may import whom (checked by import-linter, see pyproject.toml):

    wsgi > urls > home | ops > sync > vouchers | sales > contacts | articles | masterdata | files | console > outbox
         > clients > firm > activity > settings > env | ui | lexware | sandbox
    inside a context:  urls > views > forms > services > policies > selectors | mirror > models
"""
