"""Changing many contacts: choose what, see what that means for each, confirm."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lexweb.clients.access import client_view
from lexweb.contacts import bulk, forms, selection, selectors
from lexweb.firm import roles
from lexweb.firm.roles import Permission
from lexweb.outbox import plans, presenting
from lexweb.outbox import selectors as outbox
from lexweb.outbox.models import Batch
from lexweb.outbox.selection import Selection, Void, posted
from lexweb.ui import htmx
from lexweb.ui.http import Request


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
    scope = selection.scope(connection)
    try:
        chosen = posted(request.POST, scope, selectors.Query)
    except Void:
        return _nothing(request)
    if made := plans.started(request.POST.get("agreed", ""), by=request.user):
        return _started(request, made)
    contacts = selection.contacts(connection, chosen)
    form = forms.BulkForm(request.POST if "step" in request.POST else None)
    plan = bulk.plan(connection, contacts, form.wish()) if form.is_valid() else None
    changed = False
    if plan and plan.count and request.POST.get("step") == "confirm":
        try:
            return _started(request, plans.start(plan, agreed=request.POST.get("agreed", ""), by=request.user))
        except plans.Changed:
            changed = True
    context = {
        "connection": connection,
        "form": form,
        "selection": chosen,
        "chosen": chosen.signed(scope),
        "found": contacts.count(),
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


def _nothing(request: Request) -> HttpResponse:
    messages.warning(request, _("Select the contacts in the list first. Nothing was changed."))
    return htmx.go(request, _back(request))


def _started(request: Request, batch: Batch) -> HttpResponse:
    messages.success(request, presenting.on_the_way([batch]), extra_tags=reverse("outbox:undo", args=[batch.pk]))
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
