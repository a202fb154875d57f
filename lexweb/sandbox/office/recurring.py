"""Recurring templates, to look at."""

from lexweb.sandbox.office import listing, words
from lexweb.sandbox.office.visit import Routes, Visit, missing
from lexweb.sandbox.web import Answer

KIND = "recurring-templates"


def every(visit: Visit, /) -> Answer:
    """GET: 50 templates, those first whose turn is next."""
    records = [each.document for each in visit.organization.shelf(KIND)]
    records.sort(key=lambda each: each["recurringTemplateSettings"].get("nextExecutionDate") or "9999")
    return visit.page("templates", listing=listing.page(visit, records), intervals=words.INTERVALS)


def one(visit: Visit, /, template_id: str) -> Answer:
    """GET: the template."""
    from lexweb.sandbox.paper.sums import sums  # brings a PDF library along, as in sales.papers

    record = visit.organization.shelf(KIND).get(template_id)
    if record is None:
        raise missing()
    document = record.document
    settings = document["recurringTemplateSettings"]
    return visit.page(
        "template",
        document=document,
        settings=settings,
        interval=words.said(words.INTERVALS, settings["executionInterval"]),
        sums=list(sums(document)),
    )


ROUTES: Routes = {"/recurring-templates": {"GET": every}, "/recurring-templates/<template_id>": {"GET": one}}
