"""When so many records changed that their list is cheaper than reading one by one."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from django.db.models import Model, QuerySet

from lexweb.articles.models import Article
from lexweb.clients.gateway import Office
from lexweb.clients.steps import Step, Storing
from lexweb.contacts.models import Contact
from lexweb.lexware.api.event_subscriptions import EVENT_TYPES
from lexweb.sales.models import RecurringTemplate
from lexweb.sync import passes
from lexweb.sync.event_effects import resource_of
from lexweb.sync.fetching import PAGES_SHOWN
from lexweb.sync.models import Event, State
from lexweb.vouchers import mirror as vouchers

log = structlog.get_logger(__name__)

PAGE = 250
SHOWN = PAGES_SHOWN * PAGE  # records at most; of more, a list hides some that events tell of
FEW = 5  # records that are read one by one however short their list is
MANY_DOCUMENTS = 40  # their list says too little, so that most are read anyway; but in their own time
AT_ONCE = 1000  # events in one transaction
# Not dunnings: no list shows them (behaviour.md, chapter 11).
DOCUMENTS = (
    "voucher", "invoice", "credit-note", "down-payment-invoice", "quotation", "order-confirmation", "delivery-note",
    "payment",
)  # fmt: skip


@dataclass(frozen=True)
class List:
    """A list, the events that it makes needless, and the model whose size tells what the list costs."""

    name: str
    event_types: frozenset[str]
    model: type[Model] | None = None


def _types(*resources: str) -> frozenset[str]:
    return frozenset(each for each in EVENT_TYPES if resource_of(each) in resources)


LISTS = (
    List("contacts", _types("contact"), Contact),
    List("articles", _types("article"), Article),
    List("templates", _types("recurring-template"), RecurringTemplate),
    List("changes", _types(*DOCUMENTS)),
)


def instead(state: State, event_type: str, waiting: QuerySet[Event]) -> Step | None:
    """Return the step that asks for the list instead of for each record, if that is worth it."""
    found = next((each for each in LISTS if event_type in each.event_types), None)
    if found is None:
        return None
    waiting = waiting.filter(event_type__in=found.event_types)
    least = _least(found, state)
    if least is None:
        return None
    records = waiting.order_by().values("resource_id").distinct()[: least + 1]
    return partial(_ask_for_list, state, found, waiting) if len(records) > least else None


def _least(found: List, state: State) -> int | None:
    """Return how many records cost no more than the list; None if that does not show all."""
    if found.model is None:
        return MANY_DOCUMENTS
    rows = found.model._default_manager.filter(connection=state.connection_id).count()
    return max(FEW, rows // PAGE + 1) if rows < SHOWN else None


def _ask_for_list(state: State, found: List, waiting: QuerySet[Event], _office: Office, storing: Storing) -> None:
    events: list[Any] = list(waiting.order_by("pk").values_list("pk", "resource_id")[:AT_ONCE])
    with storing():
        passes.make_due(state, found.name)
        if found.model is None:  # what was deleted is missing in the list of changes, too
            vouchers.want(state.connection, {record for _, record in events})
        Event.objects.filter(pk__in=[pk for pk, _ in events]).update(due_at=None)
    log.info("events.listed", resource=found.name, events=len(events))
