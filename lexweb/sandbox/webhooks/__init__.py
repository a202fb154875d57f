"""
Event subscriptions and the calls they lead to (behaviour.md, chapter 15).

    state.publish ─► dispatch ─► lanes (threads, one queue for each address) ─► line (HTTP) ─► the receiver
                        ▲ │                                                          │
                        │ └── retrying: again later, never, or unsubscribe ◄─────────┘
                     a chore: what is due by the sandbox's clock
"""
