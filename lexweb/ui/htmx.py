"""
One address, one view: the whole page for a browser, a fragment of it for htmx.

Fragments live in the page as `{% partialdef name inline %}`; the name is also the element's id and the target.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from lexweb.ui.http import Request


class Page(TemplateResponse):
    """
    A page, or a part of it.

    :ivar keeps_toasts: what was said to the person waits for another page, see `middleware.Toasts`
    """

    keeps_toasts = False


def page(
    request: Request, template: str, partial: str, context: dict[str, Any] | None = None, *, status: int = 200,
    keeps_toasts: bool = False,
) -> Page:  # fmt: skip
    """
    Render the template, or only its fragment `partial` when htmx asks for that target.

    A boosted link and a restored history entry need the whole page.

    :param keeps_toasts: for a fragment that asks by itself, and must not take away what is meant for the page
    """
    name = template
    if wants_fragment(request):
        name = f"{template}#{partial}"
    response = Page(request, name, context or {}, status=status)
    response.keeps_toasts = keeps_toasts
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def wants_fragment(request: Request) -> bool:
    """Say whether htmx asks for a part of the page."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def done(request: Request, message: str, *, to: str) -> HttpResponse:
    """Answer a successful write: say so, and go on to `to`."""
    messages.success(request, message)
    return go(request, to)


def go(request: HttpRequest, to: str) -> HttpResponse:
    """Send the browser on; htmx loads the new page as a whole, as a browser would."""
    if not getattr(request, "htmx", None):
        return HttpResponseRedirect(to)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = to
    return response


def back(request: Request, otherwise: str) -> HttpResponse:
    """Send the browser back to the page on which the button was, as its form says."""
    to = request.POST.get("next", "")
    return go(request, to if url_has_allowed_host_and_scheme(to, allowed_hosts=None) else otherwise)
