"""The payment conditions of an organization, and what a document says about payment (behaviour.md, chapter 8)."""

import uuid
from functools import cache

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.web import Json

TERMS: tuple[Json, ...] = (
    {
        "organizationDefault": True,
        "paymentTermLabelTemplate": "Zahlbar innerhalb von {paymentRange} Tagen ohne Abzug",
        "paymentTermDuration": 14,
    },
    {
        "organizationDefault": False,
        "paymentTermLabelTemplate": "{discountRange} Tage {discount} Skonto, {paymentRange} Tage netto",
        "paymentTermDuration": 30,
        "paymentDiscountConditions": {"discountPercentage": 2, "discountRange": 10},
    },
    {
        "organizationDefault": False,
        "paymentTermLabelTemplate": "Zahlbar sofort, rein netto",
        "paymentTermDuration": 0,
    },
)


def every(organization: Organization) -> tuple[Json, ...]:
    """All payment conditions as the API shows them; the first is the default."""
    return _every(organization.id)


def settled(organization: Organization, given: Json | None) -> Json:
    """
    The ``paymentConditions`` of a document: what was given, completed by the organization's default.

    Given without a label, the default's words are used with the given number of days (our choice).
    """
    known = every(organization)
    default = known[0]
    conditions = {"paymentTermDuration": default["paymentTermDuration"], **(given or {})}
    if not given and "paymentDiscountConditions" in default:
        conditions["paymentDiscountConditions"] = default["paymentDiscountConditions"]
    template = default["paymentTermLabelTemplate"]
    label = conditions.get("paymentTermLabel")
    if label is not None:
        fitting = (each["paymentTermLabelTemplate"] for each in known)
        template = next((each for each in fitting if _filled(each, conditions) == label), None)
    named = {"paymentTermLabel": _filled(template, conditions) if label is None else label}
    return named | ({"paymentTermLabelTemplate": template} if template else {}) | conditions | named


def _filled(template: str, conditions: Json) -> str:
    discount = conditions.get("paymentDiscountConditions", {})
    percentage = f"{discount.get('discountPercentage', 0):g}".replace(".", ",")
    return (
        template.replace("{paymentRange}", str(conditions["paymentTermDuration"]))
        .replace("{discountRange}", str(discount.get("discountRange", 0)))
        .replace("{discount}", f"{percentage} %")
    )


@cache
def _every(organization_id: str) -> tuple[Json, ...]:
    space = uuid.UUID(organization_id)
    return tuple(
        {"id": str(uuid.uuid5(space, f"payment-condition-{index}"))} | terms for index, terms in enumerate(TERMS)
    )
