"""Which form of a stored receipt a download gives (behaviour.md, chapter 9)."""

from dataclasses import dataclass

from lexweb.sandbox.files import contents
from lexweb.sandbox.sales import media
from lexweb.sandbox.shelf import Record

XML, PDF = "application/xml", "application/pdf"
PICTURES = {"image/png", "image/jpeg", "image/jpg", "image/*"}


@dataclass(frozen=True)
class Download:
    """Bytes, what they are, and the name to save them under."""

    content: bytes
    media_type: str
    name: str


class NoSuchForm(LookupError):
    """There is no such form of this file: 404 for XML that does not exist, 406 for what never does."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def download(record: Record, accept: str) -> Download:
    """
    The file in the form that an Accept header asks for; an empty one takes anything.

    :raises NoSuchForm: none of the wanted forms exists
    """
    for wanted in media.ranges(accept):
        if found := _form(record, wanted):
            return found
    raise NoSuchForm(404 if XML in media.ranges(accept) else 406)


def _form(record: Record, wanted: str) -> Download | None:
    name, media_type = record.document["name"], record.document["mediaType"]
    if media_type == XML:
        if wanted in {"*/*", "application/*", XML}:
            return Download(contents.content(record), XML, name)
        if wanted == PDF:
            return Download(contents.preview(record), PDF, f"{name.rpartition('.')[0] or name}.pdf")
        return None
    if wanted in {"*/*", "application/*", PDF, *PICTURES}:
        return Download(contents.content(record), media_type, name)
    return None
