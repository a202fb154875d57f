"""A page of a blob as an answer; also for uploads, which are no files yet."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from lexweb.files import examining, rendering
from lexweb.files.models import Blob
from lexweb.ui.http import Request

A_YEAR = 31_536_000


def respond(request: Request, blob: Blob, number: int) -> HttpResponseBase:
    """
    Answer with the page as a picture (`?w=` its width), 304 if the browser has it.

    :raises Http404: there is no such page, or it cannot be drawn
    :raises store.Lost: the content is gone
    """
    if number > examining.MOST_PAGES:
        raise Http404
    asked = request.GET.get("w", "")
    width = rendering.width_for(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 900)
    etag = quote_etag(f"{blob.sha256}-{number}-{width}")
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return _kept(known, etag)
    try:
        picture = rendering.page(blob, number, width=width)
    except rendering.NoPage as problem:
        raise Http404 from problem
    return _kept(HttpResponse(picture, content_type=examining.sniff(picture)), etag)


def _kept(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    """Let the browser keep it, and nobody between: what is in a file never changes."""
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    response["ETag"] = etag
    return response
