"""What a file is, by its content; never by its name."""

import hashlib
from dataclasses import dataclass

from lexweb.clients import troubles
from lexweb.einvoice import Invoice
from lexweb.files import examining, workshop
from lexweb.files.examining import JPEG, PDF, PNG, XML

__all__ = ["JPEG", "MOST", "PDF", "PNG", "XML", "Seen", "look"]

MOST = 5 * 1024 * 1024  # bytes that Lexware Office takes, inclusive (behaviour.md, chapter 10)
PROBLEMS = ("empty", "too_large", "kind", "encrypted", "broken", "bomb", "unsafe_xml")
WARNINGS = ("script", "attachments", "many_pages")


@dataclass(frozen=True)
class Seen:
    """
    What was found.

    `problem` is "" or one of `PROBLEMS`: it cannot be sent then. `warnings` are of `WARNINGS`: it can be sent, but a
    person should know.
    """

    media_type: str  # "" if it is none of the four
    size: int
    sha256: str
    pages: int | None = None  # None: it has no pages (XML), or nobody could count them
    width: int | None = None  # of a picture, in pixels, as it is seen
    height: int | None = None
    problem: str = ""
    warnings: tuple[str, ...] = ()
    profile: str = ""  # of einvoice.Profile
    invoice: Invoice | None = None


def look(data: bytes) -> Seen:
    """
    Return what the bytes are; their name promises nothing.

    :raises Trouble: nobody had the time to look
    """
    size, sha256 = len(data), hashlib.sha256(data).hexdigest()
    if not data:
        return Seen("", size, sha256, problem="empty")
    try:
        found = workshop.do(examining.examine, data, seconds=10)
    except workshop.Busy:
        raise troubles.Trouble("busy") from None
    except workshop.Failed:  # made to break whoever opens it
        found = examining.Found(examining.sniff(data), "bomb")
    return Seen(
        found.media_type, size, sha256, found.pages, found.width, found.height,
        "too_large" if size > MOST else found.problem, found.warnings,
        found.invoice.profile.value if found.invoice else "", found.invoice,
    )  # fmt: skip
