"""Mails that Lexware sends (partner docs: "Send … by e-mail"; oauth-and-partner.md, chapter 5)."""

from uuid import UUID

from lexweb.lexware.shapes import Shape


class MailAttachment(Shape):
    """
    A file that goes along, uploaded before with type attachment (pdf, jpg or png up to 2 MB).

    `file_name` is without extension; `file_extension` is pdf, png, jpg or jpeg.
    """

    id: UUID
    file_name: str
    file_extension: str


class Mail(Shape):
    """
    A mail with a document. Absent, subject and text are the organization's own.

    `{sharedLink}` in a paragraph of its own puts in the link to the document.
    """

    recipients: tuple[str, ...]
    subject: str | None = None
    message: str | None = None
    signature: str | None = None
    attachments: tuple[MailAttachment, ...] = ()
