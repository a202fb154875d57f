"""What sales documents have in common, and those that nobody has to pay."""

from datetime import date

from lexweb.sandbox.sales import papers, payment_conditions
from lexweb.sandbox.sales.kinds import Kind
from lexweb.sandbox.seed.books import days
from lexweb.sandbox.seed.books.deals import Deal, Step
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Json

RECENT = 9  # days in which drafts lie around
VALID = 30  # days a quotation is good for


def base(ledger: Ledger, deal: Deal, step: Step, changed: date, items: list[Json]) -> Json:
    """The members of all sales documents, for a step that knows its status."""
    drafted = step.status == "draft"
    version = 1 if drafted else 2 + (changed > step.day)
    document = ledger.head(step.id, step.day, changed, version)
    language = "en" if ledger.pro and deal.party.country in ("CH", "FR", "NL", "DK") else "de"
    document |= {"language": language, "archived": _archived(ledger, step), "voucherStatus": step.status}
    if step.number:
        document["voucherNumber"] = step.number
    document |= {
        "voucherDate": days.midnight(step.day),
        "address": deal.party.address,
        "electronicDocumentProfile": "NONE" if drafted else _profile(ledger, deal, step),
        "lineItems": items,
        "taxConditions": deal.tax.conditions,
        "relatedVouchers": [each.reference for each in (*deal.before(step), *deal.after(step))],
    }
    document |= _texts(step.kind, language)
    if not drafted:
        document |= {"printLayoutId": ledger.layout, "files": {"documentFileId": papers.file_id(step.id)}}
    return document


def terms(ledger: Ledger, deal: Deal) -> Json:
    """Payment conditions; each customer has its own."""
    return _terms(ledger, hash_of(deal.party.contact_id) % 8)


def usual_terms(ledger: Ledger) -> Json:
    """The organization's default payment conditions: 14 days."""
    return _terms(ledger, 0)


def shipping(deal: Deal, step: Step) -> Json:
    """When it was delivered or done."""
    if step.letter in "AP":
        return {"shippingType": "none"}
    if deal.shipped:
        first, last = deal.shipped
        period = {"shippingDate": days.midnight(first), "shippingEndDate": days.midnight(last)}
        return {"shippingType": "serviceperiod", **period}
    service = deal.items[0].get("unitName") in ("Stunde", "Pauschale", "Behandlung", "Monat", "Tag")
    return {"shippingType": "service" if service else "delivery", "shippingDate": days.midnight(step.day)}


def offer(ledger: Ledger, deal: Deal, step: Step) -> Record:
    """A quotation, order confirmation or delivery note."""
    step.status = _status(ledger, deal, step)
    changed = days.after(step.day, 6) if step.status in ("accepted", "rejected") else step.day
    document = base(ledger, deal, step, min(changed, ledger.today), _items(ledger, deal, step))
    if step.letter == "Q":
        document["expirationDate"] = days.midnight(days.after(step.day, VALID))
    else:
        document["shippingConditions"] = shipping(deal, step)
    if step.letter != "D":
        document |= {"totalPrice": deal.total, "taxAmounts": deal.taxes, "paymentConditions": terms(ledger, deal)}
    elif ledger.chance(0.3):
        document["deliveryTerms"] = "Lieferung frei Haus."
    return ledger.put(step.kind.path, document)


def hash_of(record_id: str) -> int:
    """A number for an id, always the same."""
    return int(record_id[:8], 16)


def _status(ledger: Ledger, deal: Deal, step: Step) -> str:
    if deal.after(step):
        return "accepted" if step.letter == "Q" else "open"
    age = (ledger.today - step.day).days
    if age <= RECENT and ledger.chance(0.5):
        return "draft"
    if step.letter != "Q" or age <= RECENT:
        return "open"
    return ledger.random.choices(("rejected", "open", "accepted"), (50, 40, 10))[0]


def _items(ledger: Ledger, deal: Deal, step: Step) -> list[Json]:
    if step.letter == "D":
        hidden = ("lineItemAmount", "discountPercentage")
        return [{name: value for name, value in item.items() if name not in hidden} for item in deal.items]
    return deal.items


def _archived(ledger: Ledger, step: Step) -> bool:
    return step.status != "draft" and (ledger.today - step.day).days > 300 and ledger.chance(0.15)


def _profile(ledger: Ledger, deal: Deal, step: Step) -> str:
    """As the sandbox issues documents: XRechnung for who asks for it, ZUGFeRD for companies, nothing for consumers."""
    if step.kind.path != "invoices":
        return "NONE"
    if ledger.pro and deal.party.buyer_reference:
        return "XRechnung"
    return "EN16931" if deal.party.business else "NONE"


def _texts(kind: Kind, language: str) -> Json:
    texts = kind.texts[language]
    return {"title": texts.title, "introduction": texts.introduction, "remark": texts.remark}


def _terms(ledger: Ledger, index: int) -> Json:
    """Two of eight customers have terms of their own: discount, or at once."""
    known = payment_conditions.every(ledger.organization)
    wanted = known[index] if index in (1, 2) else known[0]
    label = wanted["paymentTermLabelTemplate"]
    values = {"paymentRange": wanted["paymentTermDuration"], "discount": "2 %", "discountRange": 10}
    for name, value in values.items():
        label = label.replace(f"{{{name}}}", str(value))
    kept = ("paymentTermLabelTemplate", "paymentTermDuration", "paymentDiscountConditions")
    return {"paymentTermLabel": label} | {name: wanted[name] for name in kept if name in wanted}
