"""The index of an archive: CSV as German spreadsheets read it."""

import codecs
import csv
import io
from decimal import Decimal

from django.utils.translation import gettext as _

from lexweb.vouchers.files.listing import Entry
from lexweb.vouchers.kinds import deep_link, kind_text
from lexweb.vouchers.models import Voucher

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")  # with which spreadsheets begin a formula


class Index:
    """Collects a line for each file."""

    def __init__(self) -> None:
        self.count = self.missing = 0
        self._text = io.StringIO(newline="")
        self._writer = csv.writer(self._text, delimiter=";", lineterminator="\r\n")
        self._begun = False

    def add(self, entry: Entry, name: str, remark: str = "") -> None:
        """Add a file; `name` is "" if it is not in the archive, and the remark says why."""
        self._begin()
        self.count += 1
        self.missing += not name
        self._writer.writerow(_line(entry, name, remark))

    def content(self) -> bytes:
        """Return it in UTF-8 with the mark without which spreadsheets take it for something else."""
        self._begin()
        return codecs.BOM_UTF8 + self._text.getvalue().encode(errors="replace")

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._writer.writerow(_head())


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def _head() -> list[str]:
    return [
        _("File"), _("Kind"), _("Number"), _("Date"), _("Due"), _("Contact"), _("Total"), _("Still open"),
        _("Currency"), _("Type"), _("Size in bytes"), _("Pages"), _("E-invoice"), "SHA-256", _("Remark"),
        _("In Lexware Office"),
    ]  # fmt: skip


def _line(entry: Entry, name: str, remark: str) -> list[str]:
    voucher, file = entry.voucher, entry.file
    return [
        harmless(name),
        kind_text(voucher.kind),
        harmless(voucher.number),
        *_days(voucher),
        harmless(voucher.contact_name),
        _amount(voucher.total_amount),
        _amount(voucher.open_amount),
        voucher.currency,
        file.media_type,
        str(file.size) if file.size is not None else "",
        str(file.pages) if file.pages is not None else "",
        file.profile,
        file.sha256,
        remark,
        deep_link(voucher),
    ]


def _days(voucher: Voucher) -> list[str]:
    return [f"{day:%d.%m.%Y}" if day else "" for day in (voucher.voucher_on, voucher.due_on)]


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}".replace(".", ",")
