"""Print layouts, unpaged (docs: "Print Layouts Endpoint"; behaviour.md, chapter 3)."""

from uuid import UUID

from lexweb.lexware.session import Session
from lexweb.lexware.shapes import Shape


class PrintLayout(Shape):
    """A layout that documents can be printed with; choosing one needs INVOICING_PRO."""

    id: UUID
    name: str
    default: bool


class PrintLayoutsEndpoint:
    """Calls about print layouts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self) -> list[PrintLayout]:
        """List all print layouts."""
        return self._session.get("/v1/print-layouts", list[PrintLayout])
