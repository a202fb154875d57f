"""The page of a client's connection: how it is, until when it is valid, and the link for the client to renew it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lexweb.clients import forms, invitations, selectors, services
from lexweb.clients.access import client_view
from lexweb.clients.models import Connection
from lexweb.firm.roles import Permission
from lexweb.ui import htmx
from lexweb.ui.http import Request


@client_view(Permission.CONNECTION_MANAGE)
def connection(request: Request) -> HttpResponse:
    """How the connection is, and who can mend it; the end of an API key can be corrected."""
    found = getattr(request.client, "connection", None)
    if found is None:
        return redirect("clients:connect", request.client.slug)
    form = forms.ExpiryForm(request.POST or None, initial={"expires_on": found.expires_on})
    if request.method == "POST":
        if found.kind != Connection.Kind.API_KEY or not found.is_connected:
            raise Http404  # an authorization ends when it ends
        if form.is_valid():
            services.correct_expiry(found, form.cleaned_data["expires_on"], by=request.user)
            return htmx.done(request, _("Date saved."), to=request.path)
        return htmx.page(request, "clients/connection.html", "expiry", _context(found, form), status=422)
    return htmx.page(request, "clients/connection.html", "links", _context(found, form))


@client_view(Permission.CONNECTION_MANAGE)
def invite(request: Request) -> HttpResponse:
    """Ask, then make a link for the client and show it once."""
    found = getattr(request.client, "connection", None)
    if found is None:
        raise Http404(_("The client was never connected, so there is nothing to renew."))
    context = {"connection": found, "earlier": selectors.open_invitation(found), "address": "", "invitation": None}
    if request.method == "POST":
        context["invitation"], context["address"] = invitations.create(found, by=request.user)
    response = htmx.page(request, "clients/invite.html", "question", context)
    if request.method == "POST":
        response["HX-Trigger"] = "connection:changed"
    return response


@require_POST
@client_view(Permission.CONNECTION_MANAGE)
def withdraw(request: Request) -> HttpResponse:
    """End the link that the client could still use."""
    found = get_object_or_404(Connection, client=request.client)
    invitation = selectors.open_invitation(found)
    if invitation and invitations.withdraw(invitation, by=request.user):
        messages.success(request, _("The link no longer works."))
    else:
        messages.info(request, _("There is no link that still works."))
    return htmx.go(request, f"{request.client.url}connection/")


def _context(found: Connection, form: forms.ExpiryForm) -> dict[str, object]:
    return {"connection": found, "form": form, "invitation": selectors.open_invitation(found)}
