"""Profile, ping and countries."""

from datetime import datetime

from lexweb.sandbox import countries
from lexweb.sandbox.api.actions import Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.clock import stamp
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, Json, as_json


def profile(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/profile: the organization and the calling connection (behaviour.md, chapter 14)."""
    organization = caller.organization
    shown: Json = {
        "organizationId": organization.id,
        "companyName": organization.company_name,
        "created": {
            "userId": organization.user_id,
            "userName": organization.user_name,
            "userEmail": organization.email,
            "date": stamp(caller.connected or datetime.fromisoformat(organization.created).timestamp()),
        },
        "connectionId": caller.connection_id,
        "businessFeatures": organization.business_features,
        "taxType": organization.tax_type,
        "smallBusiness": organization.small_business,
    }
    if organization.distance_sales_principle:
        shown["distanceSalesPrinciple"] = organization.distance_sales_principle
    return as_json(shown)


def ping(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/ping: whose connection this is (OAuth and the Partner API, chapter 4)."""
    return as_json({"userEmail": caller.organization.email})


def list_countries(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/countries: all countries, not paged."""
    return as_json(countries.every())


ROUTES: Routes = {
    "/v1/profile": {"GET": Action(profile, "profile.read")},
    "/v1/ping": {"GET": Action(ping)},
    "/v1/countries": {"GET": Action(list_countries)},
}
