"""From a valid draft to the document that GET answers."""

import uuid

from lexweb.sandbox import dates
from lexweb.sandbox.paper import taxes
from lexweb.sandbox.sales import numbers, payment_conditions, pursuing, sums
from lexweb.sandbox.sales.draft import Draft
from lexweb.sandbox.web import Json

TEXTS = ("title", "introduction", "remark")
OF_ARTICLES = ("service", "material")


def document(draft: Draft, now: str) -> Json:
    """A draft document, everything computed. It has a number, but no due date, layout or file yet."""
    return _head(draft, now) | _sums(draft) | _conditions(draft) | _texts(draft)


def _head(draft: Draft, now: str) -> Json:
    kind, organization = draft.kind, draft.organization
    number = {"voucherNumber": numbers.following(organization, kind.range)} if kind.range else {}
    return {
        "id": str(uuid.uuid4()),
        "organizationId": organization.id,
        "createdDate": now,
        "updatedDate": now,
        "version": 1,
        "language": draft.body.get("language", "de"),
        "archived": False,
        "voucherStatus": "draft",
        **number,
        "voucherDate": dates.german(draft.body["voucherDate"]),
        "address": _address(draft),
        "electronicDocumentProfile": "NONE",
    }


def _address(draft: Draft) -> Json:
    if draft.kind.path == "dunnings" and draft.predecessor:
        return draft.address | {"name": draft.predecessor.record.document["address"]["name"]}
    return draft.address


def _sums(draft: Draft) -> Json:
    items = [_item(draft, item) for item in draft.body["lineItems"]]
    if not draft.kind.summed:
        return {"lineItems": [_unsummed(item, draft.tax_type) for item in items]}
    items, total, per_rate = sums.priced(items, draft.tax_type, draft.body["totalPrice"])
    return {"lineItems": items, "totalPrice": total, "taxAmounts": per_rate}


def _item(draft: Draft, item: Json) -> Json:
    """A line item as it is kept: texts carry no numbers, only articles an id."""
    if item["type"] == "text":
        return {name: item[name] for name in ("type", "name", "description") if name in item}
    kept = {name: value for name, value in item.items() if name != "id" or item["type"] in OF_ARTICLES}
    kept |= {"discountPercentage": item.get("discountPercentage", 0)} if draft.kind.discounts else {}
    if draft.kind.alternatives:
        kept |= {name: item.get(name, False) for name in ("alternative", "optional")}
        if item.get("subItems"):
            kept["subItems"] = [_item(draft, sub) for sub in item["subItems"]]
    return kept


def _unsummed(item: Json, tax_type: str) -> Json:
    priced = sums.priced_item(item, tax_type)
    return {name: value for name, value in priced.items() if name != "lineItemAmount"}


def _conditions(draft: Draft) -> Json:
    body, kind = draft.body, draft.kind
    found: Json = {"taxConditions": _tax_conditions(body["taxConditions"])}
    if "paymentConditions" in kind.members:
        given = body.get("paymentConditions")
        found["paymentConditions"] = payment_conditions.settled(draft.organization, given)
    if "shippingConditions" in body:
        found["shippingConditions"] = _shipping(body["shippingConditions"])
    if "expirationDate" in body:
        found["expirationDate"] = dates.german(body["expirationDate"])
    if "xRechnung" in body:
        found["xRechnung"] = body["xRechnung"]
    elif draft.buyer_reference:
        found["xRechnung"] = {"buyerReference": draft.buyer_reference}
    if kind.path == "invoices":
        found["closingInvoice"] = False
    before = draft.predecessor
    found["relatedVouchers"] = [pursuing.reference(before.kind.type, before.record.document)] if before else []
    return found


def _shipping(given: Json) -> Json:
    return {name: dates.german(value) if name.endswith("Date") else value for name, value in given.items()}


def _tax_conditions(given: Json) -> Json:
    """Documents without tax carry a note why; the organization's own, if they bring none."""
    if given["taxType"] not in taxes.UNTAXED:
        return {name: value for name, value in given.items() if name != "taxTypeNote"}
    return {"taxTypeNote": taxes.UNTAXED[given["taxType"]].sentence} | given


def _texts(draft: Draft) -> Json:
    defaults = draft.kind.texts[draft.body.get("language", "de")]
    texts = {name: draft.body.get(name, getattr(defaults, name)) for name in TEXTS}
    if "deliveryTerms" in draft.body:
        texts["deliveryTerms"] = draft.body["deliveryTerms"]
    return texts
