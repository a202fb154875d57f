"""
Writing bookkeeping vouchers: Lexware Office first, then the mirror.

    editing, creating, acts ─► common            a person waits for it · a new one · by the outbox
       ├─► attaching                             the image of a new one (completing: nobody sent the form again)
       ├─► policies                              what kind and state allow
       ├─► merge                                 two people changed the same voucher
       └─► complaints ─► sums, categories        what is wrong, in sentences and at the right field
    wishes                                       what can be changed in many at once
    fields, wording                              each writable field: its names, its values in words
"""
