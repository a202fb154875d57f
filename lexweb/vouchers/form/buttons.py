"""Buttons of the voucher form that change the form only: nothing is checked, nothing is saved."""

from uuid import UUID

from django.utils.translation import gettext as _

from lexweb.vouchers.form import copying
from lexweb.vouchers.form.voucher_form import VoucherForm
from lexweb.vouchers.models import Voucher

TAKEN = ("tax_type", "lines")  # of an earlier voucher of the same contact


def redraw(form: VoucherForm, act: str) -> bool:
    """Do what the button says, and return True; False if it is none of these."""
    name, _colon, value = act.partition(":")
    if name == "add-line":
        form.add_line()
    elif name == "drop-line":
        form.drop_line(value)
    elif name == "like":
        _take_over(form, value)
    elif name not in {"find", "kind"}:
        return False
    form.calm()
    return True


def _take_over(form: VoucherForm, voucher_id: str) -> None:
    try:
        key = UUID(voucher_id)
    except ValueError:
        return
    found = Voucher.objects.filter(connection=form.connection, lexware_id=key, detail__raw__isnull=False)
    voucher = found.select_related("detail").first()
    if voucher is None:
        form.notices.append(_("That voucher is not here any more."))
        return
    values = copying.values_of(voucher)
    form.take_over({name: values[name] for name in TAKEN if name in values})
