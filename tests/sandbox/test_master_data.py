"""Countries and posting categories."""

import uuid

import httpx

from lexweb.sandbox import categories, countries
from lexweb.sandbox.server import RunningSandbox
from tests.sandbox import partner
from tests.sandbox.bookkeeping import conforms

# Ids that behaviour.md, chapter 12, and the contract's samples name.
NAMED = {
    "f5c7fee8-f184-4e7a-ab04-8f7e7ad6c207": "Einnahmen als Kleinunternehmer",
    "7c112b66-0565-479c-bc18-5845e080880a": "Fernverkauf",
    "d73b880f-c24a-41ea-a862-18d90e1c3d82": "Elektronische Dienstleistungen",
    "4ebd965a-7126-416c-9d8c-a5c9366ee473": "Fernverkauf in EU-Land steuerpflichtig",
    "7ecea006-844c-4c98-a02d-aa3142640dd5": "Elektronische Dienstleistung in EU-Land steuerpflichtig",
    "8f8664a8-fd86-11e1-a21f-0800200c9a66": "Warenverkäufe",
    "9075a4e3-66de-4795-a016-3889feca0d20": "Innergemeinschaftliche Lieferung",
    "cf03a2b0-f838-474f-ac5e-67adb9b830c7": "Reise Mitarbeiter",
}
OUTDATED = "7a1efa0e-6283-4cbf-9583-8e88d3ba5960"


def test_countries(api: httpx.Client) -> None:
    found = conforms(api.get("/v1/countries"), 200)
    by_code = {each["countryCode"]: each for each in found}
    assert len(found) == len(by_code) == 257
    assert {"DE", "ES_CN", "GR_69"} <= set(by_code) == countries.codes()
    assert by_code["AT"]["countryNameEN"] == "Austria"
    assert by_code["CH"]["countryNameDE"] == "Schweiz"
    assert sum(each["taxClassification"] == "de" for each in found) == 1
    assert by_code["FR"]["taxClassification"] == "intraCommunity"


def test_posting_categories(api: httpx.Client) -> None:
    found = conforms(api.get("/v1/posting-categories"), 200)
    by_id = {each["id"]: each for each in found}
    assert len(found) == len(by_id) == 231
    assert sum(each["type"] == "income" for each in found) == 62
    assert sum(each["contactRequired"] for each in found) == 12
    assert {category_id: by_id[category_id]["name"] for category_id in NAMED} == NAMED
    assert OUTDATED not in by_id
    assert {str(uuid.UUID(each)) for each in by_id} == set(by_id)


def test_categories_are_the_same_at_every_start() -> None:
    before = categories.every()
    categories.every.cache_clear()
    assert categories.every() == before


def test_categories_need_bookkeeping(sandbox: RunningSandbox) -> None:
    invoicing = next(each for each in sandbox.organizations() if "BOOKKEEPING" not in each["businessFeatures"])
    with partner.client(sandbox, invoicing["apiKey"]) as other:
        conforms(other.get("/v1/posting-categories"), 402)
        conforms(other.get("/v1/countries"), 200)
