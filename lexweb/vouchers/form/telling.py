"""What is said after a voucher was saved; the client's name stands in it, against work for the wrong one."""

from django.contrib import messages
from django.utils.translation import gettext as _

from lexweb.ui.http import Request
from lexweb.vouchers.form.voucher_form import VoucherForm
from lexweb.vouchers.models import Voucher


def saved(request: Request, voucher: Voucher, form: VoucherForm, *, booked: bool) -> None:
    """Say that it is saved, or booked, and what was taken over from somebody else."""
    text = _("%(voucher)s of %(client)s booked.") if booked else _("%(voucher)s of %(client)s saved.")
    _taken(request, form)
    messages.success(request, text % _names(voucher))


def created(request: Request, voucher: Voucher) -> None:
    """Say that it exists."""
    messages.success(request, _("%(voucher)s of %(client)s created and booked.") % _names(voucher))


def _taken(request: Request, form: VoucherForm) -> None:
    if form.taken:
        names = ", ".join(_(difference.label) for difference in form.taken)
        messages.info(request, _("Somebody saved first. Taken over from there: %(fields)s.") % {"fields": names})


def _names(voucher: Voucher) -> dict[str, str]:
    number = voucher.number or _("Voucher without number")
    return {"voucher": number, "client": voucher.connection.client.name}
