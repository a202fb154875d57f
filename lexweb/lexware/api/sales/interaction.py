"""What a linked system did with an invoice (partner docs: "Interaction Status"; oauth-and-partner.md, chapter 5)."""

from uuid import UUID

from lexweb.lexware.shapes import Moment, Shape


class InteractionStatus(Shape):
    """The status as read: transmitted, accepted or rejected, in capitals at times."""

    organization_id: UUID | None = None
    resource_id: UUID | None = None
    created_date: Moment | None = None
    updated_date: Moment | None = None
    status: str = ""
    version: int = 0

    @property
    def word(self) -> str:
        """The status in the spelling of requests."""
        return self.status.lower()


class InteractionStatusDraft(Shape):
    """The status to set: accepted or rejected. `version` is the one last read."""

    status: str
    version: int
