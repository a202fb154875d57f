"""Pages of a client's vouchers; they read only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lexweb.activity import presenters
from lexweb.activity import selectors as history
from lexweb.clients.access import client_view
from lexweb.firm.roles import Permission
from lexweb.ui import htmx, rawdata
from lexweb.ui.http import Request
from lexweb.vouchers import forms, kinds, listing, presenting, selectors, services
from lexweb.vouchers.bulk import choosing
from lexweb.vouchers.duplicates import twins
from lexweb.vouchers.files import words as file_words
from lexweb.vouchers.models import Detail, Voucher
from lexweb.vouchers.writing import policies


@dataclass
class Raw:
    """A voucher's JSON for `rawdata.page`."""

    name: str
    url: str
    raw: Any
    seen_at: datetime
    api_path: str

    def __str__(self) -> str:
        return self.name


@client_view(Permission.VOUCHER_VIEW)
def index(request: Request) -> HttpResponse:
    """The list: search, filters and page, all in the address."""
    connection = getattr(request.client, "connection", None)
    if connection is None:
        return htmx.page(request, "vouchers/unconnected.html", "rows")
    form = forms.ListForm(request.GET)
    form.is_valid()
    typed = {name: form.cleaned_data.get(name) or "" for name in ("q", "kind", "status")}
    archived = bool(form.cleaned_data.get("archived"))
    query = listing.Query(text=typed["q"], kind=typed["kind"], status=typed["status"], archived=archived)
    page = listing.page(connection, query, number=request.GET.get("page"))
    counts = listing.counts(connection)
    context = {
        "connection": connection,
        "page": page,
        "rows": [choosing.row(voucher) for voucher in page],
        "query": query,
        "total": counts[""],
        "tabs": [(name, label, counts[name]) for name, (label, _kinds) in kinds.GROUPS.items() if counts[name]],
        "chips": [(name, kinds.STATUSES[name][2]) for name in kinds.CHIPS],
    } | choosing.context(request.user, connection, page, query)
    return htmx.page(request, "vouchers/list.html", "rows", context)


@client_view(Permission.VOUCHER_VIEW)
def detail(request: Request, voucher_id: UUID) -> HttpResponse:
    """Everything that is known of a voucher; what is not here yet is read now."""
    try:
        opened = services.opened(_get(request, voucher_id))
    except services.Gone:
        messages.error(request, _("The voucher was deleted in Lexware Office."))
        return htmx.go(request, reverse("vouchers:list", args=[request.client.slug]))
    voucher = opened.voucher
    known: Detail | None = getattr(voucher, "detail", None)
    raw = known.raw or {} if known else {}
    files = selectors.files(voucher)
    context = {
        "voucher": voucher,
        "target": f"voucher:{voucher.lexware_id}",
        "kind": kinds.kind_text(voucher.kind),
        "badge": kinds.badge(voucher),
        "facts": presenting.facts(voucher, raw),
        "sums": presenting.sums(voucher, raw),
        "lines": presenting.lines(voucher, raw),
        "is_receipt": "voucherItems" in raw,
        "payments": presenting.payments(known.payment if known else None),
        "files": [(file, file_words.content(file)) for file in files],
        "invoices": [file for file in files if file.profile],
        "twins": twins.rows(voucher),
        "record": _raw(voucher, known),
        "trouble": opened.trouble.words if opened.trouble else None,
        "deep_link": kinds.deep_link(voucher),
        "lock": policies.REASONS.get(policies.lock(voucher), ""),
        "may_open": policies.editable(voucher) or voucher.images_lost,  # in the form one says that one has looked
        "history": [presenters.present(entry) for entry in history.of_target(request.client.pk, voucher.target)[:20]],
    }
    return htmx.page(request, "vouchers/detail.html", "voucher", context)


@client_view(Permission.VOUCHER_VIEW)
def raw(request: Request, voucher_id: UUID) -> HttpResponse:
    """The voucher as Lexware Office sent it."""
    voucher = _get(request, voucher_id)
    record = _raw(voucher, getattr(voucher, "detail", None))
    if record is None:
        raise Http404
    listed = reverse("vouchers:list", args=[request.client.slug])
    return rawdata.page(request, record, parent=_("Vouchers"), parent_url=listed)


def _raw(voucher: Voucher, known: Detail | None) -> Raw | None:
    if known is None or known.raw is None or known.seen_at is None:
        return None
    name = f"{kinds.kind_text(voucher.kind)} {voucher.number}".strip()
    url = reverse("vouchers:detail", args=[voucher.connection.client.slug, voucher.lexware_id])
    return Raw(name, url, known.raw, known.seen_at, kinds.api_path(voucher))


def _get(request: Request, voucher_id: UUID) -> Voucher:
    voucher = selectors.find(request.client, voucher_id)
    if voucher is None:
        raise Http404
    return voucher
