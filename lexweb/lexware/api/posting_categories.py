"""Posting categories, unpaged (docs: "Posting Categories Endpoint"; behaviour.md, chapter 12)."""

from uuid import UUID

from lexweb.lexware.session import Session
from lexweb.lexware.shapes import Flat

__all__ = ["PostingCategoriesEndpoint", "PostingCategory"]


class PostingCategory(Flat):
    """
    What a voucher item is booked as. Ids change now and then: read them, never fix them in code.

    `type` is income (for sales vouchers) or outgo (for purchases). With `contact_required` the collective contact
    is not enough; without `split_allowed` all items of a voucher have the same tax rate.
    """

    id: UUID
    name: str
    type: str
    contact_required: bool
    split_allowed: bool
    group_name: str


class PostingCategoriesEndpoint:
    """Calls about posting categories."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self) -> list[PostingCategory]:
        """List all posting categories, about 230."""
        return self._session.get("/v1/posting-categories", list[PostingCategory])
