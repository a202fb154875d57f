"""Pages about what is perhaps there twice, and about what an electronic invoice says otherwise."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients import troubles
from lexweb.clients.access import client_view
from lexweb.contacts.models import Contact
from lexweb.files import invoices
from lexweb.files import services as file_services
from lexweb.firm import roles
from lexweb.firm.roles import Permission
from lexweb.ui import htmx
from lexweb.ui.http import Request
from lexweb.vouchers import kinds, selectors, services
from lexweb.vouchers.duplicates import finding, matching, twins
from lexweb.vouchers.models import Detail, Voucher


@client_view(Permission.VOUCHER_VIEW)
def compare(request: Request, voucher_id: UUID, other_id: UUID) -> HttpResponse:
    """Two documents side by side; what is not here yet of either is read now."""
    try:
        left, right = (services.opened(each).voucher for each in _pair(request, voucher_id, other_id))
    except services.Gone:
        messages.info(request, _("One of the two was deleted in Lexware Office."))
        return htmx.go(request, reverse("vouchers:list", args=[request.client.slug]))
    why = finding.reasons(left, right)
    context = {
        "sides": [
            {
                "voucher": each,
                "kind": kinds.kind_text(each.kind),
                "badge": kinds.badge(each),
                "files": twins.files(each),
            }
            for each in (left, right)
        ],
        "left": left,
        "right": right,
        "values": twins.compared(left, right),
        "why": twins.reason_words(why),
        "distinct": finding.are_distinct(left, right),
        "may_edit": roles.may(request.user, Permission.VOUCHER_EDIT),
    }
    return htmx.page(request, "vouchers/compare.html", "compare", context)


@require_POST
@client_view(Permission.VOUCHER_EDIT)
def distinct(request: Request, voucher_id: UUID, other_id: UUID) -> HttpResponse:
    """Remember that the two are not the same."""
    left, right = _pair(request, voucher_id, other_id)
    with transaction.atomic():
        if finding.set_distinct(left, right, by=request.user):
            _record(Kind.NO_DUPLICATE, request, left, right)
    undo = reverse("vouchers:distinct_undo", args=[request.client.slug, left.lexware_id, right.lexware_id])
    messages.success(request, _("Remembered: these two are no duplicates."), extra_tags=undo)
    return htmx.back(request, _compare_url(request, left, right))


@require_POST
@client_view(Permission.VOUCHER_EDIT)
def distinct_undo(request: Request, voucher_id: UUID, other_id: UUID) -> HttpResponse:
    """Take that back."""
    left, right = _pair(request, voucher_id, other_id)
    with transaction.atomic():
        if finding.unset_distinct(left, right):
            _record(Kind.DUPLICATE_AGAIN, request, left, right)
    messages.success(request, _("Taken back: they count as possible duplicates again."))
    return htmx.back(request, _compare_url(request, left, right))


@client_view(Permission.VOUCHER_VIEW)
def differences(request: Request, voucher_id: UUID) -> HttpResponse:
    """Where the voucher differs from the electronic invoice in its files; loaded by the pages that show either."""
    voucher = _get(request, voucher_id)
    context: dict[str, Any] = {"voucher": voucher, "currency": voucher.currency or "EUR"}
    known: Detail | None = getattr(voucher, "detail", None)
    try:
        found = next(filter(None, (invoices.of_file(file) for file in twins.files(voucher) if file.profile)), None)
    except (file_services.Gone, invoices.Unreadable):
        found = None
    except troubles.Trouble as trouble:
        found, context["trouble"] = None, trouble.words
    if found is not None and known is not None and known.raw:
        name, vat_id = _booked_to(voucher)
        context["checked"] = True
        context["differences"] = matching.differences(known.raw, found, contact_name=name, vat_id=vat_id)
    return htmx.page(request, "vouchers/differences.html", "differences", context)


def _booked_to(voucher: Voucher) -> tuple[str, str]:
    """Return name and VAT id of the contact."""
    if voucher.contact_id is None:
        return voucher.contact_name, ""
    contact = Contact.objects.filter(connection=voucher.connection, lexware_id=voucher.contact_id).first()
    if contact is None:
        return voucher.contact_name, ""
    return contact.name, str((contact.raw.get("company") or {}).get("vatRegistrationId") or "")


def _record(kind: Kind, request: Request, left: Voucher, right: Voucher) -> None:
    for one, other in ((left, right), (right, left)):
        activity.record(
            kind, client=request.client, by=request.user, target=f"voucher:{one.lexware_id}",
            name=one.number or kinds.kind_text(one.kind), other=other.number or kinds.kind_text(other.kind),
        )  # fmt: skip


def _compare_url(request: Request, left: Voucher, right: Voucher) -> str:
    return reverse("vouchers:compare", args=[request.client.slug, left.lexware_id, right.lexware_id])


def _pair(request: Request, voucher_id: UUID, other_id: UUID) -> tuple[Voucher, Voucher]:
    if voucher_id == other_id:
        raise Http404
    return _get(request, voucher_id), _get(request, other_id)


def _get(request: Request, voucher_id: UUID) -> Voucher:
    voucher = selectors.find(request.client, voucher_id)
    if voucher is None:
        raise Http404
    return voucher
