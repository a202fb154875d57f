"""Issue a sales document and fetch its file (behaviour.md, chapters 8 and 9)."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol, TypeVar
from uuid import UUID

from lexweb.lexware import errors
from lexweb.lexware.acts.once import Doubtful, Once
from lexweb.lexware.acts.unfinished import TROUBLES, Unfinished, forget
from lexweb.lexware.acts.waiting import USUAL, Waiting
from lexweb.lexware.api.sales.documents import SalesDocument, SalesDraft
from lexweb.lexware.shapes import ActionResult
from lexweb.lexware.transfers import Download

D = TypeVar("D", bound=SalesDraft)
D_contra = TypeVar("D_contra", bound=SalesDraft, contravariant=True)


class Issuing(Protocol[D_contra]):
    """The calls this takes: `office.invoices` and all other kinds that can be pursued have them."""

    def create(self, draft: D_contra, *, finalize: bool = False, preceding: UUID | None = None) -> ActionResult: ...

    def find(self, draft: D_contra, *, since: datetime, preceding: UUID | None = None) -> Sequence[SalesDocument]: ...

    def file(self, document_id: UUID) -> AbstractContextManager[Download]: ...


@dataclass(frozen=True)
class IssueProgress:
    """
    What exists of a document.

    :ivar asked_at: when it was asked for, if nobody knows whether it was issued
    """

    document_id: UUID | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True)
class Issued:
    """A document that was issued, and what was written to the target: `size` bytes."""

    document_id: UUID
    name: str
    media_type: str
    size: int


def issue_and_fetch(
    endpoint: Issuing[D],
    draft: D,
    target: BinaryIO,
    *,
    preceding: UUID | None = None,
    done: IssueProgress = IssueProgress(),
    note: Callable[[IssueProgress], None] = forget,
    waiting: Waiting = USUAL,
) -> Issued:
    """
    Issue a document (it cannot be undone), wait until it is rendered, and write its file into `target`.

    :param target: where to write; seekable, as a download that broke off begins again
    :param preceding: the document it follows
    :param done: what an earlier `Unfinished` said, to go on from there
    :param note: is told the progress before and after the document is issued
    :raises Rejected: Lexware Office refuses the document; nothing exists
    :raises Unfinished: the document exists or may exist, see `done`. `target` is as it was
    """

    def created() -> UUID:
        return endpoint.create(draft, finalize=True, preceding=preceding).id

    def find(since: datetime) -> UUID | None:
        found = endpoint.find(draft, since=since, preceding=preceding)
        issued = [document for document in found if document.voucher_status != "draft"]
        return max(issued, key=lambda each: each.created_date).id if issued else None

    once = Once(created, find, waiting, lambda moment: note(IssueProgress(asked_at=moment)))
    try:
        document_id = done.document_id or once.run(done.asked_at)
    except Doubtful as doubt:
        raise Unfinished(IssueProgress(asked_at=doubt.asked_at), "document", doubt.cause) from doubt.cause
    note(IssueProgress(document_id))
    try:
        return _fetched(endpoint, document_id, target, waiting)
    except TROUBLES as trouble:
        raise Unfinished(IssueProgress(document_id), "file", trouble) from trouble


def _fetched(endpoint: Issuing[D], document_id: UUID, target: BinaryIO, waiting: Waiting) -> Issued:
    start = target.tell()
    trouble: errors.LexwareError = errors.Unavailable("no file came", method="GET")

    def fetch() -> Issued | None:
        nonlocal trouble
        try:
            with endpoint.file(document_id) as download:
                if size := 0 if download.media_type == "application/json" else download.save(target):
                    return Issued(document_id, download.name, download.media_type, size)
        except (errors.NotReady, errors.NotFound, errors.Unavailable) as not_yet:  # not rendered, or broke off
            trouble = not_yet
        target.seek(start)
        target.truncate()
        return None

    issued = waiting.until(fetch)
    if issued is None:
        raise trouble
    return issued
