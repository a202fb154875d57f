"""The posting categories."""

from lexweb.sandbox import categories
from lexweb.sandbox.api.actions import BOOKKEEPING, Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, as_json


def list_all(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/posting-categories: all categories, not paged."""
    return as_json(categories.every())


ROUTES: Routes = {"/v1/posting-categories": {"GET": Action(list_all, feature=BOOKKEEPING)}}
