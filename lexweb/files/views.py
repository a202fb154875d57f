"""
Pages of a client's files.

Strangers' bytes never show up as a page of ours: what one sees are pictures that we drew, and the original is only
ever handed out as a download.
"""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lexweb.clients.access import client_view
from lexweb.clients.troubles import Trouble
from lexweb.files import naming, originals, pictures, services, store, wording
from lexweb.files.models import Blob, File
from lexweb.firm.roles import Permission
from lexweb.ui import htmx
from lexweb.ui.http import Request

T = TypeVar("T")


@client_view(Permission.VOUCHER_VIEW)
def show(request: Request, file_id: UUID) -> HttpResponseBase:
    """A file to look at; htmx gets the viewer, or the pages of this one file when it asks for those."""
    file = _get(request, file_id)
    trouble = None
    try:
        services.held(file)
    except services.Gone:
        messages.error(request, _("The file was deleted in Lexware Office."))
        return htmx.go(request, reverse("files:list", args=[request.client.slug]))
    except Trouble as problem:
        trouble = problem.words
    context = {
        "file": file, "files": [file], "client": request.client, "trouble": trouble,
        "type": wording.TYPES.get(file.media_type, ""), "title": naming.safe(file.name) or _("File"),
    }  # fmt: skip
    if htmx.wants_fragment(request) and request.htmx.target == f"pages-{file.lexware_id}":
        return render(request, "files/_pages.html", context)
    return htmx.page(request, "files/show.html", "viewer", context)


@client_view(Permission.VOUCHER_VIEW)
def picture(request: Request, file_id: UUID, number: int) -> HttpResponseBase:
    """
    A page as a picture; whether the browser still has it is known without opening anything.

    What has no pages answers with nothing: a list may ask before anybody has looked into the file.
    """
    file = _get(request, file_id)
    try:
        return _with_content(file, lambda blob: _page(request, file, blob, number))
    except Trouble as trouble:
        return HttpResponse(status=trouble.words.status)


@client_view(Permission.VOUCHER_VIEW)
def original(request: Request, file_id: UUID) -> HttpResponseBase:
    """The file as it is, with its hash."""
    file = _get(request, file_id)
    # Its name and type are known once it was read.
    return _with_content(file, lambda blob: originals.respond(blob, _name(file), file.media_type))


def _page(request: Request, file: File, blob: Blob, number: int) -> HttpResponseBase:
    return pictures.respond(request, blob, number) if file.pages else HttpResponse(status=204)


def _get(request: Request, file_id: UUID) -> File:
    files = File.objects.select_related("blob", "connection__client")
    file = files.filter(connection__client=request.client, lexware_id=file_id).first()
    if file is None:
        raise Http404
    return file


def _with_content(file: File, use: Callable[[Blob], T]) -> T:
    """Do something with the content; if what we kept of it is lost, with what Lexware Office has."""
    try:
        try:
            return use(services.held(file))
        except store.Lost:
            services.lost(file)
            return use(services.held(file))
    except (services.Gone, store.Lost) as problem:
        raise Http404 from problem


def _name(file: File) -> str:
    return naming.safe(file.name) or f"{file.lexware_id}{naming.ending(file.media_type)}"
