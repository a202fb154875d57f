"""
Keeps the mirror fresh: what is due for each connection, who works on it, and how it is done, one step at a time.

    tasks, periodic, chores             a worker process: what starts it, what it does now and then
      │
    crew ─► lease                       its hands, and the connections it holds
      │       heartbeat                 that it is alive
    engine                              the most urgent step of a connection, and what follows when it fails
      │
      ├─► outbox, vouchers.backfill     what lies in other contexts; vouchers.images: files of what is to be reviewed
      ├─► events                        what webhooks told: event_effects (what it means), event_lists (when many came)
      ├─► hooks                         our subscriptions over there
      └─► passes                        lists, page by page: resources (which), fetching (a page), asking (the rest)
                                        records: one record by itself, for passes and events

    webhook_views ─► receiving          an event comes in; webhook_key: who signed it
    services, receivers                 what people and other contexts want done
    views ─► overview, reporting        pages: all clients, one client; selectors: how far
             freshness                  and how old what other pages show is
"""
