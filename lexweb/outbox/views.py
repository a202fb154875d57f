"""Pages of the outbox: what waits, what became of it, and what one can do about it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lexweb.firm import roles
from lexweb.firm.access import staff_view
from lexweb.firm.roles import Permission
from lexweb.outbox import acts, presenting, selectors, services
from lexweb.outbox.models import Batch, Item
from lexweb.ui import htmx
from lexweb.ui.http import Request


@staff_view(Permission.CONTACT_VIEW)
def index(request: Request) -> HttpResponse:
    """All batches of the clients one may see, the newest first."""
    page = selectors.listing(
        request.user,
        group=request.GET.get("state", ""),
        client=request.GET.get("client", "").replace("\0", " "),  # which PostgreSQL refuses to look for
        mine=request.GET.get("who") == "mine",
        page=request.GET.get("page"),
    )
    shown = presenting.batches(page.object_list, selectors.counts(page.object_list))
    context = {
        "page": page,
        "batches": shown,
        "polling": any(batch.counts.open for batch in shown),
        "clients": selectors.clients_with_batches(request.user),
        "filtered": any(request.GET.get(name) for name in ("state", "client", "who")),
    }
    return htmx.page(request, "outbox/list.html", "rows", context)


@staff_view(Permission.CONTACT_VIEW)
def detail(request: Request, batch_id: UUID) -> HttpResponse:
    """One batch, item by item."""
    batch = _batch(request, batch_id)
    page = selectors.items(batch, group=request.GET.get("state", ""), page=request.GET.get("page"))
    shown = presenting.batches([batch], selectors.counts([batch]))[0]
    context = {
        "shown": shown,
        "batch": batch,
        "page": page,
        "items": presenting.items(batch, page.object_list),
        "polling": bool(shown.counts.open),
        "may_act": roles.may(request.user, shown.permission),
    }
    return htmx.page(request, "outbox/detail.html", "rows", context)


@staff_view(Permission.CONTACT_VIEW)
def counter(request: Request) -> HttpResponse:
    """How many of my own changes are under way or were refused, for the bar at the top."""
    response = htmx.page(request, "outbox/counter.html", "counter", {"counts": selectors.counter(request.user)})
    response.keeps_toasts = True  # type: ignore[attr-defined]
    return response


@require_POST
@staff_view(Permission.CONTACT_VIEW)
def undo(request: Request, batch_id: UUID) -> HttpResponse:
    """Take back what was not sent yet."""
    batch = _batch(request, batch_id, acting=True)
    undone = services.undo(batch, by=request.user)
    text = ngettext("%(count)s change was taken back.", "%(count)s changes were taken back.", undone.cancelled)
    if undone.sent:
        late = ngettext("For %(late)s it was too late.", "For %(late)s it was too late.", undone.sent)
        text = f"{text} {late}"
    level = messages.warning if undone.sent else messages.success
    level(request, text % {"count": undone.cancelled, "late": undone.sent})
    return _back(request, batch)


@require_POST
@staff_view(Permission.CONTACT_VIEW)
def retry_refused(request: Request, batch_id: UUID) -> HttpResponse:
    """Send everything again that was refused."""
    batch = _batch(request, batch_id, acting=True)
    count = services.retry_refused(batch)
    text = ngettext("%(count)s change is sent again.", "%(count)s changes are sent again.", count)
    messages.info(request, text % {"count": count})
    return _back(request, batch)


@require_POST
@staff_view(Permission.CONTACT_VIEW)
def retry(request: Request, batch_id: UUID, number: int) -> HttpResponse:
    """Send one item again, or do at once what waits for later."""
    batch = _batch(request, batch_id, acting=True)
    try:
        services.retry(_item(batch, number))
    except services.TooLate:
        messages.info(request, _("It has gone on meanwhile; nothing was changed."))
    return _back(request, batch)


@require_POST
@staff_view(Permission.CONTACT_VIEW)
def cancel(request: Request, batch_id: UUID, number: int) -> HttpResponse:
    """Take back one item, or put aside one that was refused."""
    batch = _batch(request, batch_id, acting=True)
    try:
        services.cancel(_item(batch, number))
    except services.TooLate:
        messages.warning(request, _("It was too late: it is being sent, or has been sent."))
    return _back(request, batch)


def _batch(request: Request, batch_id: UUID, *, acting: bool = False) -> Batch:
    batch = selectors.find(request.user, batch_id)
    if batch is None:
        raise Http404
    if acting:
        roles.check_may(request.user, acts.get(batch.act).permission)
    return batch


def _item(batch: Batch, number: int) -> Item:
    item = selectors.item(batch, number)
    if item is None:
        raise Http404
    return item


def _back(request: Request, batch: Batch) -> HttpResponse:
    """Go back to the page on which the button was."""
    to = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(to, allowed_hosts=None):
        to = reverse("outbox:detail", args=[batch.pk])
    return htmx.go(request, to)
