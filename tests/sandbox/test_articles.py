"""The articles resource."""

from typing import Any

import httpx
import pytest

from lexweb.sandbox.articles.rules import valid_gtin
from lexweb.sandbox.server import RunningSandbox
from tests.contract import schema
from tests.sandbox import partner

UNKNOWN = "3f0dbb51-53d7-4d30-8a4f-9cdd6e1d0001"
NUMBER = "LEX-TEST-1"
ARTICLE: dict[str, Any] = schema.sample("articles.create.request") | {"articleNumber": NUMBER}
GOOD = ("96385074", "036000291452", "4006381333931", "10012345678902")


def conforms(answer: httpx.Response, status: int) -> Any:
    assert answer.status_code == status, answer.text
    body = answer.json() if answer.content else None
    assert schema.violations(answer.request.method, answer.request.url.path, status, body) == []
    return body


def create(api: httpx.Client, **changes: Any) -> dict[str, Any]:
    short = conforms(api.post("/v1/articles", json=ARTICLE | changes), 201)
    found: dict[str, Any] = conforms(api.get(f"/v1/articles/{short['id']}"), 200)
    return found


def refused(answer: httpx.Response) -> dict[str, str]:
    return {each["field"]: each["violation"] for each in conforms(answer, 406)["details"]}


def test_new_articles_start_at_version_0_and_have_every_member(api: httpx.Client) -> None:
    found = create(api, description=None, note=None)
    assert set(found) == set(schema.sample("articles.get.response"))
    assert (found["version"], found["archived"]) == (0, False)
    assert (found["description"], found["note"], found["gtin"]) == (None, None, None)


@pytest.mark.parametrize(
    ("price", "net", "gross"),
    [
        ({"netPrice": 95, "leadingPrice": "NET", "taxRate": 19}, 95, 113.05),
        ({"grossPrice": 23.95, "leadingPrice": "GROSS", "taxRate": 19}, 20.1261, 23.95),
        ({"netPrice": 100, "grossPrice": 1, "leadingPrice": "NET", "taxRate": 7}, 100, 107),
        ({"grossPrice": 5, "leadingPrice": "GROSS", "taxRate": 0}, 5, 5),
    ],
)
def test_the_other_price_is_computed(api: httpx.Client, price: dict[str, Any], net: float, gross: float) -> None:
    found = create(api, price=price)["price"]
    assert (found["netPrice"], found["grossPrice"]) == (net, gross)


@pytest.mark.parametrize(
    ("changes", "field", "violation"),
    [
        ({"title": " "}, "title", "NOTNULL"),
        ({"type": None}, "type", "NOTNULL"),
        ({"type": "service"}, "type", "INVALID"),
        ({"unitName": None}, "unitName", "NOTNULL"),
        ({"price": None}, "price", "NOTNULL"),
        ({"price": {"netPrice": 1, "taxRate": 19}}, "price.leadingPrice", "NOTNULL"),
        ({"price": {"netPrice": 1, "leadingPrice": "net", "taxRate": 19}}, "price.leadingPrice", "INVALID"),
        ({"price": {"netPrice": 1, "leadingPrice": "GROSS", "taxRate": 19}}, "price.grossPrice", "NOTNULL"),
        ({"price": {"netPrice": -1, "leadingPrice": "NET", "taxRate": 19}}, "price.netPrice", "MIN"),
        ({"price": {"netPrice": 1, "leadingPrice": "NET"}}, "price.taxRate", "NOTNULL"),
        ({"price": {"netPrice": 1, "leadingPrice": "NET", "taxRate": 16}}, "price.taxRate", "INVALID"),
        ({"gtin": "4006381333932"}, "gtin", "VALIDGTIN"),
        ({"version": 1}, "version", "INVALID"),
    ],
)
def test_wrong_members_are_named(api: httpx.Client, changes: dict[str, Any], field: str, violation: str) -> None:
    assert refused(api.post("/v1/articles", json=ARTICLE | changes)) == {field: violation}


@pytest.mark.parametrize("gtin", GOOD)
def test_gtins_with_a_right_check_digit(api: httpx.Client, gtin: str) -> None:
    assert create(api, gtin=gtin)["gtin"] == gtin


