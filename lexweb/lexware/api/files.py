"""
Files: receipts that go up, files of vouchers that come down (docs: "Files Endpoint"; behaviour.md, chapters 9
and 10).

    uploaded = office.files.upload(Upload("beleg.pdf", "application/pdf", lambda: path.open("rb")))
    with office.files.download(file_id) as download:
        download.save(target)

Nothing is ever held in memory as a whole.
"""

from contextlib import AbstractContextManager
from uuid import UUID

from lexweb.lexware import paths
from lexweb.lexware.session import Session
from lexweb.lexware.shapes import Shape
from lexweb.lexware.transfers import Download, Upload

__all__ = ["LARGEST", "MEDIA_TYPES", "FileStatus", "FileUploadResult", "FilesEndpoint"]

PATH = "/v1/files"
LARGEST = 5 * 1024 * 1024  # bytes of a file that Lexware accepts
MEDIA_TYPES = ("application/pdf", "image/jpeg", "image/png", "application/xml")


class FileUploadResult(Shape):
    """
    Where an upload ended up. The same content again gives the ids of the first time.

    `voucher_id` is the voucher made for it; None when it was attached to one.
    """

    id: UUID
    voucher_id: UUID | None = None


class FileStatus(Shape):
    """
    The state of an upload: upload_processing, upload_success or upload_failed.

    So the partner docs say, where it is deprecated; the public ones name no member at all.
    """

    id: UUID | None = None
    status: str | None = None


class FilesEndpoint:
    """Calls about files."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def upload(self, upload: Upload) -> FileUploadResult:
        """
        Upload a receipt. This makes a bookkeeping voucher, which cannot be deleted: `blank`, then `unchecked`.

        To attach a file to a voucher that exists, use `vouchers.attach`.

        :raises Rejected: the file is too large, of another kind than pdf, jpg, png and xml (XRechnung only, and
            only where the client has switched it on), or damaged
        :raises Uncertain: it may be there; the same content again gives the ids of the first time
        """
        return self._session.upload(
            PATH,
            upload,
            look="files.upload(the same) gives the ids of the first time",
            kind=FileUploadResult,
            fields={"type": "voucher"},
        )

    def upload_attachment(self, upload: Upload) -> FileUploadResult:
        """
        Upload a file that mails can carry along: pdf, jpg or png up to 2 MB (partner API). It makes no voucher.

        :raises Rejected: the file is too large or of another kind
        :raises Uncertain: it may be there; another upload of it does no harm
        """
        return self._session.upload(
            PATH,
            upload,
            look="files.upload_attachment(the same) again does no harm",
            kind=FileUploadResult,
            fields={"type": "attachment"},
        )

    def download(self, file_id: UUID, *, accept: str = "*/*") -> AbstractContextManager[Download]:
        """
        Read a file as it comes in; use it in a `with`.

        :param accept: `*/*` gives the original, XML included; application/pdf gives a view of an XML invoice;
            application/xml is NotFound unless the original is XML
        :raises NotFound: there is no such file, or none of that kind
        :raises Rejected: no file is ever of that kind (406)
        """
        return self._session.download(paths.record(PATH, file_id), accept=accept)

    def status(self, file_id: UUID) -> FileStatus:
        """
        Read the state of an upload.

        Only named in passing by the reference, and deprecated for partners: prefer the voucher's own status.

        :raises Forbidden: the connection lacks the scope files.status
        """
        return self._session.get(paths.record(PATH, file_id, "status"), FileStatus)
