"""Pages of the outbox: what waits, what became of it, and what one can do about it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
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
    members = [] if request.GET.get("client") else selectors.members(request.user, [each.group for each in page])
    shown = presenting.batches(page.object_list, selectors.counts([*page, *members]), members)
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
    counts = selectors.counter(request.user)
    return htmx.page(request, "outbox/counter.html", "counter", {"counts": counts}, keeps_toasts=True)


@require_POST
@staff_view(Permission.CONTACT_VIEW)
def undo(request: Request, batch_id: UUID) -> HttpResponse:
    """Take back what was not sent yet."""
    batch = _batch(request, batch_id, acting=True)
    _say_undone(request, services.undo([batch], by=request.user))
    return _back(request, batch)


def _say_undone(request: Request, undone: services.Undone) -> None:
    text = ngettext("%(count)s change was taken back.", "%(count)s changes were taken back.", undone.cancelled)
    if undone.sent:
        late = ngettext("For %(late)s it was too late.", "For %(late)s it was too late.", undone.sent)
        text = f"{text} {late}"
    level = messages.warning if undone.sent else messages.success
    level(request, text % {"count": undone.cancelled, "late": undone.sent})


@require_POST
@staff_view(Permission.CONTACT_VIEW)
def pause(request: Request, batch_id: UUID) -> HttpResponse:
    """Send nothing more of it for now."""
    batch = _batch(request, batch_id, acting=True)
    services.pause(batch)
    messages.info(request, _("Paused. What waits stays here until you go on."))
    return _back(request, batch)


@require_POST
@staff_view(Permission.CONTACT_VIEW)
def resume(request: Request, batch_id: UUID) -> HttpResponse:
    """Go on with what was paused."""
    batch = _batch(request, batch_id, acting=True)
    services.resume(batch)
    messages.info(request, _("It goes on."))
    return _back(request, batch)


@require_POST
@staff_view(Permission.CONTACT_VIEW)
def retry_refused(request: Request, batch_id: UUID) -> HttpResponse:
    """Send everything again that was refused."""
    batch = _batch(request, batch_id, acting=True)
    _say_again(request, services.retry_refused([batch], by=request.user))
    return _back(request, batch)


def _say_again(request: Request, count: int) -> None:
    text = ngettext("%(count)s change is sent again.", "%(count)s changes are sent again.", count)
    messages.info(request, text % {"count": count})


@staff_view(Permission.CONTACT_VIEW)
def group(request: Request, group_id: UUID) -> HttpResponse:
    """What was asked for of several clients in one go: how far each is, and what was refused."""
    batches = _group(request, group_id)
    shown = presenting.together(presenting.batches(batches, selectors.counts(batches)))
    page = selectors.refused(batches, page=request.GET.get("page"))
    context = {
        "shown": shown,
        "group": group_id,
        "page": page,
        "refused": [(item.batch, presenting.items(item.batch, [item])[0]) for item in page],
        "polling": bool(shown.counts.open),
        "may_act": roles.may(request.user, shown.permission),
    }
    return htmx.page(request, "outbox/group.html", "rows", context)


@require_POST
@staff_view(Permission.CONTACT_VIEW)
def undo_group(request: Request, group_id: UUID) -> HttpResponse:
    """Take back what was not sent yet, of all clients."""
    _say_undone(request, services.undo(_group(request, group_id, acting=True), by=request.user))
    return htmx.back(request, reverse("outbox:group", args=[group_id]))


@require_POST
@staff_view(Permission.CONTACT_VIEW)
def retry_group(request: Request, group_id: UUID) -> HttpResponse:
    """Send everything again that was refused, of all clients."""
    _say_again(request, services.retry_refused(_group(request, group_id, acting=True), by=request.user))
    return htmx.back(request, reverse("outbox:group", args=[group_id]))


@require_POST
@staff_view(Permission.CONTACT_VIEW)
def retry(request: Request, batch_id: UUID, number: int) -> HttpResponse:
    """Send one item again, or do at once what waits for later."""
    batch = _batch(request, batch_id, acting=True)
    try:
        services.retry(_item(batch, number), by=request.user)
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


def _group(request: Request, group_id: UUID, *, acting: bool = False) -> list[Batch]:
    """Return the batches of the group whose clients the person may see."""
    found = selectors.members(request.user, [group_id])
    if not found:
        raise Http404
    if acting:
        roles.check_may(request.user, acts.get(found[0].act).permission)
    return found


def _item(batch: Batch, number: int) -> Item:
    item = selectors.item(batch, number)
    if item is None:
        raise Http404
    return item


def _back(request: Request, batch: Batch) -> HttpResponse:
    """Go back to the page on which the button was."""
    return htmx.back(request, reverse("outbox:detail", args=[batch.pk]))
