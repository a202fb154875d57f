"""Changing many contacts: choose what, see what that means for each, confirm."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lexweb.clients.access import client_view
from lexweb.clients.models import Connection
from lexweb.contacts import bulk, forms, selectors
from lexweb.contacts.selection import Selection, Void
from lexweb.firm import roles
from lexweb.firm.roles import Permission
from lexweb.outbox import selectors as outbox
from lexweb.ui import htmx
from lexweb.ui.http import Request
from lexweb.ui.templatetags.words import grouped


@require_POST
@client_view(Permission.CONTACT_EDIT)
def change(request: Request) -> HttpResponse:
    """
    The page between the list and the outbox.

    It comes with what was chosen in the list, then with the wish, then with the word to do it.
    """
    connection = getattr(request.client, "connection", None)
    if connection is None:
        return htmx.page(request, "contacts/unconnected.html", "rows")
    try:
        selection = _selection(request, connection)
    except Void:
        return _nothing(request)
    form = forms.BulkForm(request.POST if "step" in request.POST else None)
    plan = bulk.plan(connection, selection, form.wish()) if form.is_valid() else None
    changed = False
    if plan and plan.count and request.POST.get("step") == "confirm":
        try:
            batch = bulk.start(request.client, plan, agreed=request.POST.get("agreed", ""), by=request.user)
        except bulk.Changed:
            changed = True
        else:
            return _started(request, plan.count, reverse("outbox:undo", args=[batch.pk]))
    context = {
        "connection": connection,
        "form": form,
        "selection": selection,
        "chosen": selection.signed(connection),
        "found": selection.contacts(connection).count(),
        "plan": plan,
        "agreed": plan.signed(uuid4()) if plan else "",
        "changed": changed,
        "back": _back(request),
        "filters": request.POST.get("back", ""),
    }
    return htmx.page(request, "contacts/bulk.html", "form", context, status=_status(request, form, changed=changed))


@client_view(Permission.CONTACT_VIEW)
def under_way(request: Request) -> HttpResponse:
    """The rows that said "being sent", as they are now; asked for again until none says so."""
    connection = getattr(request.client, "connection", None)
    ids = Selection.of_ids(request.GET.getlist("id")[: selectors.PER_PAGE]).ids
    rows = selectors.rows(connection, ids) if connection else []
    targets = outbox.under_way(connection, [row.target for row in rows]) if connection else set()
    context = {
        "contacts": rows,
        "under_way": targets,
        "waiting": [row.lexware_id for row in rows if row.target in targets],
        "selectable": connection is not None and connection.is_connected and _may_edit(request),
    }
    return htmx.page(request, "contacts/under_way.html", "under-way", context)


def _may_edit(request: Request) -> bool:
    return roles.may(request.user, Permission.CONTACT_EDIT)


def _selection(request: Request, connection: Connection) -> Selection:
    """
    Return what was chosen.

    :raises Void: nothing was, or nothing that can be used
    """
    if text := request.POST.get("all") or request.POST.get("chosen"):
        return Selection.read(text, connection)
    selection = Selection.of_ids(request.POST.getlist("id"))
    if not selection.ids:
        raise Void
    return selection


def _nothing(request: Request) -> HttpResponse:
    messages.warning(request, _("Select the contacts in the list first. Nothing was changed."))
    return htmx.go(request, _back(request))


def _started(request: Request, count: int, undo: str) -> HttpResponse:
    text = ngettext(
        "%(count)s change will be sent in 10 seconds.", "%(count)s changes will be sent in 10 seconds.", count
    )
    messages.success(request, text % {"count": grouped(count)}, extra_tags=undo)
    return htmx.go(request, _back(request))


def _back(request: Request) -> str:
    """Return the list as it was: its filters travel along."""
    query = QueryDict(request.POST.get("back", "")).urlencode()
    listed = reverse("contacts:list", args=[request.client.slug])
    return f"{listed}?{query}" if query else listed


def _status(request: Request, form: forms.BulkForm, *, changed: bool) -> int:
    if changed:
        return 422 if request.htmx else 409  # htmx is told to show 422 only (ui/_scripts.html)
    return 422 if form.is_bound and form.errors else 200
