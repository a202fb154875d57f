"""
The form of a bookkeeping voucher, on its own page and beside the receipt in the review queue.

    views ─► editor ─► voucher_form ─► line_forms, contact_choice
                │        └─ new_form             a voucher that does not exist yet, with its image
             buttons ─► copying                  changes to the form alone; what an earlier voucher says
             telling                             what is said after saving
"""
