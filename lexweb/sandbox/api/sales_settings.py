"""What sales documents can refer to in the settings: print layouts and payment conditions. Neither is paged."""

from lexweb.sandbox.api.actions import INVOICING, Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.sales import layouts, payment_conditions
from lexweb.sandbox.sales.kinds import ALL
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, as_json

ANY_SALES = tuple(dict.fromkeys(f"{kind.area}.read" for kind in ALL))


def print_layouts(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/print-layouts: all of them, for whoever may read any kind of sales document."""
    return as_json(layouts.every(caller.organization))


def conditions(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/payment-conditions: all of them."""
    return as_json(payment_conditions.every(caller.organization))


ROUTES: Routes = {
    "/v1/print-layouts": {"GET": Action(print_layouts, any_scope=ANY_SALES, feature=INVOICING)},
    "/v1/payment-conditions": {"GET": Action(conditions)},
}
