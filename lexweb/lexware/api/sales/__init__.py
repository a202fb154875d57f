"""
Sales documents (behaviour.md, chapters 8 and 9): from the quotation to the dunning, one file per kind.

    invoices  credit_notes  quotations  order_confirmations  delivery_notes  dunnings  down_payment_invoices
        │   the shapes of one kind, and what can be done with it
    endpoint                 what kinds have in common: get, create, file, send_mail, find
    documents                what all documents share, as read and as written
    line_items  conditions  parts        pieces of a document
    following                the draft of a document that follows another one
    lookup                   did an uncertain create happen?
    mailing  interaction     partner API: mails, acceptance of e-invoices

A document that was created cannot be changed, finalized, voided or deleted through the API: people do that in
Lexware Office.
"""
