"""
All Lexware Office accounts of an accounting firm's clients in one dashboard.

    browser ─► urls ─► view ─► service ─► gateway ─► lexware (httpx) ─► Lexware Office
       ▲                 │        │                                          │
       └──── template ◄──┴─ selector ◄─ models (mirror) ◄─ mirror.store ◄────┘
                                              ▲
                          sync (worker, huey; told by webhooks)

Lexware Office holds the truth; our tables mirror it. Reading asks the mirror. Writing asks Lexware Office first,
then stores its answer; what may wait stands in the outbox until a worker sends it. Losing the mirror costs a resync.

A receipt comes in by `uploads`, is kept by `files`, mirrored and written by `vouchers`, and worked off in `review`.

Who may import whom (checked by import-linter, see pyproject.toml):

    wsgi > urls > home | ops > sync > review | uploads > vouchers | sales
         > contacts | articles | masterdata | files | console > outbox
         > clients > firm > activity > settings > env | ui | lexware | sandbox | einvoice
    inside a context:  urls > views > forms > services > policies > selectors | mirror > models
"""
