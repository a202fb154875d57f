"""Dunnings (docs: "Dunnings Endpoint"; behaviour.md, chapters 8 and 9)."""

from typing import ClassVar
from uuid import UUID

from lexweb.lexware.api.sales.conditions import ShippingConditions
from lexweb.lexware.api.sales.documents import PricedDocument, PricedDraft
from lexweb.lexware.api.sales.endpoint import Creatable
from lexweb.lexware.api.sales.line_items import LineItem
from lexweb.lexware.shapes import ActionResult


class Dunning(PricedDocument):
    """A dunning as read: always a draft, without a number; its PDF is there all the same."""

    line_items: tuple[LineItem, ...] = ()
    shipping_conditions: ShippingConditions | None = None


class DunningDraft(PricedDraft):
    """A dunning to create. Contact and tax conditions are those of the invoice; the name is taken from it."""

    kind: ClassVar[str] = "dunning"

    line_items: tuple[LineItem, ...]
    shipping_conditions: ShippingConditions


class DunningsEndpoint(Creatable[Dunning, DunningDraft]):
    """Calls about dunnings. They stand in no list: keep the id that `create` returns."""

    path = "/v1/dunnings"
    shape = Dunning

    def create(self, draft: DunningDraft, *, preceding: UUID) -> ActionResult:
        """
        Create a dunning. There is nothing to finalize.

        :param preceding: the invoice or down payment invoice that is dunned
        :raises Rejected: Lexware Office refuses the values; `issues` says which
        :raises Uncertain: it may exist now. It cannot be looked up: the voucher list leaves dunnings out, and
            invoices are not documented to name theirs
        """
        look = "dunnings cannot be looked up; the client sees them at the invoice in Lexware Office"
        return self._create(draft, look=look, preceding=preceding)
