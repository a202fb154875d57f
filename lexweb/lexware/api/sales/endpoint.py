"""
What can be done with sales documents of any kind (docs: "Purpose", "Create", "Retrieve", "Download" of each).

    Documents            get, file (PDF)
    ├── EInvoices        file, also as XML
    └── Creatable        document, send_mail
        └── Listed       find
            └── Pursuable    create: draft or final, on its own or after another document
"""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import ClassVar, Generic, Literal, TypeVar
from uuid import UUID

from lexweb.lexware import lookup, paths
from lexweb.lexware.api.sales.documents import SalesDocument, SalesDraft
from lexweb.lexware.api.sales.lookup import Lookup
from lexweb.lexware.api.sales.mailing import Mail
from lexweb.lexware.api.voucherlist import VoucherListEndpoint
from lexweb.lexware.session import Session
from lexweb.lexware.shapes import ActionResult, Shape
from lexweb.lexware.transfers import Download

Document = TypeVar("Document", bound=SalesDocument)
Draft = TypeVar("Draft", bound=SalesDraft)
Accept = Literal["any", "pdf", "xml"]

MEDIA_TYPES: dict[Accept, str] = {"any": "*/*", "pdf": "application/pdf", "xml": "application/xml"}


class _FileId(Shape):
    document_file_id: UUID


class Documents(Generic[Document]):
    """Documents that can be read. There is no list of them but the voucher list."""

    path: ClassVar[str]
    shape: type[Document]

    def __init__(self, session: Session, index: VoucherListEndpoint) -> None:
        self._session = session
        self._index = index

    def get(self, document_id: UUID) -> Document:
        """
        Read one document.

        :raises NotFound: also when the id belongs to a document of another kind
        """
        return self._session.get(paths.record(self.path, document_id), self.shape)

    def file(self, document_id: UUID) -> AbstractContextManager[Download]:
        """
        Open the PDF; it streams, inside the `with` only.

        :raises NotReady: it is a draft
        """
        return self._download(document_id, "pdf")

    def _download(self, document_id: UUID, accept: Accept) -> AbstractContextManager[Download]:
        return self._session.download(paths.record(self.path, document_id, "file"), accept=MEDIA_TYPES[accept])


class EInvoices(Documents[Document]):
    """Documents that can be electronic invoices."""

    def file(self, document_id: UUID, *, accept: Accept = "any") -> AbstractContextManager[Download]:
        """
        Open the file; it streams, inside the `with` only (behaviour.md, chapter 9).

        :param accept: "any" is the original: XML of an XRechnung, else the PDF, which a ZUGFeRD invoice carries its
            XML in. "pdf" of an XRechnung is a preview and no invoice. "xml" there is of an XRechnung only
        :raises NotReady: it is a draft
        :raises NotFound: no such document; with "xml" also: it is no XRechnung (`get(id).is_xrechnung` tells)
        """
        return self._download(document_id, accept)


class Creatable(Documents[Document], Generic[Document, Draft]):
    """Documents that can be created; each kind says with what."""

    def document(self, document_id: UUID) -> UUID:
        """
        Render the document and return the id of its file. Deprecated by Lexware since 2025-08-13: use `file`.

        :raises Rejected: it is a draft
        """
        return self._session.get(paths.record(self.path, document_id, "document"), _FileId).document_file_id

    def send_mail(self, document_id: UUID, mail: Mail) -> None:
        """
        Have Lexware mail the document, which is always attached (partner API; mails have a limit of their own).

        :raises Rejected: Lexware Office refuses the mail; `issues` says why
        :raises Uncertain: it may have been sent; nothing here can tell
        """
        path = paths.record(self.path, document_id, "sendmail")
        self._session.post(path, mail, look="the client sees in Lexware Office whether the mail was sent", kind=object)

    def _create(
        self, draft: Draft, *, look: str, finalize: bool = False, preceding: UUID | None = None
    ) -> ActionResult:
        query = {"finalize": "true"} if finalize else {}  # never false (behaviour.md, chapter 8)
        if preceding is not None:
            query["precedingSalesVoucherId"] = str(UUID(str(preceding)))
        return self._session.post(self.path, draft, look=look, query=query)


class Listed(Creatable[Document, Draft]):
    """Documents that the voucher list knows."""

    def find(self, draft: Draft, *, since: datetime, preceding: UUID | None = None) -> list[Document]:
        """
        Look whether an uncertain create happened: return the documents that hold everything the draft holds.

        Looks a second time after two seconds. An empty list is strong evidence, not proof: after a 504 the work
        may still go on behind the gateway.

        :param since: when the attempt began
        :param preceding: what it was to follow; only documents related to it are taken then
        :raises Unavailable: it cannot be found out: too many documents came into being since then, or some
            cannot be read
        """
        found = Lookup(self._index, self.get, draft, since, preceding)
        return lookup.patiently(self._session, found.matches, path=self.path)


class Pursuable(Listed[Document, Draft]):
    """Documents that can follow others."""

    def create(self, draft: Draft, *, finalize: bool = False, preceding: UUID | None = None) -> ActionResult:
        """
        Create a document. A draft can be finalized in Lexware Office only.

        :param finalize: issue it at once, which cannot be undone
        :param preceding: the document this one follows (chain: behaviour.md, chapter 8). Nothing is taken over
            from it: the draft has to be whole
        :raises Rejected: Lexware Office refuses the values or the step; `issues` says which
        :raises Uncertain: it may exist now; ask `find(error.sent, since=…)` before trying again
        """
        look = "find(draft, since=…) of the same kind returns it if it was created"
        return self._create(draft, look=look, finalize=finalize, preceding=preceding)
