"""What the API refuses in a written sales document (behaviour.md, chapter 8)."""

from collections.abc import Iterator
from itertools import chain

from lexweb.sandbox import dates
from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.findings import amount, long, missing, one_of, wrong
from lexweb.sandbox.sales import items, layouts, pursuing, recipients, tax_rates
from lexweb.sandbox.sales.draft import Draft

LENGTHS = {"title": 25, "introduction": 2_000, "remark": 2_000, "deliveryTerms": 255}
ON, PERIOD = ("shippingDate",), ("shippingDate", "shippingEndDate")
NEEDED_DATES = {"service": ON, "serviceperiod": PERIOD, "delivery": ON, "deliveryperiod": PERIOD, "none": ()}
LANGUAGES = ("de", "en")
FOREIGN = ("intraCommunitySupply", "externalService13b", "thirdPartyCountryService", "thirdPartyCountryDelivery")
LONGEST_TERM = 9_999  # days (our choice)


def findings(draft: Draft) -> list[Detail]:
    """Everything that is wrong with a draft; empty if nothing is."""
    parts = (_head, recipients.findings, items.findings, _taxes, _totals, _payment, _shipping, pursuing.findings)
    return list(dict.fromkeys(chain.from_iterable(part(draft) for part in parts)))


def needs_pro(draft: Draft) -> bool:
    """
    Whether the document needs the feature INVOICING_PRO.

    That is: English, XRechnung, and invoices that go abroad. Print layouts of one's own need it as well, but who
    has not booked it has none (``layouts``).
    """
    abroad = draft.address.get("countryCode", "DE") != "DE" or draft.tax_type in FOREIGN
    return (
        draft.body.get("language") == "en"
        or draft.buyer_reference is not None
        or (draft.kind.path == "invoices" and abroad)
    )


def _head(draft: Draft) -> Iterator[Detail]:
    yield from (missing(name) for name in draft.kind.needs if name not in draft.body)
    for name in ("voucherDate", "expirationDate"):
        yield from dates.invalid(draft.body, name, name)
    for name, longest in LENGTHS.items():
        yield from long(draft.body, name, longest, name)
    yield from one_of(draft.body.get("language", "de"), LANGUAGES, "language")
    layout = draft.body.get("printLayoutId")
    if layout is not None and layouts.find(draft.organization, layout) is None:
        yield wrong("printLayoutId", "Drucklayout nicht gefunden")


def _taxes(draft: Draft) -> Iterator[Detail]:
    conditions = draft.body.get("taxConditions")
    if conditions is None:
        return
    if "taxType" not in conditions:
        yield missing("taxConditions.taxType")
        return
    yield from one_of(draft.tax_type, tax_rates.TYPES, "taxConditions.taxType")
    organization = draft.organization
    if (organization.small_business or organization.tax_type == "vatfree") and draft.tax_type != "vatfree":
        yield wrong("taxConditions.taxType", "Steuerbefreite Unternehmen können nur vatfree verwenden")
    if sub_type := conditions.get("taxSubType"):
        yield from one_of(sub_type, tax_rates.SUB_TYPES, "taxConditions.taxSubType")
        if draft.tax_type not in ("net", "gross") or organization.distance_sales_principle is None:
            yield wrong("taxConditions.taxSubType", "ist für dieses Dokument nicht möglich")


def _totals(draft: Draft) -> Iterator[Detail]:
    total = draft.body.get("totalPrice")
    if total is None:
        return
    if "currency" in total:
        yield from one_of(total["currency"], ("EUR",), "totalPrice.currency")
    else:
        yield missing("totalPrice.currency")
    absolute, percentage = total.get("totalDiscountAbsolute"), total.get("totalDiscountPercentage")
    if absolute is not None:
        yield from amount(absolute, 2, "totalPrice.totalDiscountAbsolute", 0)
    if percentage is not None:
        yield from amount(percentage, 2, "totalPrice.totalDiscountPercentage", 0, 100)
    if absolute and percentage:
        yield wrong("totalPrice.totalDiscountPercentage", "entweder absolut oder in Prozent")


def _payment(draft: Draft) -> Iterator[Detail]:
    conditions = draft.body.get("paymentConditions", {})
    if "paymentTermDuration" in conditions:
        field = "paymentConditions.paymentTermDuration"
        yield from amount(conditions["paymentTermDuration"], 0, field, 0, LONGEST_TERM)
    discount = conditions.get("paymentDiscountConditions")
    if discount:
        for name, places, most in (("discountPercentage", 2, 100), ("discountRange", 0, LONGEST_TERM)):
            field = f"paymentConditions.paymentDiscountConditions.{name}"
            yield from amount(discount[name], places, field, 0, most) if name in discount else (missing(field),)


def _shipping(draft: Draft) -> Iterator[Detail]:
    conditions = draft.body.get("shippingConditions")
    if conditions is None:
        return
    kind = conditions.get("shippingType")
    if kind is None:
        yield missing("shippingConditions.shippingType")
        return
    yield from one_of(kind, tuple(NEEDED_DATES), "shippingConditions.shippingType")
    for name in NEEDED_DATES.get(kind, ()):
        if name not in conditions:
            yield missing(f"shippingConditions.{name}")
    for name in PERIOD:
        yield from dates.invalid(conditions, name, f"shippingConditions.{name}")
    start, end = (dates.moment(conditions.get(name, "")) for name in PERIOD)
    if kind.endswith("period") and start and end and end < start:
        yield wrong("shippingConditions.shippingEndDate", "darf nicht vor shippingDate liegen")
