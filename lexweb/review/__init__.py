"""
The review queue: what is to be checked and booked of all clients, one receipt after the other.

    views ─► queue ─► filters                   the list and the desk; the order, the neighbours, the counts
      ├─► tabs ◄── services                     saved views, and how many each finds
      ├─► vouchers.form.editor                  the form beside the receipt
      └─► presenting, forms
    bulk_views ─► choosing                      many at once, in vouchers.bulk
"""
