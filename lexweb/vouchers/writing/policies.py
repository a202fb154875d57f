"""
What the kind and state of a voucher allow.

The API changes bookkeeping vouchers only, and none that is blank, voided or handed to the tax adviser (behaviour.md,
chapter 12). That nothing is changed while a direct debit is under way, or by us after an image was lost, is our choice.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import fields

UNCHECKED = "unchecked"
PAID = ("paid", "paidoff")
REASONS: dict[str, Promise] = {
    "kind": _("Lexware Office lets other programs change receipts only. Change this document there."),
    "archived": _("It is archived. Take it out of the archive in Lexware Office first."),
    "blank": _("Lexware Office is still reading its text. Come back in a minute."),
    "voided": _("It is voided, and stays as it is."),
    "transferred": _("It has been handed over in Lexware Office, and cannot be changed any more."),
    "sepadebit": _("A direct debit is under way. It can be changed when that is over."),
    "state": _("Its state does not allow it."),
    "booked": _("Somebody has booked it already. Nothing was changed."),
    "images_fewer": _("It has fewer images in Lexware Office than before. Look after them first."),
    "images_lost": _(
        "An image is missing since it was saved here the last time. "
        "Nothing is saved until somebody has looked after it."
    ),
}
EDITABLE = (UNCHECKED, "open", *PAID)


class Locked(Exception):
    """It cannot be changed, or booked, through the API or by our choice; `reason` is a key of `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def text(self) -> str:
        """Return why, for people."""
        return str(REASONS[self.reason])


def lock(voucher: Voucher) -> str:
    """Return why it cannot be changed, a key of `REASONS`; "" if it can."""
    if voucher.kind not in fields.KINDS:
        return "kind"
    if voucher.archived:
        return "archived"
    if voucher.images_lost:
        return "images_lost"
    return lock_of_status(voucher.status)


def lock_of_status(status: str) -> str:
    """Return the same for a status alone."""
    if status in EDITABLE:
        return ""
    return status if status in REASONS else "state"


def editable(voucher: Voucher) -> bool:
    """Say whether it can be changed."""
    return not lock(voucher)


def bookable(voucher: Voucher) -> bool:
    """Say whether it waits to be booked: it is editable and unchecked."""
    return editable(voucher) and voucher.status == UNCHECKED


def check(voucher: Voucher, *, book: bool = False) -> None:
    """Raise `Locked` if it cannot be changed, or not be booked if that is wanted."""
    if reason := lock(voucher):
        raise Locked(reason)
    if book and voucher.status != UNCHECKED:
        raise Locked("booked")


def check_editable(voucher: Voucher) -> None:
    """Raise `Locked` if it cannot be changed."""
    check(voucher)
