"""
Several calls as one, so that nothing is doubled and nothing is lost, whatever breaks in between.

    record_receipt(office, draft, upload)          create a voucher, attach its file, read both back
    upload_and_find(office, upload)                upload a receipt, wait until its text is recognized
    issue_and_fetch(office.invoices, draft, file)  issue a document, wait until it is rendered, download it
    push_bank_lines(office, account, lines, …)     account, transactions, balance, hints

Each returns when all is done. What Lexware refuses before anything exists is raised as it is; once something exists
(or may exist), it is `Unfinished`: its `done` says what is there, and given back as `done=` the act goes on from
there. The progress is plain data, so it can be kept in a row until tomorrow.

A process can be killed at any moment, and then nothing is raised. So each act tells `note=` its progress before and
after each step that must not happen twice: keep what came last, and go on from there as well.
"""

from lexweb.lexware.acts.bank_lines import BankLinesProgress, Pushed, push_bank_lines
from lexweb.lexware.acts.issuing import Issued, IssueProgress, issue_and_fetch
from lexweb.lexware.acts.recording import ReceiptProgress, Recorded, record_receipt
from lexweb.lexware.acts.unfinished import Unfinished
from lexweb.lexware.acts.uploading import Uploaded, UploadProgress, upload_and_find
from lexweb.lexware.acts.waiting import Waiting

__all__ = [
    "BankLinesProgress",
    "IssueProgress",
    "Issued",
    "Pushed",
    "ReceiptProgress",
    "Recorded",
    "Unfinished",
    "UploadProgress",
    "Uploaded",
    "Waiting",
    "issue_and_fetch",
    "push_bank_lines",
    "record_receipt",
    "upload_and_find",
]
