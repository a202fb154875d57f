"""
Writing bookkeeping vouchers: Lexware Office first, then the mirror.

    editing, creating, acts ─► common            a person waits for it · with its image · by the outbox
       ├─► policies                              what kind and state allow
       ├─► merge                                 two people changed the same voucher
       └─► complaints ─► sums, categories        what is wrong, in sentences and at the right field
    wishes                                       what can be changed in many at once
    fields, wording                              each writable field: its names, its values in words
"""
