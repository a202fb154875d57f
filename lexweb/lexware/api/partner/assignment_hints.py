"""
Hints which payment belongs to which voucher (partner docs: "Transaction Assignment Hint").

The only influence on what is paid: payments themselves are read-only (oauth-and-partner.md, chapter 5).
"""

from typing import Any
from uuid import UUID

from pydantic import model_validator

from lexweb.lexware.session import Session
from lexweb.lexware.shapes import Shape


class Hint(Shape):
    """The voucher, and the payment's reference or its SEPA end-to-end id; one of the two."""

    voucher_id: UUID
    external_reference: str | None = None
    end_to_end_id: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_identifier(cls, given: Any) -> Any:
        if isinstance(given, dict):
            named = ("externalReference", "external_reference"), ("endToEndId", "end_to_end_id")
            if sum(any(given.get(name) for name in names) for names in named) != 1:
                raise ValueError("either a reference or an end-to-end id")
        return given


class HintsEndpoint:
    """Calls about assignment hints."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def create(self, hint: Hint) -> Hint:
        """
        Give a hint, once per voucher.

        :raises Rejected: there is a hint for this voucher already, or no such voucher
        :raises Uncertain: it may be stored; giving it again is then refused, which does no harm
        """
        look = "give it again: Rejected means there is one already"
        return self._session.post("/v1/transaction-assignment-hint", hint, look=look, kind=Hint)
