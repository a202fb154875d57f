"""What the organization has booked, and whether it takes e-invoices."""

from lexweb.sandbox.office import words
from lexweb.sandbox.office.visit import Routes, Visit
from lexweb.sandbox.web import Answer


def shown(visit: Visit, /) -> Answer:
    """GET: the switches."""
    return visit.page("settings", features=words.FEATURES)


def save(visit: Visit, /) -> Answer:
    """POST: all switches; one that is not sent is off. Without a feature the API answers 402."""
    organization, form = visit.organization, visit.call.form
    organization.business_features = [each for each in words.FEATURES if each in form]
    organization.e_invoices = "e_invoices" in form
    visit.state.changed()
    return visit.done("saved")


ROUTES: Routes = {"/settings": {"GET": shown, "POST": save}}
