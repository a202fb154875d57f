"""
Products and services (docs: "Articles Endpoint"; behaviour.md, chapters 5 and 6).

They can be created, changed and deleted. Filters compare in full; there is no search by title.
"""

from collections.abc import Iterator
from typing import TypedDict, Unpack
from uuid import UUID

from pydantic.alias_generators import to_camel

from lexweb.lexware import lookup, paging, paths
from lexweb.lexware.api.article_shapes import Article, ArticleDraft, ArticlePrice
from lexweb.lexware.paging import Page
from lexweb.lexware.session import Session
from lexweb.lexware.shapes import ActionResult

__all__ = ["Article", "ArticleDraft", "ArticlePrice", "ArticlesEndpoint", "Filters"]

PATH = "/v1/articles"
SMALLEST = 25  # entries of a page; articles refuse less (behaviour.md, chapter 3)


class Filters(TypedDict, total=False):
    """What narrows the list down, joined with AND: the whole number, the whole GTIN, PRODUCT or SERVICE."""

    article_number: str
    gtin: str
    type: str


class ArticlesEndpoint:
    """Calls about articles."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self, number: int = 0, size: int = paging.LARGEST, **filters: Unpack[Filters]) -> Page[Article]:
        """
        Read one page, sorted by title.

        :raises ValueError: the page is impossible (25 to 250 entries); nothing was sent
        """
        query = paging.query(number, size, smallest=SMALLEST)
        return self._session.get(
            PATH, Page[Article], query | {to_camel(name): str(value) for name, value in filters.items()}
        )

    def pages(
        self, *, start: int = 0, size: int = paging.LARGEST, **filters: Unpack[Filters]
    ) -> Iterator[Page[Article]]:
        """Read page after page, each when asked for. `Page.capped` tells when Lexware hides the rest."""
        return paging.walk(lambda number: self.page(number, size, **filters), start=start)

    def get(self, article_id: UUID) -> Article:
        """Read one article."""
        return self._session.get(paths.record(PATH, article_id), Article)

    def create(self, draft: ArticleDraft) -> ActionResult:
        """
        Create an article.

        :raises Rejected: Lexware Office refuses the values; `issues` says which
        :raises Uncertain: it may exist now; ask `find(error.sent)` before trying again
        """
        return self._session.post(PATH, draft, look="articles.find(draft) returns it if it was created")

    def update(self, article_id: UUID, draft: ArticleDraft) -> ActionResult:
        """
        Replace an article; what the draft does not hold is emptied, so begin with `ArticleDraft.of`.

        :raises Conflict: someone saved it first (`draft.version` is not the newest)
        :raises Rejected: Lexware Office refuses the values; `issues` says which
        :raises Uncertain: it may be saved; `get` it and compare
        """
        path = paths.record(PATH, article_id)
        return self._session.put(path, draft, look="articles.get(id): a higher version means it was saved")

    def delete(self, article_id: UUID) -> None:
        """
        Delete an article for good. Documents keep what they took from it.

        :raises NotFound: there is none, or no longer
        :raises Uncertain: it may be gone; `get` says so with NotFound
        """
        self._session.delete(paths.record(PATH, article_id), look="articles.get(id): NotFound means it was deleted")

    def find(self, draft: ArticleDraft) -> list[Article]:
        """
        Look whether an uncertain create happened: return the articles that hold everything the draft holds.

        By number or GTIN if it has one; else through the first 1,000 of its type. Looks a second time after two
        seconds. An empty list is strong evidence, not proof: after a 504 the work may still go on behind the
        gateway.

        :raises Unavailable: it cannot be found out: none is among those, and there are more, or some cannot be read
        """
        return lookup.patiently(self._session, lambda: self._matches(draft), path=PATH)

    def _matches(self, draft: ArticleDraft) -> tuple[list[Article], str]:
        """Return the matches, and why there may be more."""
        sent = draft.payload()
        sent.pop("version", None)
        filters = Filters(type=draft.type)
        if draft.article_number:
            filters["article_number"] = draft.article_number
        if draft.gtin:
            filters["gtin"] = draft.gtin
        return lookup.among(self.pages(**filters), lambda each: lookup.within(sent, each.payload()))
