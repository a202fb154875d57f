"""What the page about a client's sync says beside its progress: each list, what it found, and the webhooks."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lexweb.articles.models import Article
from lexweb.clients import troubles
from lexweb.clients.models import Client, Connection
from lexweb.contacts.models import Contact, Country
from lexweb.lexware.api.event_subscriptions import EVENT_TYPES
from lexweb.masterdata.models import Listing
from lexweb.sales.models import RecurringTemplate
from lexweb.sync import freshness, hooks, selectors
from lexweb.sync.models import Event, Hook, Pass
from lexweb.sync.selectors import Progress
from lexweb.ui.templatetags.words import grouped
from lexweb.vouchers.models import Voucher

LABELS: dict[str, Promise] = {
    "contacts": gettext_lazy("Contacts"),
    "vouchers": gettext_lazy("Vouchers"),
    "profile": gettext_lazy("Company profile"),
    "articles": gettext_lazy("Articles"),
    "templates": gettext_lazy("Recurring templates"),
    "posting-categories": gettext_lazy("Posting categories"),
    "payment-conditions": gettext_lazy("Payment conditions"),
    "print-layouts": gettext_lazy("Print layouts"),
    "countries": gettext_lazy("Countries"),
    "changes": gettext_lazy("What changed lately"),
}


@dataclass(frozen=True)
class Line:
    """One resource of the page; `rows` None: not a list whose rows we count."""

    label: str
    rows: int | None
    of: Pass
    limit: int  # minutes after which it is late

    @property
    def running(self) -> bool:
        """Say whether it is being read."""
        return self.of.started_at is not None

    @property
    def is_due(self) -> bool:
        """Say whether it waits for its turn."""
        return self.of.due_at <= timezone.now()

    @property
    def trouble(self) -> str:
        """Return why it cannot be read, in a few words."""
        return str(troubles.TABLE[self.of.trouble].title) if self.of.trouble in troubles.TABLE else ""

    @property
    def found(self) -> str:
        """Return what the last whole reading found: 12,500 compared, 3 added, 1 removed."""
        found = dict(self.of.found_before)
        windows = found.get("new") == self.rows and not found.get("gone")  # at their edges some rows are read twice
        if found.get("new") and (windows or found["new"] == found.get("rows")):
            return _("%(n)s fetched") % {"n": grouped(found["new"])}
        words = {
            "rows": _("%(n)s compared"),
            "new": _("%(n)s added"),
            "changed": _("%(n)s updated"),
            "gone": _("%(n)s removed"),
        }
        return ", ".join(words[name] % {"n": grouped(found[name])} for name in words if found.get(name))


@dataclass(frozen=True)
class Report:
    """Everything the page says; `events` are those told by Lexware Office that are not dealt with."""

    progress: Progress
    lines: list[Line]
    hook: Hook | None
    events: int

    @property
    def hook_trouble(self) -> str:
        """Return why nothing can be subscribed, as a sentence."""
        if not hooks.possible():
            return _("This dashboard has no public HTTPS address, so changes are looked for every few minutes.")
        code = self.hook.trouble if self.hook else ""
        return str(hooks.TROUBLES.get(code, code))

    @property
    def subscribed(self) -> int:
        """Return how many of the event types are subscribed."""
        return len(self.hook.subscriptions) if self.hook else 0

    @property
    def event_types(self) -> int:
        """Return how many can be subscribed."""
        return len(EVENT_TYPES)


def report(client: Client) -> Report | None:
    """Return everything about the client's sync, or None if there never was one."""
    now_at = selectors.progress(client)
    if now_at is None:
        return None
    connection = now_at.state.connection
    order = list(LABELS)
    passes = sorted(
        now_at.state.passes.all(), key=lambda each: order.index(each.resource) if each.resource in order else len(order)
    )
    rows, told = _rows(connection), hooks.subscribed(connection)
    return Report(
        progress=now_at,
        lines=[
            Line(
                label=str(LABELS.get(each.resource, each.resource)),
                rows=rows.get(each.resource),
                of=each,
                limit=freshness.limit(each.resource, told=told),
            )
            for each in passes
        ],
        hook=Hook.objects.filter(connection=connection).first(),
        events=Event.objects.filter(connection=connection, due_at__isnull=False).count(),
    )


def _rows(connection: Connection) -> dict[str, int]:
    tables = {"contacts": Contact, "vouchers": Voucher, "articles": Article, "templates": RecurringTemplate}
    rows = {name: model._default_manager.filter(connection=connection).count() for name, model in tables.items()}
    rows |= {each.name: len(each.entries) for each in Listing.objects.filter(connection=connection)}
    return rows | {"countries": Country.objects.count()}
