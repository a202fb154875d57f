"""
Who is told when something changes (docs: "Event Subscriptions Endpoint"; behaviour.md, chapter 15).

What arrives then is read by `webhooks.py`.
"""

from uuid import UUID

from lexweb.lexware import paths
from lexweb.lexware.session import Session
from lexweb.lexware.shapes import ActionResult, Moment, Shape

PATH = "/v1/event-subscriptions"

EVENT_TYPES = (
    *(f"{resource}.{event}" for resource in ("article", "contact") for event in ("created", "changed", "deleted")),
    *(
        f"{resource}.{event}"
        for resource in (
            "credit-note",
            "delivery-note",
            "down-payment-invoice",
            "invoice",
            "order-confirmation",
            "quotation",
            "voucher",
        )
        for event in ("created", "changed", "deleted", "status.changed")
    ),
    *(
        f"{resource}.{event}"
        for resource in ("dunning", "recurring-template")
        for event in ("created", "changed", "deleted")
    ),
    "payment.changed",
    "token.revoked",
)
"""All 42 that are documented; more may come."""


class SubscriptionDraft(Shape):
    """A subscription to make. Lexware asks the address with HEAD first; it has to be HTTPS."""

    event_type: str
    callback_url: str


class Subscription(Shape):
    """A subscription as read: its id is called `subscription_id` here, `id` where it is made."""

    subscription_id: UUID
    organization_id: UUID | None = None
    created_date: Moment | None = None
    event_type: str
    callback_url: str


class _Subscriptions(Shape):
    content: tuple[Subscription, ...] = ()


class SubscriptionsEndpoint:
    """Calls about event subscriptions. They belong to the connection and end with it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[Subscription]:
        """List all subscriptions of this connection."""
        return list(self._session.get(PATH, _Subscriptions).content)

    def get(self, subscription_id: UUID) -> Subscription:
        """Read one subscription."""
        return self._session.get(paths.record(PATH, subscription_id), Subscription)

    def create(self, draft: SubscriptionDraft) -> ActionResult:
        """
        Subscribe.

        :raises Rejected: the address does not answer HEAD, or is not HTTPS
        :raises Conflict: there is one for this pair already
        :raises Uncertain: it may exist now; ask `find(error.sent)` before trying again
        """
        return self._session.post(PATH, draft, look="event_subscriptions.find(draft) returns it if it was made")

    def find(self, draft: SubscriptionDraft) -> list[Subscription]:
        """Look whether an uncertain create happened."""
        wanted = (draft.event_type, draft.callback_url)
        return [each for each in self.all() if (each.event_type, each.callback_url) == wanted]

    def delete(self, subscription_id: UUID) -> None:
        """End a subscription."""
        look = "event_subscriptions.get(id): NotFound means it is gone"
        self._session.delete(paths.record(PATH, subscription_id), look=look)
