"""The shapes of articles (docs: "Articles Endpoint"; behaviour.md, chapter 6)."""

from decimal import Decimal
from typing import Self
from uuid import UUID

from lexweb.lexware.shapes import Moment, Money, Shape, rewritten

READ_ONLY = ("id", "organizationId", "createdDate", "updatedDate", "archived")


class ArticlePrice(Shape):
    """
    The price in EUR, and the rate in percent: 0, 7 or 19.

    `leading_price` NET or GROSS says which of both prices counts; Lexware computes the other one.
    """

    net_price: Money | None = None
    gross_price: Money | None = None
    leading_price: str
    tax_rate: Money

    @classmethod
    def net(cls, amount: Decimal, tax_rate: Decimal | int) -> Self:
        """Return a price given without tax."""
        return cls(net_price=amount, leading_price="NET", tax_rate=Decimal(tax_rate))

    @classmethod
    def gross(cls, amount: Decimal, tax_rate: Decimal | int) -> Self:
        """Return a price given with tax."""
        return cls(gross_price=amount, leading_price="GROSS", tax_rate=Decimal(tax_rate))


class ArticleBody(Shape):
    """
    What reading and writing have in common. `type` is PRODUCT or SERVICE.

    The article number is unique (a refusal calls it `materialNumber`); a GTIN has 8, 12, 13 or 14 digits with a right
    check digit.
    """

    title: str
    description: str | None = None
    type: str
    article_number: str | None = None
    gtin: str | None = None
    note: str | None = None
    unit_name: str
    price: ArticlePrice


class Article(ArticleBody):
    """An article as read."""

    id: UUID
    organization_id: UUID | None = None
    created_date: Moment | None = None
    updated_date: Moment | None = None
    archived: bool | None = None
    version: int


class ArticleDraft(ArticleBody):
    """An article to write: without `version` to create, with the one last read to update."""

    version: int | None = None

    @classmethod
    def of(cls, article: Article) -> Self:
        """Return a draft that changes nothing: everything that was read, unknown members included."""
        return rewritten(cls, article, read_only=READ_ONLY)
