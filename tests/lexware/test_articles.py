"""Articles: what goes over the wire, and what comes back."""

import json
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from lexweb.lexware import errors, shapes
from lexweb.lexware.api.articles import Article, ArticleDraft, ArticlePrice
from lexweb.lexware.paging import Page
from tests.contract import schema
from tests.lexware import drafts

ID = UUID("7f51c2d5-0a35-45b0-900a-8eba06dcf150")
DRAFT = ArticleDraft(
    title="Etikettenrolle & Co.",
    type="PRODUCT",
    article_number="ETI-062",
    unit_name="Rolle",
    price=ArticlePrice.gross(Decimal("23.95"), 19),
)


def without_nulls(document):
    if isinstance(document, list):
        return [without_nulls(entry) for entry in document]
    if isinstance(document, dict):
        return {name: without_nulls(value) for name, value in document.items() if value is not None}
    return document


@pytest.fixture
def article(sample):
    return sample("articles.get.response")


def page(answer, *content, pages=1):
    facts = {"number": 0, "size": 250, "totalPages": pages, "totalElements": len(content), "first": True}
    return answer(200, {"content": content, "last": pages == 1, **facts})


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Article, "articles.get.response"),
        (Page[Article], "articles.list.response"),
        (ArticleDraft, "articles.create.request"),
        (ArticleDraft, "articles.update.request"),
        (shapes.ActionResult, "articles.create.response"),
        (shapes.ActionResult, "articles.update.response"),
    ],
)
def test_samples_come_back_without_loss(kind, name, sample):
    document = shapes.decode(kind, sample(name), method="GET", path="/v1/articles")
    assert document.payload() == without_nulls(sample(name))


def test_building_articles():
    assert DRAFT.payload() == {
        "title": "Etikettenrolle & Co.",
        "type": "PRODUCT",
        "articleNumber": "ETI-062",
        "unitName": "Rolle",
        "price": {"grossPrice": 23.95, "leadingPrice": "GROSS", "taxRate": 19},
    }
    assert ArticlePrice.net(Decimal(95), 7).payload() == {"netPrice": 95, "leadingPrice": "NET", "taxRate": 7}
    assert schema.violations("POST", "/v1/articles", 201, DRAFT.payload(), kind="request") == []


def test_filters_go_out_plainly(stage, office, answer, article):
    stage.play(page(answer, article))
    found = office.articles.page(1, 25, article_number="A&B <1>", gtin="4098765000126", type="SERVICE")
    assert found.content[0].price.net_price == 95
    asked = {name: values[0] for name, values in parse_qs(urlsplit(stage.heard[0].target).query).items()}
    assert asked == {
        "page": "1",
        "size": "25",
        "articleNumber": "A&B <1>",  # HTML entities are for contacts and vouchers only (behaviour.md, chapter 3)
        "gtin": "4098765000126",
        "type": "SERVICE",
    }


def test_page_sizes_articles_refuse_are_not_sent(office):
    for size in (1, 24, 251):
        with pytest.raises(ValueError, match="25 to 250"):
            office.articles.page(size=size)


def test_pages(stage, office, answer, article):
    stage.play(page(answer, article, pages=2), page(answer, pages=2))
    assert sum(len(each.content) for each in office.articles.pages(type="SERVICE")) == 1
    assert [parse_qs(urlsplit(heard.target).query)["page"] for heard in stage.heard] == [["0"], ["1"]]
    assert all("type=SERVICE" in heard.target for heard in stage.heard)


def test_an_update_keeps_what_we_do_not_know(stage, office, answer, sample, article):
    article |= {"stock": {"shelf": "B7"}, "price": article["price"] | {"listPrice": 99}}
    stage.play(answer(200, article), answer(200, sample("articles.update.response")))
    read = office.articles.get(ID)
    office.articles.update(ID, drafts.changed(ArticleDraft.of(read), title="Beratung"))
    sent = json.loads(stage.heard[1].body)
    read_only = {"id", "organizationId", "createdDate", "updatedDate", "archived"}
    expected = without_nulls(article | {"title": "Beratung"})
    assert sent == {name: value for name, value in expected.items() if name not in read_only}
    assert (stage.heard[1].method, stage.heard[1].target) == ("PUT", f"/v1/articles/{ID}")


def test_a_draft_of_an_article_is_a_valid_update(sample):
    draft = ArticleDraft.of(Article.model_validate(sample("articles.get.response")))
    assert schema.violations("PUT", f"/v1/articles/{ID}", 200, draft.payload(), kind="request") == []


def test_an_outdated_update_is_a_conflict(stage, office, answer, article):
    stage.play(answer(409, {"message": "stale"}))
    with pytest.raises(errors.Conflict):
        office.articles.update(ID, ArticleDraft.of(Article.model_validate(article)))


def test_delete(stage, office, answer):
    stage.play(answer(204, b""), answer(404, {"message": "not found"}))
    office.articles.delete(ID)
    assert (stage.heard[0].method, stage.heard[0].target) == ("DELETE", f"/v1/articles/{ID}")
    with pytest.raises(errors.NotFound):
        office.articles.delete(ID)


def test_an_uncertain_delete_says_how_to_look(stage, office):
    stage.play(stage.hang_up)
    with pytest.raises(errors.Uncertain) as caught:
        office.articles.delete(ID)
    assert "articles.get" in caught.value.look


def test_nothing_but_an_id_gets_into_an_address(office, article):
    for call in (
        office.articles.get,
        office.articles.delete,
        lambda id_: office.articles.update(id_, ArticleDraft.of(Article.model_validate(article))),
    ):
        with pytest.raises(ValueError, match="UUID"):
            call("../contacts")


def test_find_narrows_down_by_number(stage, office, answer, sample, tape):
    theirs = without_nulls(sample("articles.list.response"))["content"][1]
    draft = drafts.changed(DRAFT, title="Etikettenrolle 62 mm", gtin="4098765000126", version=0)
    stage.play(page(answer, theirs, theirs | {"unitName": "Stück"}))
    assert [found.unit_name for found in office.articles.find(draft)] == ["Rolle"]
    assert parse_qs(urlsplit(stage.heard[0].target).query)["articleNumber"] == ["ETI-062"]
    assert tape.naps == []


def test_find_gives_up_where_it_cannot_know(stage, office, answer, article):
    bare = drafts.changed(DRAFT, article_number=None)
    stage.play(*[page(answer, article, pages=9)] * 8)
    with pytest.raises(errors.Unavailable):
        office.articles.find(bare)
    assert "articleNumber" not in stage.heard[0].target
    stage.play(*[page(answer, {"id": "?"})] * 2)
    with pytest.raises(errors.Unavailable):
        office.articles.find(bare)
    stage.play(*[page(answer, article)] * 2)
    assert office.articles.find(bare) == []
