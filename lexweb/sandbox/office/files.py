"""
The files of vouchers, to look at and to save.

People upload them, so nothing in them may run: PDF and pictures are shown as just that (nosniff). XML is for saving
only, because it could bring scripts along; to look at there is its preview.
"""

from lexweb.sandbox.api import files
from lexweb.sandbox.files import downloads
from lexweb.sandbox.office.visit import Routes, Visit, missing
from lexweb.sandbox.web import Answer

SHOWN = {"application/pdf", "image/jpeg", "image/png"}
# Chromium's viewer of PDF works in spite of the sandbox, in a page of ours and alone.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'self'"


def shown(visit: Visit, /, file_id: str) -> Answer:
    """GET: to look at, or to save if ``save`` is in the query; ``as=pdf`` is the preview of an e-invoice."""
    record = visit.organization.shelf("files").get(file_id)
    if record is None:
        raise missing()
    wanted = "application/pdf" if visit.call.params.get("as") == "pdf" else ""
    answer = files.answer(downloads.download(record, wanted))
    media_type, disposition = answer.headers["Content-Type"], answer.headers["Content-Disposition"]
    if media_type in SHOWN and "save" not in visit.call.params:
        disposition = disposition.replace("attachment", "inline", 1)
    headers = {"Content-Type": media_type, "Content-Disposition": disposition, "Content-Security-Policy": POLICY}
    return Answer(200, answer.body, headers)


ROUTES: Routes = {"/files/<file_id>": {"GET": shown}}
