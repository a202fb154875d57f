"""
What may wait until a worker sends it, once, whoever dies on the way; and forms that have to be sent once.

    views ─► services, presenting               what waits and what became of it: take back, pause, try again
    plans, selection                            many records chosen in a list, shown, then exactly these put in
    sending ─► claims                           one item as a step of the worker
      └─► acts ◄── contacts, vouchers, uploads  what can be sent: each context registers its own
    submissions                                 a form for a new record: who may send it, and how far it got
"""
