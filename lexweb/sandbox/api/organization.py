"""The organization resource (OAuth and the Partner API, chapter 5)."""

from lexweb.sandbox.api.actions import Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.sales import letterhead
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, Json, as_json

# By what the company's name holds; which legal form has which key is not documented (our choice).
FORMS = (
    ("GmbH & Co. KG", "GMBH_AND_CO_LIMITED_PARTNERSHIP", "GmbH & Co. KG"),
    ("GmbH", "LIMITED_LIABILITY_COMPANY", "Gesellschaft mit beschränkter Haftung"),
    ("UG", "LIMITED_LIABILITY", "Unternehmergesellschaft (haftungsbeschränkt)"),
    ("AG", "LIMITED_COMPANY", "Aktiengesellschaft"),
    ("GbR", "CIVIL_LAW_PARTNERSHIP", "Gesellschaft bürgerlichen Rechts"),
    ("OHG", "GENERAL_PARTNERSHIP", "Offene Handelsgesellschaft"),
    ("PartG", "LIMITED_LIABILITY_PARTNERSHIP", "Partnerschaftsgesellschaft"),
)
FREELANCER = ("FREELANCER_PROFESSIONAL", "Freiberufler")
TRADER = ("TRADER", "Einzelunternehmen")


def read(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/organization: the master data, the same as on the letterhead of its invoices."""
    organization = caller.organization
    seller = letterhead.seller(organization)
    key, form = _form(organization)
    address = {"street": seller.street, "zip": seller.zip, "city": seller.city, "countryCode": "DE"}
    shown: Json = {
        "companyName": organization.company_name,
        "branchOfIndustryName": organization.trade,
        "address": address,
        "organizationType": form,
        "organizationTypeKey": key,
        "taxNumber": seller.tax_number,
        "website": f"https://www.{organization.email.partition('@')[2]}",
    }
    if seller.vat_id:
        shown["vatIdentificationNumber"] = seller.vat_id
    return as_json(shown)


def _form(organization: Organization) -> tuple[str, str]:
    for part, key, form in FORMS:
        if f" {part} " in f"{organization.company_name} ":
            return key, form
    return FREELANCER if organization.tax_type == "vatfree" else TRADER


ROUTES: Routes = {"/v1/organization": {"GET": Action(read, "organization.read", partner=True)}}