@pytest.mark.parametrize("gtin", ["", "96385075", "4006381333", "400638133393x", "٤٠٠٦٣٨١٣٣٣٩٣١"])
def test_other_gtins(gtin: str) -> None:
    assert not valid_gtin(gtin)


def test_article_numbers_are_unique(api: httpx.Client) -> None:
    first, second = create(api), create(api, articleNumber=None)
    taken = {"materialNumber": "MATERIAL_NUMBER_ALREADY_EXISTS"}
    assert refused(api.post("/v1/articles", json=ARTICLE)) == taken
    assert refused(api.put(f"/v1/articles/{second['id']}", json=second | {"articleNumber": NUMBER})) == taken
    conforms(api.put(f"/v1/articles/{first['id']}", json=first), 200)  # its own number
    create(api, articleNumber=None)  # none at all is not unique


def test_put_replaces_and_counts(api: httpx.Client) -> None:
    article = create(api)
    sent = {name: value for name, value in article.items() if name not in ("note", "articleNumber")}
    assert conforms(api.put(f"/v1/articles/{article['id']}", json=sent | {"title": "Neu"}), 200)["version"] == 1
    found = conforms(api.get(f"/v1/articles/{article['id']}"), 200)
    assert (found["title"], found["note"], found["articleNumber"]) == ("Neu", None, None)
    assert found["createdDate"] == article["createdDate"]
    conforms(api.put(f"/v1/articles/{article['id']}", json=article), 409)
    del sent["version"]
    assert refused(api.put(f"/v1/articles/{article['id']}", json=sent)) == {"version": "NOTNULL"}
    conforms(api.put(f"/v1/articles/{UNKNOWN}", json=article), 404)


def test_delete(api: httpx.Client, sandbox: RunningSandbox) -> None:
    article = create(api)
    assert conforms(api.delete(f"/v1/articles/{article['id']}"), 204) is None
    conforms(api.get(f"/v1/articles/{article['id']}"), 404)
    conforms(api.delete(f"/v1/articles/{article['id']}"), 404)
    create(api)  # the number is free again
    events = [each.event_type for each in sandbox.state.events.shown()]
    assert events == ["article.created", "article.deleted", "article.created"]


def test_filters_compare_in_full(api: httpx.Client) -> None:
    article = create(api, gtin=GOOD[2])

    def ids(**params: str) -> list[str]:
        return [each["id"] for each in conforms(api.get("/v1/articles", params=params), 200)["content"]]

    assert ids(articleNumber=NUMBER) == ids(gtin=GOOD[2]) == [article["id"]]
    assert ids(articleNumber=NUMBER, type="SERVICE") == [article["id"]]
    assert ids(articleNumber=NUMBER, type="PRODUCT") == ids(articleNumber=NUMBER[:-1]) == []
    assert article["id"] in ids(title="gibt es nicht", size="250")  # unknown parameters are ignored
    conforms(api.get("/v1/articles", params={"type": "service"}), 400)


@pytest.mark.parametrize(("size", "status"), [("24", 400), ("25", 200), ("250", 200), ("251", 400), ("x", 400)])
def test_page_sizes(api: httpx.Client, size: str, status: int) -> None:
    conforms(api.get("/v1/articles", params={"size": size}), status)


def test_a_page_is_sorted_by_title(api: httpx.Client) -> None:
    for title in ("Zange", "Axt", "Hobel"):
        create(api, title=title, articleNumber=None)
    page = conforms(api.get("/v1/articles", params={"size": "250"}), 200)
    titles = [each["title"] for each in page["content"]]
    assert titles == sorted(titles)
    assert page["sort"][0]["property"] == "title"


def test_somebody_else_saves_first(api: httpx.Client, sandbox: RunningSandbox) -> None:
    article = create(api)
    sandbox.fault("foreign_edit", method="PUT", path="/v1/articles/*")
    conforms(api.put(f"/v1/articles/{article['id']}", json=article), 409)
    assert conforms(api.get(f"/v1/articles/{article['id']}"), 200)["note"].endswith("(geändert)")


def test_scopes(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    tokens = partner.connect(sandbox, brandt, scope="articles.read")
    with partner.client(sandbox, tokens["access_token"]) as api:
        conforms(api.get("/v1/articles"), 200)
        conforms(api.post("/v1/articles", json=ARTICLE), 403)
