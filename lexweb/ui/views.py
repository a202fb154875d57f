"""The show page of all pieces, and the pages that say what went wrong."""

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseServerError,
)
from django.shortcuts import redirect, render
from django.template import loader
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lexweb.ui import gallery as show
from lexweb.ui import htmx
from lexweb.ui.http import Request, public


@public("shows no data")
def gallery(request: Request, page: str = "pieces") -> HttpResponse:
    """Show every piece in every state, and the patterns of a list, a form, a detail page and a dialog."""
    if page not in show.PAGES:
        raise Http404
    form = show.SampleForm(request.POST or None)
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    context = show.context(request.GET) | {"page_name": page, "form": form, "wrong": show.wrong_form()}
    return htmx.page(request, f"ui/gallery/{page}.html", show.PAGES[page], context, status=status)


@public("shows no data")
@require_POST
def toast(request: HttpRequest) -> HttpResponse:
    """Say something in a toast of the wanted level."""
    level = {"success": messages.SUCCESS, "warning": messages.WARNING, "error": messages.ERROR}
    messages.add_message(request, level.get(request.POST.get("level", ""), messages.INFO), show.TOAST)
    return HttpResponse(status=204) if getattr(request, "htmx", None) else redirect("ui:gallery")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was open too long, what that means for what was typed, and what to do."""
    return HttpResponseForbidden(loader.render_to_string("errors/csrf.html", {"back": request.path}, request))


@public("shows nothing")
def nothing_here(request: HttpRequest, **_: str) -> HttpResponse:
    """Close an address that a library opens."""
    raise Http404


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read; touches neither the session nor what was sent, as either may be what is broken."""
    return HttpResponseBadRequest(loader.get_template("400.html").render())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show the sentence of the refusal; htmx gets it as a toast."""
    sentence = str(exception) or _("Your role does not include this. A partner of your firm can change your role.")
    return _refuse(request, "403.html", sentence, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing at this address, or nothing this person may see."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    sentence = said or _("There is nothing at this address, or it belongs to a client you do not look after.")
    return _refuse(request, "404.html", sentence, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something of ours broke: no context, no database, no request needed."""
    try:
        return HttpResponseServerError(loader.get_template("500.html").render())
    except Exception:  # even the page is broken, for lack of collected static files for example
        return HttpResponseServerError("500", content_type="text/plain")


def _refuse(request: HttpRequest, template: str, sentence: str, status: int) -> HttpResponse:
    if getattr(request, "htmx", None):
        messages.error(request, sentence)
        return HttpResponse(status=status)
    user = getattr(request, "user", None)
    layout = "base.html" if user is not None and user.is_authenticated else "base_public.html"
    return render(request, template, {"layout": layout, "sentence": sentence}, status=status)
