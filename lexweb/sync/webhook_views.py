"""Where Lexware Office tells us what happened; open to everybody, but nothing counts without Lexware's signature."""

from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lexweb.sync import receiving
from lexweb.ui.http import public

LARGEST = 16_384  # bytes; an event has 200
SIGNATURE = "X-Lxo-Signature"


@public("shows nothing, and takes only what Lexware signed")
@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def receive(request: HttpRequest, key: str) -> HttpResponse:
    """Take an event; or say whether the address is ours, which is asked before anything is subscribed."""
    if request.method == "HEAD":
        return HttpResponse(status=200 if receiving.expected(key) else 404)
    if _length(request) > LARGEST:
        return HttpResponse(status=413)
    try:
        body = request.body
    except UnreadablePostError:  # hung up; nobody reads the answer
        return HttpResponse(status=400)
    return HttpResponse(status=receiving.take(key, body, request.headers.get(SIGNATURE, "")))


def _length(request: HttpRequest) -> int:
    """Return the announced length, which is as much as Django reads."""
    announced = request.META.get("CONTENT_LENGTH") or ""
    return int(announced) if announced.isdecimal() else 0
