"""
Public pages: a client without an account here renews its connection with the link that the firm has sent.

They show the names of firm and company, as the client must know what it agrees to, and nothing else. What they answer
to links that are void does not depend on why they are.
"""

import secrets
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from lexweb.clients import attempts, invitations, limits
from lexweb.clients.troubles import Trouble
from lexweb.ui.http import public

RESULT = "reconnect"  # in the session: how it went, for the last page
RESULTS = {"done": 200, "refused": 200, "other": 409, "again": 503}

View = Callable[..., HttpResponse]


def _secret(view: View) -> View:
    """Let nobody keep, index or hand on an address that holds a secret."""

    @wraps(view)
    def guarded(request: HttpRequest, **values: str) -> HttpResponse:
        response = view(request, **values)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


@public("the link is the secret")
# No CSRF token: without a referrer browsers send no origin either, and whoever forges a request has to know the link.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@_secret
def reconnect(request: HttpRequest, token: str) -> HttpResponse:
    """Explain what the link is for; the button leads to the consent in Lexware Office."""
    if limits.exceeded(request, "reconnect"):
        return render(request, "clients/reconnect_slow.html", status=429)
    try:
        invitation = invitations.find(token)
    except invitations.Void:
        return _void(request)
    if request.method == "POST":
        attempt = invitations.begin(invitation, state=secrets.token_urlsafe(24))
        attempts.remember(request, attempt, invitation=invitation.pk)
        return HttpResponseRedirect(attempt.address)
    connection = invitation.connection
    context = {"firm": connection.client.firm.name, "company": connection.company_name}
    return render(request, "clients/reconnect.html", context)


@public("shows no data")
@require_safe
@_secret
def result(request: HttpRequest) -> HttpResponse:
    """Say how it went; a reload says the same."""
    code = request.session.get(RESULT, "")
    if code not in RESULTS:
        return _void(request)
    return render(request, "clients/reconnect_result.html", {"code": code}, status=RESULTS[code])


def come_back(request: HttpRequest) -> HttpResponse:
    """Take the answer of the authorization server for a client with a link."""
    request.session[RESULT] = _outcome(request)
    return redirect("reconnect-result")


def lost(request: HttpRequest) -> HttpResponse:
    """Say that this browser has started nothing that the answer could belong to."""
    return render(request, "clients/reconnect_lost.html", status=400)


def _outcome(request: HttpRequest) -> str:
    started = attempts.recall(request, request.GET.get("state", ""))
    if started is None or started.invitation is None:
        return "again"
    try:
        if request.GET.get("error") == "access_denied":
            invitations.refuse(started.invitation)
            return "refused"
        if not request.GET.get("code"):
            return "again"
        invitations.finish(started.invitation, code=request.GET["code"], verifier=started.verifier)
    except invitations.Void:
        return "void"
    except invitations.OtherCompany:
        return "other"
    except (invitations.CodeRefused, Trouble):
        return "again"
    return "done"


def _void(request: HttpRequest) -> HttpResponse:
    return render(request, "clients/reconnect_void.html", status=410)
