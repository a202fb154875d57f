"""Pages that connect a client to its Lexware Office and end the connection."""

import secrets

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lexweb.clients import attempts, connecting, ending, forms, grants, reconnect_views, selectors
from lexweb.clients.access import client_view
from lexweb.clients.models import Client, Connection, LooseGrant
from lexweb.clients.troubles import Trouble
from lexweb.firm.access import staff_view
from lexweb.firm.roles import Permission
from lexweb.ui import htmx
from lexweb.ui.http import Request, public


@client_view(Permission.CONNECTION_MANAGE)
def connect(request: Request) -> HttpResponse:
    """The two ways to connect: by consent in Lexware Office, or by API key."""
    return render(request, "clients/connect.html", {"form": forms.KeyForm()})


@require_POST
@client_view(Permission.CONNECTION_MANAGE)
def start(request: Request) -> HttpResponse:
    """Send the browser to the authorization server."""
    attempt = connecting.begin(request.client, state=secrets.token_urlsafe(24))
    attempts.remember(request, attempt, client=request.client.slug)
    return HttpResponseRedirect(attempt.address)


@public("clients with a link come back here, too")
def callback(request: Request) -> HttpResponseBase:
    """The browser comes back from the authorization server: whose it is, the attempt in its session says."""
    if attempts.is_invited(request, request.GET.get("state", "")):
        return reconnect_views.come_back(request)
    if not request.user.is_authenticated:  # a session that ended knows no attempt, so signing in would not help
        return reconnect_views.lost(request)
    return _come_back(request)


@staff_view(Permission.CONNECTION_MANAGE)
def _come_back(request: Request) -> HttpResponse:
    """Bind what somebody signed in here has consented to, or say why there is nothing to bind."""
    client, verifier = _started(request, request.GET.get("state", ""))
    if client is None:
        return render(request, "clients/callback_unknown.html", status=400)
    if not request.GET.get("code"):
        _explain(request, client)
        return redirect("clients:connect", client.slug)
    try:
        question = connecting.finish(client, code=request.GET["code"], verifier=verifier, by=request.user)
    except connecting.CodeRefused:
        messages.error(request, _("Lexware Office did not accept the answer: it is too old or was used. Start again."))
    except connecting.ConnectionTaken:
        messages.error(request, taken_text())
    except Trouble as trouble:
        again = _("The connection was not made. Start again.")
        messages.error(request, f"{trouble.words.title}. {again}")
    else:
        return _bound(request, client, question)
    return redirect("clients:connect", client.slug)


@require_POST
@client_view(Permission.CONNECTION_MANAGE)
def connect_key(request: Request) -> HttpResponse:
    """Connect by API key."""
    form = forms.KeyForm(request.POST)
    if form.is_valid():
        try:
            question = connecting.connect_key(request.client, key=form.cleaned_data["key"], by=request.user)
        except connecting.KeyRefused:
            form.add_refusal(
                _("Lexware Office does not know this key. Check that it was copied whole and is not expired.")
            )
        except connecting.ConnectionTaken:
            form.add_refusal(taken_text())
        except Trouble as trouble:
            form.add_refusal(f"{trouble.words.title}. {trouble.words.text}")
        else:
            return _bound(request, request.client, question)
    return htmx.page(request, "clients/connect.html", "key", {"form": form}, status=422)


@client_view(Permission.CONNECTION_MANAGE)
def settle(request: Request, pk: int) -> HttpResponse:
    """Ask before something unusual is connected, and do what was answered."""
    loose = selectors.open_questions(request.client, request.user).filter(pk=pk).first()
    if loose is None:
        raise Http404(_("This question has been answered, or the access was given back."))
    if request.method != "POST":
        return _ask(request, loose)
    if request.POST.get("answer") != "yes":
        grants.drop(loose)
        messages.info(request, _("Not connected. The access is given back to Lexware Office."))
        return redirect(request.client.url)
    try:
        question = connecting.accept(loose, by=request.user)
    except connecting.ConnectionTaken:
        messages.error(request, taken_text())
        return redirect("clients:connect", request.client.slug)
    except connecting.Expired:
        messages.error(request, _("The access was given back to Lexware Office meanwhile. Start again."))
        return redirect("clients:connect", request.client.slug)
    except Trouble as trouble:
        messages.error(request, f"{trouble.words.title}. {trouble.words.text}")
        return _ask(request, loose)
    return _bound(request, request.client, question)


@client_view(Permission.CONNECTION_MANAGE)
def disconnect(request: Request) -> HttpResponse:
    """Ask, then end the connection."""
    connection = getattr(request.client, "connection", None)
    if connection is None:
        return redirect("clients:connect", request.client.slug)
    if request.method != "POST":
        return htmx.page(request, "clients/disconnect.html", "question", {"connection": connection})
    if ending.disconnect(request.client, by=request.user):
        messages.success(request, _("Disconnected. The data stays readable as it was."))
    else:
        messages.warning(
            request, _("Disconnected here. Lexware Office could not be told yet; this is repeated by itself.")
        )
    return htmx.go(request, request.client.url)


def taken_text() -> str:
    """Return the sentence for a grant or key in use, which must not say where."""
    return _("This access is already used for another client. Each client needs a connection of its own.")


def _explain(request: Request, client: Client) -> None:
    """Say why there is no code: a person refused, or the server had another reason (RFC 6749, 4.1.2.1)."""
    if request.GET.get("error") == "access_denied":
        connecting.note_refusal(client, by=request.user)
        messages.warning(request, _("The consent was refused in Lexware Office. Nothing was connected."))
    else:
        messages.error(
            request, _("Lexware Office sent you back without a consent. Nothing was connected. Start again.")
        )


def _started(request: Request, state: str) -> tuple[Client | None, str]:
    """Return the client in view that the attempt with this state was started for, and its verifier."""
    started = attempts.recall(request, state)
    if started is None:
        return None, ""
    return selectors.find(request.user, started.client), started.verifier


def _ask(request: Request, loose: LooseGrant) -> HttpResponse:
    profile = loose.profile or {}
    context = {
        "loose": loose,
        "company": profile.get("companyName", ""),
        "connection": getattr(request.client, "connection", None),
        "other": selectors.same_organization(request.client, profile.get("organizationId")),
        "may_see_other": False,
    }
    if context["other"] is not None:
        context["may_see_other"] = selectors.find(request.user, context["other"].slug) is not None
    return render(request, "clients/settle.html", context)


def _bound(request: Request, client: Client, question: LooseGrant | None) -> HttpResponse:
    if question:
        return htmx.go(request, reverse("clients:settle", args=[client.slug, question.pk]))
    company = Connection.objects.get(client=client).company_name
    if connecting.names_differ(client, company):
        doubt = _("The client is called “%(client)s” here. If that is not the same company, disconnect again.")
        messages.warning(request, doubt % {"client": client.name})
    text = _("Connected with “%(company)s”. The sync has started.") % {"company": company}
    return htmx.done(request, text, to=reverse("sync:status", args=[client.slug]))
